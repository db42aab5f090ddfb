"""One run over the sources: discover → fetch → extract → dedup → store, then the time of the next run.

What is done with index pages is in `indexes`, what with links in `articles`.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from ingest import schedule
from ingest.errors import FetchError, HostPausedError, PageError
from ingest.run import articles, indexes, judging
from ingest.run.bugs import as_page_error
from ingest.run.context import RunContext, no_progress, utc_now
from ingest.run.report import RunReport, SourceReport
from ingest.schedule import rhythm
from ingest.store import Run, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from ingest.discover import IndexRequest, IndexResult
    from ingest.fetch.browser.renderer import Renderer
    from ingest.fetch.client import Fetcher
    from ingest.health.counters import Counters
    from ingest.model import Link, Source
    from ingest.run.workers import Workers
    from ingest.store.thread import StoreThread

log = structlog.get_logger()

_SOURCES_AT_A_TIME = 200


class Pipeline:
    """Runs sources. ``clock``, ``random`` and ``on_progress`` are as in `RunContext`."""

    def __init__(
        self,
        store: StoreThread,
        fetcher: Fetcher,
        workers: Workers,
        browser: Renderer,
        *,
        clock: Callable[[], datetime] = utc_now,
        random: Callable[[], float] = random.random,
        on_progress: Callable[[SourceReport], None] = no_progress,
    ) -> None:
        self._context = RunContext(store, fetcher, workers, browser, clock, random, on_progress)

    @property
    def counters(self) -> Counters:
        """What this pipeline has done so far."""
        return self._context.counters

    async def run(
        self, sources: Sequence[Source], *, limit: int | None = None, since: datetime | None = None
    ) -> RunReport:
        """One run over the sources, due or not. ``limit`` is articles a source; what is beyond it stays queued."""
        report = RunReport(self._context.clock())
        gate = asyncio.Semaphore(_SOURCES_AT_A_TIME)

        async def run_one(source: Source) -> SourceReport:
            async with gate:
                return await self.run_source(source, limit=limit, since=since)

        report.sources = list(await asyncio.gather(*map(run_one, sources)))
        report.finished = self._context.clock()
        return report

    async def run_source(
        self, source: Source, *, limit: int | None = None, since: datetime | None = None
    ) -> SourceReport:
        """Reads the source's index pages, then ingests the links that are queued."""
        report = SourceReport(source.name)
        failure: PageError | None = None
        advice = indexes.PollAdvice()
        try:
            with as_page_error("bug in discovery", source.name, source.url):
                advice = await indexes.poll(self._context, source, report, since)
        except PageError as error:
            failure = error.bare()
            report.fail(error)
        await self.ingest_due(source, report, limit, since)
        report.close()
        await self._finish(source, report, failure, advice)
        self._context.on_progress(report)
        return report

    async def ingest_due(
        self, source: Source, report: SourceReport, limit: int | None = None, since: datetime | None = None
    ) -> None:
        """Ingests every link of the source that is due."""
        await articles.ingest_due(self._context, source, report, limit, since)

    async def preview(self, source: Source) -> list[Link]:
        """Returns the links that a run would queue now. Raises `PageError` if no index page can be read."""
        return await indexes.preview(self._context, source)

    async def read_index(self, source: Source, request: IndexRequest, since: datetime | None) -> IndexResult:
        """Fetches and parses one index page, whether it has changed or not. Raises `PageError`."""
        return await indexes.read_page(self._context, source, request, since)

    async def _finish(
        self, source: Source, report: SourceReport, failure: PageError | None, advice: indexes.PollAdvice
    ) -> None:
        store, now = self._context.store, self._context.clock()
        before = await store(Store.source_state, source.name)
        retry_after = failure.retry_after if isinstance(failure, FetchError) else None
        state = replace(
            before,
            failures=schedule.failures_after(before.failures, failure),
            ttl=before.ttl if advice.ttl is None else advice.ttl or None,
            skips=before.skips if advice.skips is None else advice.skips,
            error=report.error or "",
            message=report.message,
        )
        posts = await self._posts(source, now)
        due = schedule.next_due(
            source,
            state,
            now,
            posts=posts,
            freshness=advice.fresh,
            retry_after=retry_after,
            jitter=self._context.random(),
        )
        run = _run(report, failure, advice)
        await store(Store.finish_run, replace(state, next_due=due), ok=failure is None, now=now, run=run)
        await judging.judge(store, report, now)

    async def _posts(self, source: Source, now: datetime) -> list[datetime]:
        """The times of publication that a source's rhythm is learned from; none if its interval is fixed."""
        if source.every is not None:
            return []
        published = await self._context.store(Store.publications, source.name, now - rhythm.MEMORY, schedule.MOST_POSTS)
        return rhythm.publication_times(published, source.time_zone)


def _run(report: SourceReport, failure: PageError | None, advice: indexes.PollAdvice) -> Run:
    """What the store notes of a run. Where an index page was not read again, it may name links as before."""
    is_empty = failure is None and advice.parsed > 0 and not advice.unchanged and not report.found
    ok = None if isinstance(failure, HostPausedError) else failure is None
    return Run(ok, report.found, advice.new_links, report.new + report.duplicate, is_empty)
