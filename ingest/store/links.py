"""The links that wait to be fetched, and the index pages that named them. Touches no article.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.dedup import fingerprint
from ingest.model import NO_HINTS, Hints, Link, Page, Validators
from ingest.store import url_shapes, values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from ingest.discover.shape_filter import SkippedLink
    from ingest.errors import PageError

_NONE = Validators()


@dataclass(frozen=True, slots=True)
class QueuedLink:
    """A link whose turn it is."""

    id: int
    key: str
    url: str
    source: str
    via: str
    found_at: datetime
    hints: Hints = NO_HINTS
    attempts: int = 0
    validators: Validators = _NONE
    article_id: int | None = None
    """The article it led to before; None the first time."""
    page_hash: str = ""
    """Of what that was read from."""


@dataclass(frozen=True, slots=True)
class NamedBy:
    """A feed, sitemap or listing as it was read. Links of a higher ``priority`` are fetched first."""

    source: str
    url: str
    validators: Validators = _NONE
    priority: int = 0


@dataclass(frozen=True, slots=True)
class IndexCounts:
    """What one index page brought: links named, links not known before, known ones to be fetched again."""

    found: int = 0
    new: int = 0
    requeued: int = 0


_COLUMNS = "id, key, url, source, via, found_at, hints, attempts, etag, last_modified, article_id, page_hash"


def record_index(
    db: Database,
    index: NamedBy,
    links: Iterable[tuple[str, Link]],
    refused: Iterable[tuple[str, str, str]],
    now: datetime,
    left_out: Iterable[SkippedLink] = (),
) -> IndexCounts:
    """Queues what an index page named, keeps a row for what is not followed, and saves the validators of the page."""
    outcomes = [record_link(db, key, link, index.priority, now) for key, link in links]
    for url, code, reason in refused:
        _record_refusal(db, index, url, (code, reason), now)
    for each in left_out:
        _leave_out(db, each, index.priority, now)
    given = index.validators
    db.execute(
        "INSERT INTO index_pages(source, url, etag, last_modified, seen_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT(source, url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,"
        " seen_at = excluded.seen_at",
        [index.source, index.url, given.etag, given.last_modified, values.stamp(now)],
    )
    db.execute(
        "UPDATE sources SET etag = ?, last_modified = ? WHERE name = ? AND url = ?",
        [given.etag or None, given.last_modified or None, index.source, index.url],
    )
    return IndexCounts(len(outcomes), outcomes.count("new"), outcomes.count("requeued"))


def held(db: Database, keys: Iterable[str]) -> set[str]:
    """Those of ``keys`` that have a link."""
    return {key for key in keys if db.execute("SELECT 1 FROM links WHERE key = ?", [key]).fetchone()}


def due_links(db: Database, source: str, now: datetime, limit: int, *, newest_first: bool = False) -> list[QueuedLink]:
    """Links to fetch now: those never stored, oldest or newest first, before articles to look at again."""
    order = "id DESC" if newest_first else "next_try, id"
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM links WHERE source = ? AND state IN ('queued', 'failed', 'done') AND next_try <= ?"  # noqa: S608 - our own column names
        f" ORDER BY state = 'done', priority DESC, {order} LIMIT ?",
        [source, values.stamp(now), limit],
    )
    return [_queued(row) for row in rows]


def link_by_url(db: Database, url: str) -> QueuedLink | None:
    """The link of a page that was kept; None for the later pages of an article."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM links WHERE url = ? AND page = 1 ORDER BY id LIMIT 1",  # noqa: S608 - our own column names
        [url],
    ).fetchone()
    return _queued(row) if row else None


def finish(
    db: Database, queued: QueuedLink, article_id: int, page: Page | None, times: tuple[datetime, datetime | None]
) -> None:
    """The link led to an article. ``times`` are now and when to look again; the page's validators are saved, too."""
    now, next_check = times
    given = page.validators if page else Validators()
    # A page without its headers is one that is to be read again whatever it says.
    read = page_hash(page, queued.hints) if page and page.headers else ""
    db.execute(
        "UPDATE links SET state = 'done', attempts = 0, next_try = ?, checked_at = ?, error = NULL, reason = NULL,"
        " article_id = ?, etag = ?, last_modified = ?, page_hash = ? WHERE id = ?",
        [
            values.stamp_or_none(next_check),
            values.stamp(now),
            article_id,
            given.etag,
            given.last_modified,
            read,
            queued.id,
        ],
    )
    if queued.article_id is None:
        url_shapes.count(db, queued.source, queued.url, now, article=True)


def postpone(db: Database, queued: QueuedLink, until: datetime) -> None:
    """Nobody was asked."""
    db.execute("UPDATE links SET next_try = ? WHERE id = ?", [values.stamp(until), queued.id])


def page_hash(page: Page, hints: Hints) -> str:
    """Of all that an article is read from: it says the same as long as this does."""
    return fingerprint.bytes_hash(page.content, page.final_url.encode(), values.hints_json(hints).encode())


def unchanged(db: Database, queued: QueuedLink, now: datetime, next_check: datetime | None, given: Validators) -> None:
    """The page is as it was; ``given`` is what to ask with next."""
    db.execute(
        "UPDATE links SET state = 'done', attempts = 0, next_try = ?, checked_at = ?, error = NULL, reason = NULL,"
        " etag = ?, last_modified = ? WHERE id = ?",
        [values.stamp_or_none(next_check), values.stamp(now), given.etag, given.last_modified, queued.id],
    )


def fail(db: Database, queued: QueuedLink, error: PageError, now: datetime, next_try: datetime | None) -> None:
    """The fetch or the reading failed. A link that led to an article before stays done: only the look at it failed."""
    db.execute(
        "UPDATE links SET state = iif(article_id IS NULL, 'failed', 'done'), attempts = attempts + 1, next_try = ?,"
        " checked_at = ?, error = ?, reason = ? WHERE id = ?",
        [
            values.stamp_or_none(next_try),
            values.stamp(now),
            error.code,
            values.one_line(error.message, values.TITLE),
            queued.id,
        ],
    )


def close(db: Database, queued: QueuedLink, state: str, why: tuple[str, str], now: datetime) -> None:
    """The link is not asked for again (``skipped``, ``gone``). An article that it led to stays."""
    code, reason = why
    db.execute(
        "UPDATE links SET state = ?, next_try = NULL, checked_at = ?, error = ?, reason = ? WHERE id = ?",
        [state, values.stamp(now), code, values.one_line(reason, values.TITLE), queued.id],
    )
    if code == "not_an_article":
        url_shapes.count(db, queued.source, queued.url, now, article=False)


def record_link(db: Database, key: str, link: Link, priority: int, now: datetime) -> str:
    """Queues the link unless it is known; ``new``, ``requeued`` or ``known``."""
    said = _hint_hash(link.hints)
    row = db.execute(
        "SELECT l.id, l.via, l.hint_hash, l.state, coalesce(s.active, 0), l.shape FROM links l"
        " LEFT JOIN sources s ON s.name = l.source WHERE l.key = ?",
        [key],
    ).fetchone()
    if row is None:
        _insert_link(db, key, link, priority, now)
        return "new"
    link_id, via, known_hash, state, owned, left_out = row
    if not owned:
        # Its source was dropped, so that nobody would fetch it any more.
        db.execute("UPDATE links SET source = ?, via = ? WHERE id = ?", [link.source, link.via, link_id])
    if left_out is not None:
        url_shapes.bring_back(db, link_id, now)
        return "new"
    # Another page may well call it something else; only a page that changes its own word is news.
    if via != link.via or said == known_hash:
        return "known"
    db.execute(
        "UPDATE links SET hints = ?, hint_hash = ?, state = 'queued', attempts = 0, next_try = ?, error = NULL,"
        " reason = NULL WHERE id = ?",
        [values.hints_json(link.hints), said, values.stamp(now), link_id],
    )
    return "known" if state == "queued" else "requeued"


def _insert_link(db: Database, key: str, link: Link, priority: int, now: datetime) -> int:
    found = values.stamp(now)
    cursor = db.execute(
        "INSERT INTO links(key, url, source, found_at, via, next_try, priority, hint_hash, hints)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            key,
            link.url,
            link.source,
            found,
            link.via,
            found,
            priority,
            _hint_hash(link.hints),
            values.hints_json(link.hints),
        ],
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _leave_out(db: Database, each: SkippedLink, priority: int, now: datetime) -> None:
    if db.execute("SELECT 1 FROM links WHERE key = ?", [each.key]).fetchone() is None:
        link_id = _insert_link(db, each.key, each.link, priority, now)
        url_shapes.leave_out(db, link_id, each.shape, each.reason)


def _record_refusal(db: Database, index: NamedBy, url: str, why: tuple[str, str], now: datetime) -> None:
    code, reason = why
    db.execute(
        "INSERT INTO links(key, url, source, found_at, via, state, error, reason)"
        " VALUES (?, ?, ?, ?, ?, 'skipped', ?, ?) ON CONFLICT(key) DO NOTHING",
        [url, url, index.source, values.stamp(now), index.url, code, values.one_line(reason, values.TITLE)],
    )


def _hint_hash(hints: Hints) -> str:
    """What must differ for a known link to be fetched again.

    A feed that dates its changes is taken at its word; content may vary with every request (counters, advertising).
    """
    said = (hints.title, hints.modified or hints.published, "" if hints.modified else hints.content)
    if not any(said):
        return ""
    return hashlib.blake2b("\0".join(said).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _queued(row: Sequence[Any]) -> QueuedLink:
    link_id, key, url, source, via, found_at, hints, attempts, etag, last_modified, article_id, page = row
    found = values.moment(found_at)
    assert found is not None
    given = Validators(etag, last_modified)
    return QueuedLink(link_id, key, url, source, via, found, values.hints(hints), attempts, given, article_id, page)
