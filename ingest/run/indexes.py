"""The first half of a run: a source's index pages are fetched and parsed, and their links queued."""

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
class PollAdvice:
    """What the index pages of one run say about when to poll the source again; ``ttl`` and ``fresh`` in seconds.

    ``ttl`` and ``skips`` are None where no page was parsed: then what was said in an earlier run still holds.
    """

    ttl: float | None = None
    skips: Skips | None = None
    fresh: float = 0.0
    """For how long the server vouches for its response."""
    parsed: int = 0
    """Index pages that were read."""
    unchanged: int = 0
    """Index pages that were not read, because they are as they were."""
    new_links: int = 0

    def add_parsed(self, found: IndexResult) -> None:
        """Takes up what a page that names links says in its own text."""
        if not found.links:
            return
        skips = self.skips or NO_SKIPS
        self.ttl = max(self.ttl or 0.0, found.ttl or 0.0)
        self.skips = Skips(skips.hours | found.skip_hours, skips.days | found.skip_days)

    def add_response(self, page: Page, now: datetime) -> None:
        """Takes up what the headers of a page that names links say."""
        self.fresh = max(self.fresh, schedule.freshness_lifetime(page.headers, now))


async def poll(context: RunContext, source: Source, report: SourceReport, since: datetime | None) -> PollAdvice:
    """Queues the links of the source's index pages. Raises `PageError` if none of them could be read."""
    advice = PollAdvice()
    poll = _Poll(context, source, since, advice)

    async def read(request: IndexRequest) -> IndexResult:
        found = await poll.read(request)
        report.found += len(found.links)
        advice.add_parsed(found)
        context.on_progress(report)
        return found

    failures = await crawl(source, read)
    if failures:
        report.error, report.message = failures[0].code, f"{failures[0].url}: {failures[0].message}"
    return advice


async def read_page(context: RunContext, source: Source, request: IndexRequest, since: datetime | None) -> IndexResult:
    """Fetches and parses one index page, whether it has changed or not. Raises `PageError`."""
    page = await context.fetch(source, request.url)
    return await context.workers.read_index(page, request, source, since)


async def preview(context: RunContext, source: Source) -> list[Link]:
    """Returns the links that a run would queue now. Raises `PageError` if no index page can be read."""
    links: dict[str, Link] = {}

    async def read(request: IndexRequest) -> IndexResult:
        page = await context.get(source, request.url)
        found = await context.workers.read_index(page, request, source)
        links.update((await _filtered(context, source, found)).follow)
        return found

    await crawl(source, read)
    held = await context.store(Store.held_links, tuple(links))
    return [link for key, link in links.items() if key not in held]


async def _filtered(context: RunContext, source: Source, found: IndexResult) -> FilteredLinks:
    """The links to follow: of a page that names whatever the site has, without those that never were articles."""
    links = keyed_links(found, source)
    if not found.mixed:
        return FilteredLinks(tuple(links))
    return shape_filter.filter_links(links, await context.store(Store.url_shapes, source.name), context.clock())


@dataclass(frozen=True, slots=True)
class _Poll:
    """One source in one run."""

    context: RunContext
    source: Source
    since: datetime | None
    advice: PollAdvice

    async def read(self, request: IndexRequest) -> IndexResult:
        """Fetches an index page at the URL that it has moved to, or at the configured one if it is no longer there."""
        held = await self.context.store(Store.index_page, self.source.name, request.url)
        try:
            return await self._fetch_and_record(request, held)
        except PageError as error:
            if not held.moved_to or error.code == "rate_limited":
                raise
            why = str(error)
        log.warning("asked where it was", source=self.source.name, url=request.url, moved_to=held.moved_to, why=why)
        held = revalidation.back_to_configured_url(held)
        await self._save(request, held)
        return await self._fetch_and_record(request, held)

    async def _fetch_and_record(self, request: IndexRequest, held: IndexPageState) -> IndexResult:
        read_as, now = revalidation.cache_key(request, self.source), self.context.clock()
        validators = revalidation.validators_to_send(held, read_as, now)
        page = await self.context.fetch(self.source, held.moved_to or request.url, validators)
        after = revalidation.after_redirect(held, page)
        if after.moved_to != held.moved_to:
            log.warning(
                "moved for good, asked there from now on",
                source=self.source.name,
                url=request.url,
                to=after.moved_to,
            )
        if page.not_modified:
            self.advice.unchanged += 1
            self.advice.add_response(page, now)
            await self._save(request, revalidation.after_not_modified(after))
            return IndexResult()
        if read_as == held.read_as and revalidation.body_hash(page) == held.content_hash:
            self.advice.unchanged += 1
            self.advice.add_response(page, now)
            await self._save(request, revalidation.after_same_body(after, page, now))
            return IndexResult()
        found = await self.context.workers.read_index(page, request, self.source, self.since)
        self.advice.parsed += 1
        if found.links:
            self.advice.add_response(page, now)
        after = revalidation.after_parse(after, page, found, read_as, now)
        return await self._record(request, held, after, found)

    async def _record(
        self, request: IndexRequest, held: IndexPageState, after: IndexPageState, found: IndexResult
    ) -> IndexResult:
        store = self.context.store
        known_before = (await store(Store.source_state, self.source.name)).last_ok is not None
        links = await _filtered(self.context, self.source, found)
        read = ReadIndex(self.source.name, request.url, links, refused_with_reasons(found), after)
        counts = await store(Store.record_index_page, read, requeue, self.context.clock())
        self.advice.new_links += counts.new
        if (counts.new or counts.requeued) and revalidation.is_verification_due(held, self.context.clock()):
            await self._verify_validators(request, held, after)
        if known_before and found.links and counts.new == len(found.links):
            # Nothing in it is known: more was published since the last run than it holds, so older pages are read, too.
            return replace(found, requests=(*found.requests, *found.history))
        return found

    async def _verify_validators(self, request: IndexRequest, held: IndexPageState, after: IndexPageState) -> None:
        """The page has news, although its validators were answered with 304: distrusts the server if they still are."""
        if after.validators != held.validators:
            try:
                page = await self.context.fetch(self.source, after.moved_to or request.url, held.validators)
            except FetchError:
                # The page was fetched: that this second request failed says nothing of the source.
                return
            if not page.not_modified:
                return
        log.warning(
            "says 304 although it has news: asked without validators for a month",
            source=self.source.name,
            url=request.url,
        )
        await self._save(request, replace(after, distrusted_at=self.context.clock()))

    async def _save(self, request: IndexRequest, after: IndexPageState) -> None:
        await self.context.store(Store.save_index_page, self.source.name, request.url, after, self.context.clock())
