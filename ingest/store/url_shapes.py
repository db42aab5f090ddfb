"""What became of the pages of each shape of address, and the links left out because of it. Judges nothing.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ingest.discover.shape_filter import ShapeCounts, shape
from ingest.store import values

if TYPE_CHECKING:
    from sqlite_utils import Database

    from ingest.store import Store

_QUEUED = "state = 'queued', next_try = ?, error = NULL, reason = NULL, shape = NULL"


def seen(store: Store, source: str) -> dict[str, ShapeCounts]:
    """By shape, of one source."""
    rows = store.database.execute(
        "SELECT shape, articles, others, tried_at FROM url_shapes WHERE source = ?", [source]
    ).fetchall()
    return {name: ShapeCounts(articles, others, datetime.fromisoformat(at)) for name, articles, others, at in rows}


def count(db: Database, source: str, url: str, now: datetime, *, article: bool) -> None:
    """One more page that was an article, or was none. The first article of a shape brings back what was left out."""
    name = shape(url)
    db.execute(
        "INSERT INTO url_shapes(source, shape, articles, others, tried_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT(source, shape) DO UPDATE SET articles = articles + excluded.articles,"
        " others = others + excluded.others, tried_at = excluded.tried_at",
        [source, name, int(article), int(not article), values.stamp(now)],
    )
    if article:
        db.execute(
            f"UPDATE links SET {_QUEUED} WHERE source = ? AND shape = ?",  # noqa: S608 - ours
            [values.stamp(now), source, name],
        )


def leave_out(db: Database, link_id: int, name: str, reason: str) -> None:
    """The link waits, unasked, until the shape of its address turns out to be that of articles."""
    db.execute(
        "UPDATE links SET state = 'skipped', next_try = NULL, error = 'not_an_article', reason = ?, shape = ?"
        " WHERE id = ?",
        [values.one_line(reason, values.TITLE), name, link_id],
    )


def bring_back(db: Database, link_id: int, now: datetime) -> None:
    """Who named the link now vouches for it."""
    db.execute(f"UPDATE links SET {_QUEUED} WHERE id = ?", [values.stamp(now), link_id])  # noqa: S608 - ours


def try_again(db: Database, source: str, name: str, now: datetime) -> None:
    """Queues the newest link that was left out because of the shape."""
    tried = db.execute(
        f"UPDATE links SET {_QUEUED} WHERE id = (SELECT max(id) FROM links WHERE source = ? AND shape = ?)",  # noqa: S608 - ours
        [values.stamp(now), source, name],
    )
    if tried.rowcount:
        db.execute(
            "UPDATE url_shapes SET tried_at = ? WHERE source = ? AND shape = ?", [values.stamp(now), source, name]
        )
