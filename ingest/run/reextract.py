"""Applies today's extractors to the raw pages that were kept. Nothing is fetched."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from ingest.dedup.actions import HoldBack, Update
from ingest.dedup.decide import decide
from ingest.errors import ExtractError, FetchError, PageError
from ingest.extraction.pagination.follow import follow
from ingest.run import acceptance, judging
from ingest.run.bugs import as_page_error
from ingest.run.context import no_progress
from ingest.run.parallel import for_each
from ingest.run.report import RunReport, SourceReport
from ingest.store import Reader, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ingest.dedup.actions import Decider, Matches, StoreAction
    from ingest.model import Article, Page, Source
    from ingest.run.runtime import Runtime
    from ingest.store import Extracted, QueuedLink, RawPage, Reextracted

log = structlog.get_logger()


def _nothing(_: QueuedLink, __: Reextracted) -> None:
    """Default callback for changes; does nothing."""


def take_all(article: Article, matches: Matches) -> StoreAction:
    """As `decide`, but takes what it would hold back as an edit; not an empty text, nor what an operator reverted."""
    action = decide(article, matches)
    if isinstance(action, HoldBack) and action.reason not in {"emptied", "reverted"}:
        return Update(action.id)
    return action


async def reextract(
    runtime: Runtime,
    sources: Sequence[Source],
    *,
    decide: Decider = decide,
    dry_run: bool = False,
    on_change: Callable[[QueuedLink, Reextracted], None] = _nothing,
    on_progress: Callable[[SourceReport], None] = no_progress,
) -> RunReport:
    """Extracts the newest kept page of every link of ``sources`` again, and saves the article as ``decide`` decides.

    A changed text becomes a new version, a page that was no article before may become one, and one that is no article
    today leaves what is stored as it is. ``on_change`` is called with what would change in an article before it is
    written. With ``dry_run`` nothing is stored; the report says what would have changed.
    """
    report = RunReport(datetime.now(UTC))
    request = _Request(decide, dry_run, on_change, on_progress)
    with Reader.open(runtime.store.path) as kept:
        for source in sources:
            report.sources.append(await _Reextraction(runtime, kept, source, request).run())
    report.finished = datetime.now(UTC)
    return report


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked for, the same for every source."""

    decide: Decider
    dry_run: bool
    on_change: Callable[[QueuedLink, Reextracted], None]
    on_progress: Callable[[SourceReport], None]


class _Reextraction:
    """One source in one run."""

    def __init__(self, runtime: Runtime, kept: Reader, source: Source, request: _Request) -> None:
        self._runtime = runtime
        self._kept = kept
        self._source = source
        self._request = request
        self._report = SourceReport(source.name)

    async def run(self) -> SourceReport:
        await for_each(self._pages(), 2 * (os.cpu_count() or 1), self._reextract)
        self._report.close()
        if not self._request.dry_run:
            await judging.judge(self._runtime.store, self._report, datetime.now(UTC))
        self._request.on_progress(self._report)
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
                extracted = await self._extract(raw, queued)
                would_be = await self._save(extracted, dry_run=True)
        except PageError as error:
            self._record_failure(queued, error)
        else:
            if would_be.changes:
                self._request.on_change(queued, would_be)
            saved = would_be if self._request.dry_run else await self._save(extracted)
            self._report.count(saved.decision)
        self._request.on_progress(self._report)

    def _record_failure(self, queued: QueuedLink, error: PageError) -> None:
        if error.error_class.skip:
            self._report.skipped += 1
            return
        self._report.fail_link(error)
        log.warning("not read", source=self._source.name, url=queued.url, error=error.code, message=error.message)

    async def _extract(self, raw: RawPage, queued: QueuedLink) -> Extracted:
        """Raises `PageError` if the page is no article."""
        page = replace(raw.page, fetched_at=raw.last_seen)
        article = await self._runtime.workers.read_article(page, self._source, queued.hints)
        first = self._kept.raw_page(article.first_page) if article.first_page else None
        if first:
            page = replace(first.page, fetched_at=raw.last_seen)
            article = await self._runtime.workers.read_article(page, self._source, queued.hints)
        elif article.first_page and not queued.article_id:
            raise ExtractError(queued.url, "not_an_article", f"a later page of {article.first_page}")
        if queued.article_id is None:
            acceptance.check_article(article)
        return acceptance.extracted(
            self._source, queued, page, await follow(article, self._kept_page, self._read_later)
        )

    async def _save(self, extracted: Extracted, *, dry_run: bool = False) -> Reextracted:
        now = datetime.now(UTC)
        check = acceptance.next_check(extracted.queued, extracted.article, now)
        decider = self._request.decide
        return await self._runtime.store(Store.save_reextracted, extracted, decider, now, check, dry_run=dry_run)

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
