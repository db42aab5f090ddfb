"""Applies today's extractors to the raw pages that were kept. Nothing is fetched."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from ingest.dedup.decide import decide
from ingest.errors import ExtractError, FetchError, PageError
from ingest.extraction.pagination.follow import follow
from ingest.run import acceptance
from ingest.run.bugs import as_page_error
from ingest.run.context import no_progress
from ingest.run.parallel import for_each
from ingest.run.report import RunReport, SourceReport
from ingest.store import Reader, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ingest.model import Article, Decision, Page, Source
    from ingest.run.runtime import Runtime
    from ingest.store import QueuedLink, RawPage

log = structlog.get_logger()


async def reextract(
    runtime: Runtime,
    sources: Sequence[Source],
    *,
    dry_run: bool = False,
    on_progress: Callable[[SourceReport], None] = no_progress,
) -> RunReport:
    """Extracts the newest kept page of every link of ``sources`` again, and saves the article.

    A changed text becomes a new version, a page that was no article before may become one, and one that is no article
    today leaves what is stored as it is. With ``dry_run`` nothing is stored; the report says what would have changed.
    """
    report = RunReport(datetime.now(UTC))
    with Reader.open(runtime.store.path) as kept:
        for source in sources:
            report.sources.append(await _Reextraction(runtime, kept, source, dry_run, on_progress).run())
    report.finished = datetime.now(UTC)
    return report


class _Reextraction:
    """One source in one run."""

    def __init__(
        self, runtime: Runtime, kept: Reader, source: Source, dry_run: bool, on_progress: Callable[[SourceReport], None]
    ) -> None:
        self._runtime = runtime
        self._kept = kept
        self._source = source
        self._dry_run = dry_run
        self._on_progress = on_progress
        self._report = SourceReport(source.name)

    async def run(self) -> SourceReport:
        await for_each(self._pages(), 2 * (os.cpu_count() or 1), self._reextract)
        self._report.close()
        self._on_progress(self._report)
        return self._report

    def _pages(self) -> Iterator[tuple[RawPage, QueuedLink]]:
        """Pages with a link, less those whose article was read from another page since: that one is more recent."""
        for raw, queued in self._kept.raw_pages([self._source.name]):
            if queued is None:
                continue
            read_at = self._kept.read_at(queued.article_id) if queued.article_id else None
            if read_at is None or _may_be_newer(raw, read_at):
                yield raw, queued

    async def _reextract(self, kept: tuple[RawPage, QueuedLink]) -> None:
        raw, queued = kept
        self._report.found += 1
        try:
            with as_page_error("bug while reading a page", self._source.name, queued.url):
                decision = await self._extract_and_save(raw, queued)
        except PageError as error:
            self._record_failure(queued, error)
        else:
            self._report.count(decision)
        self._on_progress(self._report)

    def _record_failure(self, queued: QueuedLink, error: PageError) -> None:
        if error.error_class.skip:
            self._report.skipped += 1
            return
        self._report.fail_link(error)
        log.warning("not read", source=self._source.name, url=queued.url, error=error.code, message=error.message)

    async def _extract_and_save(self, raw: RawPage, queued: QueuedLink) -> Decision:
        """Raises `PageError` if the page is no article."""
        page = replace(raw.page, fetched_at=raw.last_seen)
        article = await self._runtime.workers.read_article(page, self._source, queued.hints)
        first = self._kept.raw_page(article.first_page) if article.first_page else None
        if first:
            page = replace(first.page, fetched_at=raw.last_seen)
            article = await self._runtime.workers.read_article(page, self._source, queued.hints)
        elif article.first_page and not queued.article_id:
            raise ExtractError(queued.url, "not_an_article", f"a later page of {article.first_page}")
        acceptance.check_article(article)
        joined = await follow(article, self._kept_page, self._read_later)
        now = datetime.now(UTC)
        extracted = acceptance.extracted(self._source, queued, page, joined)
        check = acceptance.next_check(queued, joined.article, now)
        return await self._runtime.store(Store.save_reextracted, extracted, decide, now, check, dry_run=self._dry_run)

    async def _kept_page(self, url: str) -> Page:
        raw = self._kept.raw_page(url)
        if raw is None:
            raise FetchError(url, "gone", "the page was not kept")
        return raw.page

    async def _read_later(self, page: Page) -> Article:
        return await self._runtime.workers.read_article(page, self._source)


def _may_be_newer(raw: RawPage, read_at: datetime) -> bool:
    try:
        return read_at <= raw.last_seen
    except PageError:
        # Reported as a failure where the page is read.
        return True
