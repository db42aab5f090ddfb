"""The table ``url_shapes``: how many pages of each shape of URL were articles; and the links filtered out by it.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ingest.discover.shape_filter import ShapeCounts, shape
from ingest.store import values

if TYPE_CHECKING:
    from sqlite_utils import Database

_QUEUED = "state = 'queued', next_try = ?, error = NULL, reason = NULL, shape = NULL"


def seen(db: Database, source: str) -> dict[str, ShapeCounts]:
    """The counts of one source by shape."""
    rows = db.execute("SELECT shape, articles, others, tried_at FROM url_shapes WHERE source = ?", [source]).fetchall()
    return {name: ShapeCounts(articles, others, datetime.fromisoformat(at)) for name, articles, others, at in rows}


def count_article(db: Database, source: str, url: str, now: datetime) -> None:
    """Counts a page that was an article, and queues the links that were filtered out by the shape of its URL."""
    name = _count(db, source, url, now, article=True)
    db.execute(
        f"UPDATE links SET {_QUEUED} WHERE source = ? AND shape = ?",  # noqa: S608 - our own column names
        [values.stamp(now), source, name],
    )


def count_other(db: Database, source: str, url: str, now: datetime) -> None:
    """Counts a page that was no article."""
    _count(db, source, url, now, article=False)


def _count(db: Database, source: str, url: str, now: datetime, *, article: bool) -> str:
    name = shape(url)
    db.execute(
        "INSERT INTO url_shapes(source, shape, articles, others, tried_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT(source, shape) DO UPDATE SET articles = articles + excluded.articles,"
        " others = others + excluded.others, tried_at = excluded.tried_at",
        [source, name, int(article), int(not article), values.stamp(now)],
    )
    return name


def filter_out(db: Database, link_id: int, name: str, reason: str) -> None:
    """Marks the link as skipped, until a page of the same shape turns out to be an article."""
    db.execute(
        "UPDATE links SET state = 'skipped', next_try = NULL, error = 'not_an_article', reason = ?, shape = ?"
        " WHERE id = ?",
        [values.one_line(reason, values.TITLE), name, link_id],
    )


def release(db: Database, link_id: int, now: datetime) -> None:
    """Queues one link that was filtered out."""
    db.execute(f"UPDATE links SET {_QUEUED} WHERE id = ?", [values.stamp(now), link_id])  # noqa: S608 - our own column names


def retry(db: Database, source: str, name: str, now: datetime) -> None:
    """Queues the newest link that was filtered out by the shape, to see whether that is still right."""
    tried = db.execute(
        f"UPDATE links SET {_QUEUED} WHERE id = (SELECT max(id) FROM links WHERE source = ? AND shape = ?)",  # noqa: S608 - our own column names
        [values.stamp(now), source, name],
    )
    if tried.rowcount:
        db.execute(
            "UPDATE url_shapes SET tried_at = ? WHERE source = ? AND shape = ?", [values.stamp(now), source, name]
        )
