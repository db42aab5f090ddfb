"""The table ``links``: what index pages named, which of it is due, and the outcome of each fetch.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.dedup import fingerprint
from ingest.model import NO_HINTS, Hints, Link, Page, Validators
from ingest.schedule.requeue import KnownLink, hint_hash
from ingest.store import url_shapes, values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from ingest.discover.shape_filter import SkippedLink
    from ingest.errors import PageError
    from ingest.schedule.requeue import Requeuer

_NONE = Validators()


@dataclass(frozen=True, slots=True)
class QueuedLink:
    """A link that is to be fetched."""

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
    """`page_hash` of the page that it was extracted from."""
    is_gone: bool = False
    """Its page was removed when it was last asked for; ``attempts`` counts how often."""


@dataclass(frozen=True, slots=True)
class IndexCounts:
    """What one index page named: links, those not known before, and known ones that are fetched again."""

    found: int
    new: int = 0
    requeued: int = 0


_COLUMNS = (
    "id, key, url, source, via, found_at, hints, attempts, etag, last_modified, article_id, page_hash, state = 'gone'"
)


def held(db: Database, keys: Iterable[str]) -> set[str]:
    """Those of ``keys`` that have a link."""
    return {key for key in keys if db.execute("SELECT 1 FROM links WHERE key = ?", [key]).fetchone()}


def due(db: Database, source: str, now: datetime, limit: int, *, newest_first: bool = False) -> list[QueuedLink]:
    """Links to fetch now: those never stored, oldest or newest first, before articles to look at again.

    A page that was removed is asked for again now and then (`schedule.next_look`).
    """
    order = "id DESC" if newest_first else "next_try, id"
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM links WHERE source = ? AND state <> 'skipped' AND next_try <= ?"  # noqa: S608 - our own column names
        f" ORDER BY state = 'done', priority DESC, {order} LIMIT ?",
        [source, values.stamp(now), limit],
    )
    return [_queued(row) for row in rows]


def by_url(db: Database, url: str) -> QueuedLink | None:
    """The link of a page that was kept; None for the later pages of an article."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM links WHERE url = ? AND page = 1 ORDER BY id LIMIT 1",  # noqa: S608 - our own column names
        [url],
    ).fetchone()
    return _queued(row) if row else None


def finish(
    db: Database,
    queued: QueuedLink,
    article_id: int,
    page: Page | None,
    now: datetime,
    next_check: datetime | None,
    *,
    reason: str = "",
) -> None:
    """The link led to an article. ``page`` is what it may be revalidated by, None if it may not be.

    ``reason`` says why the article is not stored as the page has it.
    """
    given = page.validators if page else _NONE
    db.execute(
        "UPDATE links SET state = 'done', attempts = 0, next_try = ?, checked_at = ?, error = NULL, reason = ?,"
        " article_id = ?, etag = ?, last_modified = ?, page_hash = ? WHERE id = ?",
        [
            values.stamp_or_none(next_check),
            values.stamp(now),
            values.one_line(reason, values.TITLE) or None,
            article_id,
            given.etag,
            given.last_modified,
            page_hash(page, queued.hints) if page else "",
            queued.id,
        ],
    )


def postpone(db: Database, queued: QueuedLink, until: datetime) -> None:
    """The link was not requested: nothing but the time of the next try changes."""
    db.execute("UPDATE links SET next_try = ? WHERE id = ?", [values.stamp(until), queued.id])


def page_hash(page: Page, hints: Hints) -> str:
    """Hash of everything that an article is extracted from; while it is the same, so is the article."""
    return fingerprint.bytes_hash(page.content, page.final_url.encode(), values.hints_json(hints).encode())


def unchanged(db: Database, queued: QueuedLink, now: datetime, next_check: datetime | None, given: Validators) -> None:
    """The page is as it was; ``given`` are the validators of the next request. A reading held back stays so."""
    db.execute(
        "UPDATE links SET state = 'done', attempts = 0, next_try = ?, checked_at = ?, error = NULL,"
        " reason = iif(error IS NULL, reason, NULL), etag = ?, last_modified = ? WHERE id = ?",
        [values.stamp_or_none(next_check), values.stamp(now), given.etag, given.last_modified, queued.id],
    )


def fail(db: Database, queued: QueuedLink, error: PageError, now: datetime, next_try: datetime | None) -> None:
    """The fetch or the extraction failed. A link that led to an article before stays done: only its check failed.

    One whose page was removed stays gone.
    """
    db.execute(
        "UPDATE links SET state = CASE WHEN state = 'gone' THEN 'gone' WHEN article_id IS NULL THEN 'failed'"
        " ELSE 'done' END, attempts = attempts + 1, next_try = ?,"
        " checked_at = ?, error = ?, reason = ? WHERE id = ?",
        [
            values.stamp_or_none(next_try),
            values.stamp(now),
            error.code,
            values.one_line(error.message, values.TITLE),
            queued.id,
        ],
    )


def skip(db: Database, queued: QueuedLink, why: tuple[str, str], now: datetime) -> None:
    """The link is not fetched again. An article that it led to stays."""
    code, reason = why
    db.execute(
        "UPDATE links SET state = 'skipped', next_try = NULL, checked_at = ?, error = ?, reason = ? WHERE id = ?",
        [values.stamp(now), code, values.one_line(reason, values.TITLE), queued.id],
    )


def queue(db: Database, key: str, link: Link, priority: int, requeue: Requeuer, now: datetime) -> str:
    """Queues a link that an index page named; ``requeue`` decides for one that is known. `Requeue.counts_as`."""
    row = db.execute(
        "SELECT l.id, l.via, l.hint_hash, l.state = 'queued', l.shape IS NOT NULL, coalesce(s.active, 0) = 0"
        " FROM links l LEFT JOIN sources s ON s.name = l.source WHERE l.key = ?",
        [key],
    ).fetchone()
    if row is None:
        _insert(db, key, link, priority, now)
        return "new"
    link_id, via, known_hash, *flags = row
    decision = requeue(KnownLink(via, known_hash, *map(bool, flags)), link)
    if decision.change_source:
        db.execute("UPDATE links SET source = ?, via = ? WHERE id = ?", [link.source, link.via, link_id])
    if decision.action == "release":
        url_shapes.release(db, link_id, now)
    elif decision.action == "refetch":
        db.execute(
            "UPDATE links SET hints = ?, hint_hash = ?, state = 'queued', attempts = 0, next_try = ?, error = NULL,"
            " reason = NULL WHERE id = ?",
            [values.hints_json(link.hints), hint_hash(link.hints), values.stamp(now), link_id],
        )
    return decision.counts_as


def filter_out(db: Database, skipped: SkippedLink, priority: int, now: datetime) -> None:
    """Keeps a row for a link that is not fetched because of the shape of its URL, unless it is known."""
    if not held(db, [skipped.key]):
        link_id = _insert(db, skipped.key, skipped.link, priority, now)
        url_shapes.filter_out(db, link_id, skipped.shape, skipped.reason)


def refuse(db: Database, link: Link, why: tuple[str, str], now: datetime) -> None:
    """Keeps a row for a URL that is not followed, with its error class and reason, unless it is known."""
    code, reason = why
    db.execute(
        "INSERT INTO links(key, url, source, found_at, via, state, error, reason)"
        " VALUES (?, ?, ?, ?, ?, 'skipped', ?, ?) ON CONFLICT(key) DO NOTHING",
        [link.url, link.url, link.source, values.stamp(now), link.via, code, values.one_line(reason, values.TITLE)],
    )


def named_by(db: Database, source: str, via: str, limit: int = 200) -> list[str]:
    """URLs of articles that an index page of the source has named, the last ones first."""
    rows = db.execute(
        "SELECT url FROM links WHERE source = ? AND via = ? AND state != 'skipped' ORDER BY id DESC LIMIT ?",
        [source, via, limit],
    )
    return [url for (url,) in rows]


def _insert(db: Database, key: str, link: Link, priority: int, now: datetime) -> int:
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
            hint_hash(link.hints),
            values.hints_json(link.hints),
        ],
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _queued(row: Sequence[Any]) -> QueuedLink:
    link_id, key, url, source, via, found_at, hints, attempts, etag, last_modified, article_id, page, is_gone = row
    found = values.moment(found_at)
    assert found is not None
    given = Validators(etag, last_modified)
    hint, gone = values.hints(hints), bool(is_gone)
    return QueuedLink(link_id, key, url, source, via, found, hint, attempts, given, article_id, page, gone)
