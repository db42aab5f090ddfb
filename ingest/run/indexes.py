"""The index pages of a source: asked for, read, their links queued. Brings in no link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import structlog

from ingest import schedule
from ingest.discover import IndexRequest, IndexResult, revalidation, shape_filter
from ingest.discover.crawl import crawl, keyed_links, refused_with_reasons
from ingest.discover.shape_filter import FilteredLinks
from ingest.errors import FetchError, PageError
from ingest.schedule.due import NO_SKIPS, Skips
from ingest.schedule.requeue import requeue
from ingest.store import ReadIndex, Store

if TYPE_CHECKING:
    from datetime import datetime

    from ingest.discover.revalidation import IndexPageState
    from ingest.model import Link, Page, Source
    from ingest.run.context import RunContext
    from ingest.run.report import SourceReport

log = structlog.get_logger()


@dataclass(slots=True)
class Said:
    """What the index pages of one run said of when to come again. Seconds; None where no page was read in full."""

    ttl: float | None = None
    skips: Skips | None = None
    fresh: float = 0.0

    def read(self, found: IndexResult) -> None:
        """The page was read in full."""
        if not found.links:
            return
        skips = self.skips or NO_SKIPS
        self.ttl = max(self.ttl or 0.0, found.ttl or 0.0)
        self.skips = Skips(skips.hours | found.skip_hours, skips.days | found.skip_days)

    def freshly(self, page: Page, now: datetime) -> None:
        """A page that names articles was answered."""
        self.fresh = max(self.fresh, schedule.vouched(page.headers, now))


async def discover(context: RunContext, source: Source, report: SourceReport, since: datetime | None) -> Said:
    """Queues the links of the source's index pages. Raises `PageError` if none of them could be read."""
    said = Said()

    async def queue(request: IndexRequest) -> IndexResult:
        found = await _record(context, source, request, since, said)
        report.found += len(found.links)
        said.read(found)
        context.on_progress(report)
        return found

    failures = await crawl(source, queue)
    if failures:
        report.error, report.message = failures[0].code, f"{failures[0].url}: {failures[0].message}"
    return said


async def read(context: RunContext, source: Source, request: IndexRequest, since: datetime | None) -> IndexResult:
    """One index page, whether it has changed or not; nothing of it is stored. Raises `PageError`."""
    page = await context.fetch(source, request.url)
    return await context.workers.read_index(page, request, source, since)


async def preview(context: RunContext, source: Source) -> list[Link]:
    """The links that a run would queue now. Stores nothing. Raises `PageError` if no index can be read."""
    links: dict[str, Link] = {}

    async def look(request: IndexRequest) -> IndexResult:
        page = await context.get(source, request.url)
        found = await context.workers.read_index(page, request, source)
        links.update((await _parted(context, source, found)).follow)
        return found

    await crawl(source, look)
    held = await context.store(Store.held_links, tuple(links))
    return [link for key, link in links.items() if key not in held]


async def _record(
    context: RunContext, source: Source, request: IndexRequest, since: datetime | None, said: Said
) -> IndexResult:
    """One index page. One that has moved for good and cannot be had there any more is asked for where it was."""
    held = await context.store(Store.index_page, source.name, request.url)
    try:
        return await _ask(context, source, request, since, held, said)
    except PageError as error:
        if not held.moved_to or error.code == "rate_limited":
            raise
        log.warning("asked where it was", source=source.name, url=request.url, moved_to=held.moved_to, why=str(error))
    held = revalidation.back_to_configured_url(held)
    await context.store(Store.save_index_page, source.name, request.url, held, context.clock())
    return await _ask(context, source, request, since, held, said)


async def _ask(
    context: RunContext, source: Source, request: IndexRequest, since: datetime | None, held: IndexPageState, said: Said
) -> IndexResult:
    reading, now = revalidation.cache_key(request, source), context.clock()
    page = await context.fetch(
        source, held.moved_to or request.url, revalidation.validators_to_send(held, reading, now)
    )
    after = revalidation.after_redirect(held, page)
    if after.moved_to != held.moved_to:
        log.warning("moved for good, asked there from now on", source=source.name, url=request.url, to=after.moved_to)
    if page.not_modified:
        await context.store(
            Store.save_index_page, source.name, request.url, revalidation.after_not_modified(after), now
        )
        said.freshly(page, now)
        return IndexResult()
    if reading == held.read_as and revalidation.body_hash(page) == held.content_hash:
        await context.store(
            Store.save_index_page, source.name, request.url, revalidation.after_same_body(after, page, now), now
        )
        said.freshly(page, now)
        return IndexResult()
    found = await context.workers.read_index(page, request, source, since)
    if found.links:
        said.freshly(page, now)
    after = revalidation.after_parse(after, page, found, reading, now)
    return await _queue(context, source, request, held, after, found)


async def _queue(
    context: RunContext,
    source: Source,
    request: IndexRequest,
    held: IndexPageState,
    after: IndexPageState,
    found: IndexResult,
) -> IndexResult:
    known_before = (await context.store(Store.source_state, source.name)).last_ok is not None
    links = await _parted(context, source, found)
    read = ReadIndex(source.name, request.url, links, refused_with_reasons(found), after)
    counts = await context.store(Store.record_index_page, read, requeue, context.clock())
    if (counts.new or counts.requeued) and revalidation.is_verification_due(held, context.clock()):
        await _accuse(context, source, request, held, after)
    if known_before and found.links and counts.new == len(found.links):
        # Nothing in it is known: more was published since the last run than it holds, so older pages are read, too.
        return replace(found, requests=(*found.requests, *found.history))
    return found


async def _parted(context: RunContext, source: Source, found: IndexResult) -> FilteredLinks:
    """The links to follow; of a page that names whatever the site has without those that never were articles."""
    links = keyed_links(found, source)
    if not found.mixed:
        return FilteredLinks(tuple(links))
    return shape_filter.filter_links(links, await context.store(Store.url_shapes, source.name), context.clock())


async def _accuse(
    context: RunContext, source: Source, request: IndexRequest, held: IndexPageState, after: IndexPageState
) -> None:
    """There is news behind validators that were answered with 304. If they are still, the server lies."""
    if after.validators != held.validators:
        try:
            page = await context.fetch(source, after.moved_to or request.url, held.validators)
        except FetchError:
            # The page was had: that this second look at it failed says nothing of the source.
            return
        if not page.not_modified:
            return
    log.warning(
        "says 304 although it has news: asked without validators for a month", source=source.name, url=request.url
    )
    now = context.clock()
    await context.store(Store.save_index_page, source.name, request.url, replace(after, distrusted_at=now), now)
