"""The only place where the steps meet: discover → fetch → extract → dedup → store. Decides nothing itself.

Every link ends in one outcome, and every outcome is a row: an article, an error with its class, or a reason to skip.
"""

from __future__ import annotations

import asyncio
import random
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog

from ingest import schedule
from ingest.dedup import urls
from ingest.discover import Ask, Found
from ingest.errors import ExtractError, FetchError, PageError, StoreError
from ingest.extraction import dates, not_found
from ingest.model import Article, Decision, Link, Page, Source, Unchanged, Validators
from ingest.report import RunReport, SourceReport
from ingest.store import QueuedLink, Store
from ingest.walk import keyed, refusals, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ingest.fetch.client import Fetcher
    from ingest.store.thread import StoreThread
    from ingest.workers import Workers

log = structlog.get_logger()

#: Links of one source under way at a time; the pace of their host holds them back further.
_LINKS_AT_A_TIME = 8
_SOURCES_AT_A_TIME = 200
_BATCH = 500
#: A page that is missing (404) for the third time is taken for removed.
_MISSING_OFTEN = 2
#: Outcomes that are no failure: asking again would not change them.
SKIPS = frozenset({"not_an_article", "foreign_host", "bad_scheme", "unsupported_type", "robots"})


def _now() -> datetime:
    return datetime.now(UTC)


def ignore(_: SourceReport) -> None:
    """The default for who does not want to watch."""


class Pipeline:
    """Runs sources. ``clock`` returns aware UTC times, ``chance`` numbers between 0 and 1.

    ``watch`` is called with a source's report whenever it has changed.
    """

    def __init__(
        self,
        store: StoreThread,
        fetcher: Fetcher,
        workers: Workers,
        *,
        clock: Callable[[], datetime] = _now,
        chance: Callable[[], float] = random.random,
        watch: Callable[[SourceReport], None] = ignore,
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._workers = workers
        self._clock = clock
        self._chance = chance
        self._watch = watch

    async def run(
        self, sources: Sequence[Source], *, limit: int | None = None, since: datetime | None = None
    ) -> RunReport:
        """One run over the sources, due or not. ``limit`` is articles a source; what is beyond it stays queued."""
        report = RunReport(self._clock())
        gate = asyncio.Semaphore(_SOURCES_AT_A_TIME)

        async def run_one(source: Source) -> SourceReport:
            async with gate:
                return await self.run_source(source, limit=limit, since=since)

        report.sources = list(await asyncio.gather(*map(run_one, sources)))
        report.finished = self._clock()
        return report

    async def run_source(
        self, source: Source, *, limit: int | None = None, since: datetime | None = None
    ) -> SourceReport:
        """Asks the source for links, then brings in what is queued of it."""
        report = SourceReport(source.name)
        failure: PageError | None = None
        ttl: float | None = None
        try:
            ttl = await self._discover(source, report, since)
        except PageError as error:
            failure = error
            report.fail(error)
        except Exception:
            log.exception("bug in discovery", source=source.name)
            failure = PageError(source.url, "extract", "a bug of ingest; its traceback is in the log")
            report.fail(failure)
        await self.drain(source, report, limit, since)
        report.close()
        await self._finish(source, report, failure, ttl)
        self._watch(report)
        return report

    async def preview(self, source: Source) -> list[Link]:
        """The links that a run would queue now. Stores nothing. Raises `PageError` if no index can be read."""
        links: dict[str, Link] = {}

        async def look(ask: Ask) -> Found:
            page = await self._fetcher.get(ask.url, source=source.name, retry_scope=source.retry_scope)
            found = await self._workers.read_index(page, ask, source)
            links.update(keyed(found, source))
            return found

        await walk(source, look)
        held = await self._store(Store.held_links, tuple(links))
        return [link for key, link in links.items() if key not in held]

    async def _discover(self, source: Source, report: SourceReport, since: datetime | None) -> float | None:
        """Queues the links of the source's index pages; returns its TTL in seconds, if it names one."""
        ttls: list[float] = []

        async def queue(ask: Ask) -> Found:
            found = await self._index(source, ask, since)
            report.found += len(found.links)
            ttls.extend([found.ttl] if found.ttl else [])
            self._watch(report)
            return found

        failures = await walk(source, queue)
        if failures:
            report.error, report.message = failures[0].code, f"{failures[0].url}: {failures[0].message}"
        return max(ttls, default=None)

    async def _index(self, source: Source, ask: Ask, since: datetime | None) -> Found:
        validators = await self._store(Store.validators, source.name, ask.url)
        known_before = (await self._store(Store.source_state, source.name)).last_ok is not None
        page = await self._fetch(source, ask.url, validators)
        if page.not_modified:
            return Found(links=())
        found = await self._workers.read_index(page, ask, source, since)
        # An index that leads to others is read anew each time: a 304 for it would say nothing of them.
        vouched = Validators() if found.asks else page.validators
        links, refused = keyed(found, source), refusals(found)
        counts = await self._store(Store.record_index, source.name, ask.url, vouched, links, refused, self._clock())
        if known_before and found.links and counts.new == len(found.links):
            # Nothing in it is known: more was published since the last run than it holds, so older pages are read, too.
            return replace(found, asks=(*found.asks, *found.history))
        return found

    async def read_index(self, source: Source, ask: Ask, since: datetime | None) -> Found:
        """One index page, whether it has changed or not; nothing of it is stored. Raises `PageError`."""
        page = await self._fetch(source, ask.url, Validators())
        return await self._workers.read_index(page, ask, source, since)

    async def drain(
        self, source: Source, report: SourceReport, limit: int | None = None, since: datetime | None = None
    ) -> None:
        """Brings in every link of the source that is due, a batch at a time."""
        seen: set[str] = set()
        left = sys.maxsize if limit is None else limit
        while left:
            # Links that are too old stay due: they are asked for again, and passed over.
            batch = await self._store(
                Store.due_links, source.name, self._clock(), _BATCH + len(seen), newest_first=limit is not None
            )
            fresh = [link for link in batch if link.key not in seen]
            if not fresh:
                return
            seen.update(link.key for link in fresh)
            wanted = [link for link in fresh if _recent(link, source, since)][:left]
            left -= len(wanted)
            await self._bring_all(source, wanted, report)

    async def _bring_all(self, source: Source, links: list[QueuedLink], report: SourceReport) -> None:
        waiting = iter(links)

        async def take() -> None:
            for link in waiting:
                await self._bring(source, link, report)
                self._watch(report)

        async with asyncio.TaskGroup() as tasks:
            for _ in range(min(_LINKS_AT_A_TIME, len(links))):
                tasks.create_task(take())

    async def _bring(self, source: Source, link: QueuedLink, report: SourceReport) -> None:
        """One link to its outcome."""
        try:
            decision = await self._ingest(source, link)
        except PageError as error:
            await self._set_aside(link, error, report)
        except StoreError:
            raise
        except Exception:
            log.exception("bug while reading a page", source=source.name, url=link.url)
            bug = ExtractError(link.url, "extract", "a bug of ingest; its traceback is in the log")
            await self._set_aside(link, bug, report)
        else:
            report.count(decision)

    async def _ingest(self, source: Source, queued: QueuedLink) -> Decision:
        page: Page | None = None
        if source.feed_content and queued.hints.content:
            article = await self._workers.read_entry(queued.url, source, queued.hints)
        else:
            page = await self._fetch(source, queued.url, queued.validators)
            if page.not_modified and queued.article_id:
                await self._store(Store.unchanged, queued, self._clock(), self._next_check(queued, None))
                return Unchanged(queued.article_id)
            await self._store(Store.keep_page, page, source.keep_raw, source.name)
            article = await self._workers.read_article(page, source, queued.hints)
        check_article(article)
        key = urls.key(article.canonical_url, source.id_pattern)
        check = self._next_check(queued, article)
        return await self._store(Store.land, queued, page, article, key=key, now=self._clock(), next_check=check)

    async def _set_aside(self, link: QueuedLink, error: PageError, report: SourceReport) -> None:
        now = self._clock()
        retry_after = error.retry_after if isinstance(error, FetchError) else None
        if error.code in SKIPS and retry_after is None:
            report.skipped += 1
            await self._store(Store.skip, link, error.code, error.message, now)
            return
        report.fail_link(error)
        if error.code == "gone" or (_is_missing(error) and link.attempts >= _MISSING_OFTEN):
            await self._store(Store.gone, link, now)
            return
        again = schedule.next_try(link.attempts + 1, now, retry_after=retry_after, jitter=self._chance())
        await self._store(Store.fail, link, error, now=now, next_try=again)

    async def _fetch(self, source: Source, url: str, validators: Validators) -> Page:
        """One fetch, and its row in the log of fetches."""
        began = self._clock()
        try:
            page = await self._fetcher.get(
                url, validators=validators, source=source.name, retry_scope=source.retry_scope
            )
        except FetchError as error:
            spent = (self._clock() - began) // timedelta(milliseconds=1)
            await self._store(Store.log_fetch, source.name, url, began, error.status, 0, spent, error.code)
            raise
        size = len(page.content)
        await self._store(Store.log_fetch, source.name, url, began, page.status, size, page.elapsed_ms, "")
        return page

    async def _finish(self, source: Source, report: SourceReport, failure: PageError | None, ttl: float | None) -> None:
        now = self._clock()
        state = await self._store(Store.source_state, source.name)
        failures = state.failures + schedule.weight(failure.code) if failure else 0.0
        ttl = ttl or state.ttl
        due = schedule.next_due(
            source,
            replace(state, failures=failures, ttl=ttl),
            now,
            posts_in_week=await self._store(Store.posts_since, source.name, now - timedelta(weeks=1)),
            retry_after=failure.retry_after if isinstance(failure, FetchError) else None,
            jitter=self._chance(),
        )
        await self._store(
            Store.finish_run,
            source.name,
            ok=failure is None,
            failures=failures,
            error=report.error or "",
            message=report.message,
            ttl=ttl,
            next_due=due,
            now=now,
        )

    def _next_check(self, queued: QueuedLink, article: Article | None) -> datetime | None:
        """The ladder of re-checks begins at publication, where the page says it."""
        now = self._clock()
        published = article.published if article else None
        return schedule.next_check(min(published or queued.found_at, now), now)


def _is_missing(error: PageError) -> bool:
    return isinstance(error, FetchError) and error.status == HTTPStatus.NOT_FOUND


def _recent(link: QueuedLink, source: Source, since: datetime | None) -> bool:
    """Whether the link is wanted of a run that reaches back to ``since``; one without a date is."""
    if since is None or not link.hints.published:
        return True
    published = dates.parse(link.hints.published, time_zone=source.time_zone, language=source.language)
    return published is None or published >= since


def check_article(article: Article) -> None:
    """Raises `ExtractError` for what is no article. The words of a forum or a stub are still words, so they stay."""
    if not article.text.strip():
        raise ExtractError(article.url, "empty", "no text of an article was found in the page")
    if not_found.says_so(article.title, article.text):
        raise ExtractError(article.url, "empty", "the page says that there is no such page, though with status 200")
    if article.page_type == "listing":
        raise ExtractError(article.url, "not_an_article", "the page is a list of links")
