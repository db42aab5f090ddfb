"""The rows of ``links`` for an article's later pages: found with its first page, and fetched only together with it.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.dedup import urls
from ingest.model import Link, Validators
from ingest.store import links, values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from ingest.errors import PageError
    from ingest.model import Page
    from ingest.schedule.requeue import Requeuer
    from ingest.store.links import QueuedLink


def queue_first(db: Database, later: QueuedLink, key: str, url: str, requeue: Requeuer, now: datetime) -> None:
    """Queues the first page of the article that ``later`` turned out to be a page of."""
    links.queue(db, key, Link(url, later.source, later.url, later.hints), 0, requeue, now)


def of_article(db: Database, article_id: int) -> list[tuple[str, Validators]]:
    """URL and validators of each later page, in their order."""
    rows = db.execute(
        "SELECT url, etag, last_modified FROM links WHERE article_id = ? AND page > 1 AND state = 'done' ORDER BY page",
        [article_id],
    )
    return [(url, Validators(etag, last_modified)) for url, etag, last_modified in rows]


def save(
    db: Database, first: QueuedLink, article_id: int, pages: Sequence[Page], now: datetime, *, is_all: bool
) -> None:
    """Links the pages after the first that the article was joined from. If those are all, links beyond them are gone.

    A link that a feed or a listing had named becomes one of them: it leads to this article, not to a second one.
    """
    stamp = values.stamp(now)
    for number, page in enumerate(pages, 2):
        given = page.validators
        db.execute(
            "INSERT INTO links(key, url, source, found_at, via, state, checked_at, article_id, page, etag,"
            " last_modified) VALUES (?, ?, ?, ?, ?, 'done', ?, ?, ?, ?, ?)"
            " ON CONFLICT(key) DO UPDATE SET state = 'done', next_try = NULL, attempts = 0, error = NULL,"
            " reason = NULL, checked_at = excluded.checked_at, article_id = excluded.article_id,"
            " page = excluded.page, etag = excluded.etag,"
            " last_modified = excluded.last_modified WHERE id <> ?",
            [
                urls.key(page.url),
                page.url,
                first.source,
                stamp,
                first.url,
                stamp,
                article_id,
                number,
                given.etag,
                given.last_modified,
                first.id,
            ],
        )
    if not is_all:
        return
    db.execute(
        "UPDATE links SET state = 'gone', error = 'gone', reason = 'the article ends before this page'"
        " WHERE article_id = ? AND page > ? AND state = 'done'",
        [article_id, len(pages) + 1],
    )


def note_gap(db: Database, first: QueuedLink, error: PageError) -> None:
    """Notes on the link of an article that was stored without one of its pages which page is missing, and why."""
    db.execute(
        "UPDATE links SET attempts = ?, error = ?, reason = ? WHERE id = ?",
        [
            first.attempts + 1,
            error.code,
            values.one_line(f"the article goes on at {error.url}: {error.message}", values.TITLE),
            first.id,
        ],
    )


def reopen(db: Database, first: QueuedLink, now: datetime) -> None:
    """Makes an article due, unconditionally, that is now known to have further pages and was read from one only."""
    db.execute(
        "UPDATE links SET next_try = ?, etag = '', last_modified = '', page_hash = ''"
        " WHERE id = ? AND (SELECT pages FROM articles WHERE id = article_id) = 1",
        [values.stamp(now), first.id],
    )
