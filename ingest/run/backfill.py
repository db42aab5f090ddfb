"""The whole history of a source, an index page at a time. The index pages still to be read are in the database.

Each index page is marked read in the transaction that queues its links, and its articles are ingested before the next
one is fetched: a backfill that is interrupted, at any moment, resumes there.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingest import discover
from ingest.discover import article_urls
from ingest.discover.crawl import keyed_links, refused_with_reasons, retries_same_index
from ingest.discover.shape_filter import FilteredLinks
from ingest.errors import FetchError, PageError
from ingest.run.acceptance import is_recent
from ingest.run.bugs import as_page_error
from ingest.run.report import SourceReport
from ingest.schedule.requeue import requeue
from ingest.store import ReadIndex, Store, backfills

if TYPE_CHECKING:
    from ingest.discover import IndexResult
    from ingest.model import Link, Source
    from ingest.run.runtime import Runtime
    from ingest.store.backfills import Progress, Step


async def backfill(
    runtime: Runtime, source: Source, *, since: datetime | None = None, limit: int | None = None
) -> tuple[SourceReport, Progress]:
    """Resumes the source's backfill, or begins one.

    ``since`` (aware) leaves out what is older; ``limit`` is how many links are fetched in this run. Index pages whose
    failure may pass stay for the next run, others are given up and reported.
    """
    run = _Backfill(runtime, source, since, limit)
    await runtime.store(Store.begin_backfill, source.name, discover.start(source), datetime.now(UTC))
    await run.ingest_due()
    after = 0
    while run.wants_more():
        step = await runtime.store(Store.next_step, source.name, after)
        if step is None:
            break
        await run.read(step)
        await run.ingest_due()
        after = step.id
    run.report.close()
    return run.report, await runtime.store(Store.backfill_progress, source.name)


class _Backfill:
    """One source in one run."""

    def __init__(self, runtime: Runtime, source: Source, since: datetime | None, limit: int | None) -> None:
        self._runtime = runtime
        self._source = source
        self._since = since
        self._limit = limit
        self.report = SourceReport(source.name)

    def wants_more(self) -> bool:
        return self._limit is None or self._fetched < self._limit

    @property
    def _fetched(self) -> int:
        return self.report.stored + self.report.failed + self.report.skipped

    async def ingest_due(self) -> None:
        """Ingests what is queued of the source."""
        if self.wants_more():
            left = None if self._limit is None else self._limit - self._fetched
            await self._runtime.pipeline.ingest_due(self._source, self.report, left)

    async def read(self, step: Step) -> None:
        """Reads one index page, and queues its links and the index pages it leads to."""
        url = step.request.url
        try:
            with as_page_error("bug while reading an index page", self._source.name, url):
                found = await self._runtime.pipeline.read_index(self._source, step.request, self._since)
        except PageError as error:
            await self._record_failure(step, error)
            return
        self.report.found += len(found.links)
        further = [*found.requests, *found.history, *discover.archives(found, step.request, self._source)]
        followed = {request.url for request in further}
        refused = [refused for refused in refused_with_reasons(found) if refused[0] not in followed]
        links = FilteredLinks(tuple(await self._wanted(step, found)))
        read = ReadIndex(self._source.name, url, links, refused, priority=backfills.PRIORITY)
        await self._runtime.store(Store.record_step, step, read, further, requeue, datetime.now(UTC))

    async def _wanted(self, step: Step, found: IndexResult) -> list[tuple[str, Link]]:
        """Links that are recent enough and, on an index of the whole site, within the source's section of it."""
        links = [
            (key, link)
            for key, link in keyed_links(found, self._source)
            if is_recent(link.hints, self._source, self._since)
        ]
        if not discover.is_wider_than_source(step.request, self._source):
            return links
        known = await self._runtime.store(Store.named_by, self._source.name, self._source.url)
        section = article_urls.section(known)
        return [(key, link) for key, link in links if article_urls.within(link.url, section)]

    async def _record_failure(self, step: Step, error: PageError) -> None:
        again = isinstance(error, FetchError) and error.error_class.next_backfill and not step.request.optional
        further = [] if again else discover.fallbacks(step.request, self._source, error)
        if not step.request.optional and not retries_same_index(step.request, further):
            self.report.fail(error)
        now = datetime.now(UTC)
        await self._runtime.store(Store.fail_step, self._source.name, step, error.code, further, now, again=again)
