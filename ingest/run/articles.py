"""A queued link, brought to its one outcome: fetch → extract → dedup → store. Finds no links.

Every outcome is a row: an article, an error with its class, or a reason to skip.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog

from ingest import schedule
from ingest.dedup import urls
from ingest.dedup.decide import decide
from ingest.errors import ExtractError, FetchError, HostPausedError, PageError, StoreError
from ingest.extraction import not_found
from ingest.extraction.metadata import dates
from ingest.extraction.pagination.follow import JoinedArticle, follow
from ingest.model import Article, Decision, Page, Source, Unchanged
from ingest.schedule.requeue import requeue
from ingest.store import Extracted, QueuedLink, Store
from ingest.store.links import page_hash

if TYPE_CHECKING:
    from datetime import datetime

    from ingest.run.context import RunContext
    from ingest.run.report import SourceReport

log = structlog.get_logger()

#: Links of one source under way at a time; the pace of their host holds them back further.
_LINKS_AT_A_TIME = 8
_BATCH = 500
#: A page that is missing (404) for the third time is taken for removed.
_MISSING_OFTEN = 2


async def drain(
    context: RunContext, source: Source, report: SourceReport, limit: int | None = None, since: datetime | None = None
) -> None:
    """Brings in every link of the source that is due, a batch at a time."""
    seen: set[int] = set()
    passed_over = 0
    left = sys.maxsize if limit is None else limit
    while left:
        # Links that are too old stay due: they are asked for again, and passed over. So are those that failed, when a
        # run takes so long that they are due once more.
        batch_size = _BATCH + passed_over
        batch = await context.store(
            Store.due_links, source.name, context.clock(), batch_size, newest_first=limit is not None
        )
        fresh = [link for link in batch if link.id not in seen]
        if not fresh and len(batch) < batch_size:
            return
        seen.update(link.id for link in fresh)
        wanted = [link for link in fresh if _recent(link, source, since)][:left]
        passed_over = len(batch) - len(wanted)
        left -= len(wanted)
        await _bring_all(context, source, wanted, report)


async def _bring_all(context: RunContext, source: Source, links: list[QueuedLink], report: SourceReport) -> None:
    waiting = iter(links)

    async def take() -> None:
        for link in waiting:
            await _bring(context, source, link, report)
            context.on_progress(report)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(min(_LINKS_AT_A_TIME, len(links))):
            tasks.create_task(take())


async def _bring(context: RunContext, source: Source, link: QueuedLink, report: SourceReport) -> None:
    """One link to its outcome."""
    try:
        decision = await _ingest(context, source, link)
    except PageError as error:
        await _set_aside(context, link, error, report)
    except StoreError:
        raise
    except Exception:
        log.exception("bug while reading a page", source=source.name, url=link.url)
        bug = ExtractError(link.url, "extract", "a bug of ingest; its traceback is in the log")
        await _set_aside(context, link, bug, report)
    else:
        report.count(decision)


async def _ingest(context: RunContext, source: Source, queued: QueuedLink) -> Decision:
    if source.feed_content and queued.hints.content:
        article = await context.workers.read_entry(queued.url, source, queued.hints)
        return await _save(context, source, queued, None, JoinedArticle(article))
    page = await context.fetch(source, queued.url, queued.validators, keep=True)
    if page.not_modified and queued.article_id:
        if await _later_unchanged(context, source, queued.article_id):
            await context.store(Store.unchanged, queued, context.clock(), _next_check(context, queued, None))
            return Unchanged(queued.article_id)
        page = await context.fetch(source, queued.url, keep=True)
    if queued.article_id and await _is_the_same(context, source, queued, page):
        check = _next_check(context, queued, None)
        await context.store(Store.unchanged, queued, context.clock(), check, page.validators)
        return Unchanged(queued.article_id)
    article = await context.workers.read_article(page, source, queued.hints)
    if article.first_page:
        await _send_to_first(context, source, queued, article.first_page)
        # The source's id_pattern gives all pages of an article one link, so that it is this one that leads to it.
        page = await context.fetch(source, article.first_page, keep=True)
        article = await context.workers.read_article(page, source, queued.hints)
    return await _save(context, source, queued, page, await _read_on(context, source, article))


async def _is_the_same(context: RunContext, source: Source, queued: QueuedLink, page: Page) -> bool:
    """The same page again, though the server did not say so: what would be read of it is known."""
    if queued.article_id is None or page_hash(page, queued.hints) != queued.page_hash:
        return False
    return await _later_unchanged(context, source, queued.article_id)


async def _later_unchanged(context: RunContext, source: Source, article_id: int) -> bool:
    """A 304 for the first page of an article vouches for that one only: the others are asked for, too."""
    for url, validators in await context.store(Store.later_pages, article_id):
        if not (await context.fetch(source, url, validators)).not_modified:
            return False
    return True


async def _send_to_first(context: RunContext, source: Source, queued: QueuedLink, first: str) -> None:
    """Raises `ExtractError`: the article is read from its first page on; unless that is the same link."""
    key = urls.key(first, source.id_pattern)
    if key == queued.key:
        return
    await context.store(Store.queue_first, queued, key, first, requeue, context.clock())
    raise ExtractError(queued.url, "not_an_article", f"a later page of {first}, which is read instead")


async def _read_on(context: RunContext, source: Source, article: Article) -> JoinedArticle:
    check_article(article)
    get, read = partial(context.fetch, source, keep=True), partial(context.workers.read_article, source=source)
    return await follow(article, get, read)


async def _save(
    context: RunContext, source: Source, queued: QueuedLink, page: Page | None, whole: JoinedArticle
) -> Decision:
    article, gap, now = whole.article, whole.gap, context.clock()
    check_article(article)
    check = _next_check(context, queued, article)
    passing = page is not None and gap is not None and not gap.error_class.permanent
    if gap and passing:
        # Stored as far as it goes, and fetched again soon.
        again = schedule.next_try(queued.attempts + 1, now, retry_after=_retry_after(gap), jitter=context.random())
        check = min(filter(None, (check, again)), default=None)
    key = urls.key(article.canonical_url, source.id_pattern)
    extracted = Extracted(
        queued,
        article,
        key,
        page,
        whole.later,
        gap,
        revalidate=not passing,
    )
    return await context.store(Store.save_article, extracted, decide, now, check)


async def _set_aside(context: RunContext, link: QueuedLink, error: PageError, report: SourceReport) -> None:
    now = context.clock()
    retry_after = _retry_after(error)
    if error.error_class.skip and retry_after is None:
        report.skipped += 1
        await context.store(
            Store.skip, link, error.code, error.message, now, counts_for_shape=error.code == "not_an_article"
        )
        return
    if isinstance(error, HostPausedError):
        report.postpone(error)
        await context.store(Store.postpone, link, now + timedelta(seconds=error.retry_after))
        return
    report.fail_link(error)
    if error.code == "gone" or (_is_missing(error) and link.attempts >= _MISSING_OFTEN):
        await context.store(Store.gone, link, now)
        return
    passing = error.error_class.transient
    again = schedule.next_try(link.attempts + 1, now, retry_after=retry_after, jitter=context.random(), passing=passing)
    await context.store(Store.fail, link, error, now=now, next_try=again)


def _next_check(context: RunContext, queued: QueuedLink, article: Article | None) -> datetime | None:
    """The ladder of re-checks begins at publication, where the page says it."""
    now = context.clock()
    published = article.published if article else None
    return schedule.next_check(min(published or queued.found_at, now), now)


def _retry_after(error: PageError) -> float | None:
    return error.retry_after if isinstance(error, FetchError) else None


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
