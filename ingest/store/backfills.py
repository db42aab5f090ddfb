"""Where a backfill stands: the index pages of a source's history, read and still to read. Queues links as `queue` does.

The functions are operations on a `Store`, each one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.discover import IndexRequest
from ingest.store import links, values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from ingest.model import Link
    from ingest.store import IndexCounts, Store

#: Index pages of one backfill. An archive that goes on for ever ends here.
MOST_PAGES = 50_000
#: History waits behind the news.
PRIORITY = -1


@dataclass(frozen=True, slots=True)
class Step:
    """An index page whose turn it is."""

    id: int
    request: IndexRequest


@dataclass(frozen=True, slots=True)
class Progress:
    """How many index pages of a backfill were read, are still to be read, and could not be had."""

    read: int = 0
    unread: int = 0
    failed: int = 0


def begin(store: Store, source: str, requests: Sequence[IndexRequest], now: datetime) -> bool:
    """Goes on with the backfill that is unfinished, or begins a new one at ``asks``. True if it goes on."""
    if progress(store, source).unread:
        return True
    with store.transaction():
        store.database.execute("DELETE FROM history_pages WHERE source = ?", [source])
        _add(store.database, source, requests, now)
    return False


def next_step(store: Store, source: str, after: int) -> Step | None:
    """The first unread page behind the step numbered ``after``."""
    row = store.database.execute(
        "SELECT id, url, kind, depth, via, optional FROM history_pages"
        " WHERE source = ? AND state = 'unread' AND id > ? ORDER BY id LIMIT 1",
        [source, after],
    ).fetchone()
    if row is None:
        return None
    step_id, url, kind, depth, via, optional = row
    return Step(step_id, IndexRequest(url, kind, depth, via, bool(optional)))


def record(  # noqa: PLR0917 - what one page brought
    store: Store,
    source: str,
    step: Step,
    named: Iterable[tuple[str, Link]],
    refused: Iterable[tuple[str, str, str]],
    further: Sequence[IndexRequest],
    now: datetime,
) -> IndexCounts:
    """Queues what the page named, marks it read and adds the pages it leads to, all or nothing.

    No validators are saved: a page of history is asked for once.
    """
    with store.transaction():
        index = links.NamedBy(source, step.request.url, priority=PRIORITY)
        counts = links.record_index(store.database, index, named, refused, now)
        left = _add(store.database, source, further, now)
        _mark(store.database, step, "read", "budget" if left else None, now)
    return counts


def fail(
    store: Store, source: str, step: Step, error: str, further: Sequence[IndexRequest], now: datetime, *, again: bool
) -> None:
    """The page could not be had. With ``again`` it stays unread for the next run, otherwise ``further`` stands in."""
    with store.transaction():
        _mark(store.database, step, "unread" if again else "failed", error, now)
        _add(store.database, source, further, now)


def named_by(store: Store, source: str, via: str, limit: int = 200) -> list[str]:
    """Articles that an index page of the source has named, the last ones first."""
    rows = store.database.execute(
        "SELECT url FROM links WHERE source = ? AND via = ? AND state != 'skipped' ORDER BY id DESC LIMIT ?",
        [source, via, limit],
    )
    return [url for (url,) in rows]


def progress(store: Store, source: str) -> Progress:
    """How far the last backfill of the source has come."""
    rows = store.database.execute(
        "SELECT state, count(*) FROM history_pages WHERE source = ? GROUP BY state", [source]
    ).fetchall()
    return Progress(**dict(rows))


def _mark(db: Database, step: Step, state: str, error: str | None, now: datetime) -> None:
    db.execute(
        "UPDATE history_pages SET state = ?, error = ?, asked_at = ? WHERE id = ?",
        [state, error, values.stamp(now), step.id],
    )


def _add(db: Database, source: str, requests: Sequence[IndexRequest], now: datetime) -> int:
    """Returns how many of ``asks`` found no room."""
    held = db.execute("SELECT count(*) FROM history_pages WHERE source = ?", [source]).fetchone()[0]
    free = max(MOST_PAGES - held, 0)
    for request in requests[:free]:
        db.execute(
            "INSERT INTO history_pages(source, url, kind, depth, via, optional, found_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT(source, url, kind) DO NOTHING",
            [source, request.url, request.kind, request.depth, request.via, request.optional, values.stamp(now)],
        )
    return len(requests) - len(requests[:free])
