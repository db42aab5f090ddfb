"""Today's extractors, applied to the raw pages that were kept. Asks no server; decides nothing."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from ingest import schedule
from ingest.dedup import urls
from ingest.dedup.decide import decide
from ingest.errors import ExtractError, FetchError, StoreError
from ingest.extraction.pagination.follow import follow
from ingest.run.articles import check_article
from ingest.run.context import no_progress
from ingest.run.report import RunReport, SourceReport
from ingest.store import Extracted, Reader, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ingest.model import Article, Decision, Page, Source
    from ingest.run.engine import Engine
    from ingest.store import QueuedLink, RawPage

log = structlog.get_logger()


async def reextract(
    engine: Engine,
    sources: Sequence[Source],
    *,
    dry_run: bool = False,
    on_progress: Callable[[SourceReport], None] = no_progress,
) -> RunReport:
    """Reads the newest kept page of every link of ``sources`` again, and lands what is read.

    A changed text becomes a new version, a page that was no article before may become one, and one that is no article
    today leaves what is held as it is. ``dry_run`` stores nothing and tells what would have happened.
    """
    report = RunReport(datetime.now(UTC))
    with Reader.open(engine.store.path) as kept:
        for source in sources:
            report.sources.append(await _Source(engine, kept, source, dry_run, on_progress).run(_current(kept, source)))
    report.finished = datetime.now(UTC)
    return report


def _current(kept: Reader, source: Source) -> Iterator[tuple[RawPage, QueuedLink]]:
    """Pages with a link, less those whose article was since read from another page: that one says what is so today."""
    for raw, queued in kept.raw_pages([source.name]):
        if queued is None:
            continue
        read_at = kept.read_at(queued.article_id) if queued.article_id else None
        if read_at is None or read_at <= raw.last_seen:
            yield raw, queued


class _Source:
    """One source in one run."""

    def __init__(
        self, engine: Engine, kept: Reader, source: Source, dry_run: bool, on_progress: Callable[[SourceReport], None]
    ) -> None:
        self._engine = engine
        self._kept = kept
        self._source = source
        self._dry_run = dry_run
        self._on_progress = on_progress
        self._report = SourceReport(source.name)

    async def run(self, pages: Iterator[tuple[RawPage, QueuedLink]]) -> SourceReport:
        async def take() -> None:
            for raw, queued in pages:
                self._report.found += 1
                await self._read(raw, queued)
                self._on_progress(self._report)

        async with asyncio.TaskGroup() as tasks:
            for _ in range(2 * (os.cpu_count() or 1)):
                tasks.create_task(take())
        self._report.close()
        self._on_progress(self._report)
        return self._report

    async def _read(self, raw: RawPage, queued: QueuedLink) -> None:
        try:
            self._report.count(await self._save(raw, queued))
        except ExtractError as error:
            if error.error_class.skip:
                self._report.skipped += 1
                return
            self._report.fail_link(error)
            log.warning("not read", source=self._source.name, url=queued.url, error=error.code, message=error.message)
        except StoreError:
            raise
        except Exception:
            log.exception("bug while reading a page", source=self._source.name, url=queued.url)
            bug = ExtractError(queued.url, "extract", "a bug of ingest; its traceback is in the log")
            self._report.fail_link(bug)

    async def _save(self, raw: RawPage, queued: QueuedLink) -> Decision:
        page = replace(raw.page, fetched_at=raw.last_seen)
        article = await self._engine.workers.read_article(page, self._source, queued.hints)
        first = self._kept.raw_page(article.first_page) if article.first_page else None
        if first:
            page = replace(first.page, fetched_at=raw.last_seen)
            article = await self._engine.workers.read_article(page, self._source, queued.hints)
        elif article.first_page and not queued.article_id:
            raise ExtractError(queued.url, "not_an_article", f"a later page of {article.first_page}")
        check_article(article)
        whole = await follow(article, self._kept_page, self._read_later)
        article, now = whole.article, datetime.now(UTC)
        key = urls.key(article.canonical_url, self._source.id_pattern)
        extracted = Extracted(queued, article, key, page, whole.later, whole.gap)
        check = schedule.next_check(min(article.published or queued.found_at, now), now)
        return await self._engine.store(Store.save_reextracted, extracted, decide, now, check, dry_run=self._dry_run)

    async def _kept_page(self, url: str) -> Page:
        raw = self._kept.raw_page(url)
        if raw is None:
            raise FetchError(url, "gone", "the page was not kept")
        return raw.page

    async def _read_later(self, page: Page) -> Article:
        return await self._engine.workers.read_article(page, self._source)
