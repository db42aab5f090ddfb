"""The table ``history_pages``: the index pages of a source's backfill, unread, read and failed.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.discover import IndexRequest
from ingest.store import index_pages, values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from ingest.schedule.requeue import Requeuer
    from ingest.store.index_pages import ReadIndex
    from ingest.store.links import IndexCounts

#: Index pages of one backfill. An archive that goes on for ever ends here.
MOST_PAGES = 50_000
#: `ReadIndex.priority` of a backfill: history waits behind the news.
PRIORITY = -1


@dataclass(frozen=True, slots=True)
class Step:
    """An index page of a backfill that is to be fetched."""

    id: int
    request: IndexRequest


@dataclass(frozen=True, slots=True)
class Progress:
    """How many index pages of a backfill were read, are unread, and could not be read."""

    read: int = 0
    unread: int = 0
    failed: int = 0


def begin(db: Database, source: str, requests: Sequence[IndexRequest], now: datetime) -> bool:
    """Resumes the backfill that is unfinished, or begins a new one with ``requests``. True if it resumes."""
    if progress(db, source).unread:
        return True
    db.execute("DELETE FROM history_pages WHERE source = ?", [source])
    _add(db, source, requests, now)
    return False


def next_step(db: Database, source: str, after: int) -> Step | None:
    """The first unread page behind the step numbered ``after``."""
    row = db.execute(
        "SELECT id, url, kind, depth, via, optional FROM history_pages"
        " WHERE source = ? AND state = 'unread' AND id > ? ORDER BY id LIMIT 1",
        [source, after],
    ).fetchone()
    if row is None:
        return None
    step_id, url, kind, depth, via, optional = row
    return Step(step_id, IndexRequest(url, kind, depth, via, bool(optional)))


def record(
    db: Database, step: Step, read: ReadIndex, further: Sequence[IndexRequest], requeue: Requeuer, now: datetime
) -> IndexCounts:
    """Queues what the page named, marks it read and adds the pages it leads to.

    A page that leads beyond `MOST_PAGES` is marked with the error class ``budget``.
    """
    counts = index_pages.record(db, read, requeue, now)
    left = _add(db, read.source, further, now)
    _mark(db, step, "read", "budget" if left else None, now)
    return counts


def fail(
    db: Database, source: str, step: Step, error: str, further: Sequence[IndexRequest], now: datetime, *, again: bool
) -> None:
    """The page could not be read. With ``again`` it stays unread for the next run; ``further`` replace it."""
    _mark(db, step, "unread" if again else "failed", error, now)
    _add(db, source, further, now)


def progress(db: Database, source: str) -> Progress:
    """How far the last backfill of the source has come."""
    rows = db.execute("SELECT state, count(*) FROM history_pages WHERE source = ? GROUP BY state", [source]).fetchall()
    return Progress(**dict(rows))


def _mark(db: Database, step: Step, state: str, error: str | None, now: datetime) -> None:
    db.execute(
        "UPDATE history_pages SET state = ?, error = ?, asked_at = ? WHERE id = ?",
        [state, error, values.stamp(now), step.id],
    )


def _add(db: Database, source: str, requests: Sequence[IndexRequest], now: datetime) -> int:
    """Returns how many of ``requests`` were beyond `MOST_PAGES`."""
    held = db.execute("SELECT count(*) FROM history_pages WHERE source = ?", [source]).fetchone()[0]
    free = max(MOST_PAGES - held, 0)
    for request in requests[:free]:
        db.execute(
            "INSERT INTO history_pages(source, url, kind, depth, via, optional, found_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT(source, url, kind) DO NOTHING",
            [source, request.url, request.kind, request.depth, request.via, request.optional, values.stamp(now)],
        )
    return len(requests) - len(requests[:free])
