"""The second half of a run: each queued link to its one outcome, by fetch → extract → dedup → store.

Every outcome is a row: an article, an error with its class, or a reason to skip.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog

from ingest import schedule
from ingest.dedup import urls
from ingest.dedup.decide import decide
from ingest.errors import ExtractError, FetchError, HostPausedError, PageError
from ingest.extraction.pagination.follow import JoinedArticle, follow
from ingest.model import Decision, Page, Source, Unchanged
from ingest.run import acceptance, moved
from ingest.run.bugs import as_page_error
from ingest.run.parallel import for_each
from ingest.schedule.requeue import requeue
from ingest.store import QueuedLink, Store
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


async def ingest_due(
    context: RunContext, source: Source, report: SourceReport, limit: int | None = None, since: datetime | None = None
) -> None:
    """Ingests every link of the source that is due, a batch at a time; at most ``limit`` links."""

    async def ingest(queued: QueuedLink) -> None:
        await _ingest_link(context, source, queued, report)
        context.counters.add_outcomes(source.name, report.since_last_asked())
        context.on_progress(report)

    seen: set[int] = set()
    passed_over = 0
    left = sys.maxsize if limit is None else limit
    while left:
        # Links that are too old stay due: they are in every batch, and passed over. So are those that failed, when a
        # run takes so long that they are due once more.
        batch_size = _BATCH + passed_over
        batch = await context.store(
            Store.due_links, source.name, context.clock(), batch_size, newest_first=limit is not None
        )
        fresh = [link for link in batch if link.id not in seen]
        if not fresh and len(batch) < batch_size:
            return
        seen.update(link.id for link in fresh)
        wanted = [link for link in fresh if acceptance.is_recent(link.hints, source, since)][:left]
        passed_over = len(batch) - len(wanted)
        left -= len(wanted)
        await for_each(wanted, _LINKS_AT_A_TIME, ingest)


async def _ingest_link(context: RunContext, source: Source, queued: QueuedLink, report: SourceReport) -> None:
    try:
        with as_page_error("bug while reading a page", source.name, queued.url):
            decision = await _fetch_and_save(context, source, queued)
    except PageError as error:
        log.debug("not read", source=source.name, url=queued.url, error=error.code, message=error.message)
        await _record_failure(context, queued, error, report)
    else:
        log.debug("read", source=source.name, url=queued.url, decision=decision)
        report.count(decision)


async def _fetch_and_save(context: RunContext, source: Source, queued: QueuedLink) -> Decision:
    """Raises `PageError` if the link leads to no article."""
    if source.feed_content and queued.hints.content:
        article = await context.workers.read_entry(queued.url, source, queued.hints)
        return await _save(context, source, queued, None, JoinedArticle(article))
    page = await context.fetch(source, queued.url, queued.validators, keep=True)
    if page.not_modified and queued.article_id:
        if await _later_unchanged(context, source, queued.article_id):
            return await _save_unchanged(context, queued, queued.article_id)
        page = await context.fetch(source, queued.url, keep=True)
    # The server may send the same page again without saying so: what would be read of it is known.
    is_same = queued.article_id is not None and page_hash(page, queued.hints) == queued.page_hash
    if queued.article_id and is_same and await _later_unchanged(context, source, queued.article_id):
        return await _save_unchanged(context, queued, queued.article_id, page)
    article = await context.workers.read_article(page, source, queued.hints)
    if article.first_page:
        await _queue_first_page(context, source, queued, article.first_page)
        # The source's id_pattern gives all pages of an article one link, so that it is this one that leads to it.
        page = await context.fetch(source, article.first_page, keep=True)
        article = await context.workers.read_article(page, source, queued.hints)
    if acceptance.refusal(article):
        return await _save(context, source, queued, page, JoinedArticle(article))
    get, read = partial(context.fetch, source, keep=True), partial(context.workers.read_article, source=source)
    return await _save(context, source, queued, page, await follow(article, get, read))


async def _later_unchanged(context: RunContext, source: Source, article_id: int) -> bool:
    """Whether the later pages of an article are unchanged: a 304 for the first page vouches for that one only."""
    for url, validators in await context.store(Store.later_pages, article_id):
        if not (await context.fetch(source, url, validators)).not_modified:
            return False
    return True


async def _save_unchanged(
    context: RunContext, queued: QueuedLink, article_id: int, page: Page | None = None
) -> Unchanged:
    now = context.clock()
    check = acceptance.next_check(queued, None, now)
    await context.store(Store.unchanged, queued, now, check, page.validators if page else None)
    return Unchanged(article_id)


async def _queue_first_page(context: RunContext, source: Source, queued: QueuedLink, first: str) -> None:
    """Raises `ExtractError`: the article is read from its first page on. Does nothing if that is the same link."""
    key = urls.key(first, source.id_pattern)
    if key == queued.key:
        return
    await context.store(Store.queue_first, queued, key, first, requeue, context.clock())
    raise ExtractError(queued.url, "not_an_article", f"a later page of {first}, which is read instead")


async def _save(
    context: RunContext, source: Source, queued: QueuedLink, page: Page | None, joined: JoinedArticle
) -> Decision:
    if queued.article_id is None:
        acceptance.check_article(joined.article)
    # What the page of a stored article says now is compared with the article, whatever it is.
    now = context.clock()
    extracted = acceptance.extracted(source, queued, page, joined)
    check = acceptance.next_check(queued, joined.article, now)
    if joined.gap and not extracted.revalidate:
        # Stored as far as it goes, and fetched again soon.
        check = min(filter(None, (check, _next_try(context, queued, joined.gap, is_gap=True))), default=None)
    try:
        return await context.store(Store.save_article, extracted, moved.decide_unless_moved, now, check)
    except moved.PerhapsMovedError as question:
        if await moved.is_moved(context, source, question, extracted.url):
            extracted = replace(extracted, queued=replace(queued, article_id=question.article_id))
    return await context.store(Store.save_article, extracted, decide, now, check)


async def _record_failure(context: RunContext, queued: QueuedLink, error: PageError, report: SourceReport) -> None:
    now = context.clock()
    if error.error_class.skip and _retry_after(error) is None:
        report.skipped += 1
        no_article = error.code == "not_an_article"
        await context.store(Store.skip, queued, error.code, error.message, now, counts_for_shape=no_article)
        return
    if isinstance(error, HostPausedError):
        report.postpone(error)
        await context.store(Store.postpone, queued, now + timedelta(seconds=error.retry_after))
        return
    if error.code == "gone" or (_is_missing(error) and (queued.is_gone or queued.attempts >= _MISSING_OFTEN)):
        await _record_removal(context, queued, error, report)
        return
    report.fail_link(error)
    again = _next_try(context, queued, error)
    await context.store(Store.fail, queued, error, now=now, next_try=again)


async def _record_removal(context: RunContext, queued: QueuedLink, error: PageError, report: SourceReport) -> None:
    """The page was removed: a failure when it is found, and not a second one when it is still so later."""
    if not queued.is_gone:
        report.fail_link(error)
    now = context.clock()
    looks = queued.attempts + 1 if queued.is_gone else 1
    again = schedule.next_look(looks, now, jitter=context.random())
    await context.store(Store.mark_gone, queued, now, again)


def _next_try(context: RunContext, queued: QueuedLink, error: PageError, *, is_gap: bool = False) -> datetime | None:
    return schedule.next_try(
        queued.attempts + 1,
        context.clock(),
        retry_after=_retry_after(error),
        jitter=context.random(),
        transient=error.error_class.transient and not is_gap,
        patient=error.error_class.patient and not is_gap,
    )


def _retry_after(error: PageError) -> float | None:
    return error.retry_after if isinstance(error, FetchError) else None


def _is_missing(error: PageError) -> bool:
    return isinstance(error, FetchError) and error.status == HTTPStatus.NOT_FOUND
