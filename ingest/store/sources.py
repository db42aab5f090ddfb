"""The rows of the sources: what is configured, how each is doing, and the log of single fetches. Queues no link.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ingest.schedule.due import Skips, SourceState
from ingest.store import values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from ingest.model import Source

#: How long the log of single fetches is kept. What became of a link stays on its row for ever.
FETCHES_KEPT = timedelta(days=30)
_DROPPED_AT_A_TIME = 1_000

_STATE = "name, last_run, last_ok, next_due, failures, error, message, ttl, skips"


# A back-off belongs to the address that failed.
_CONFIGURE = """
INSERT INTO sources(name, url, kind, language, tags, added_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT(name) DO UPDATE SET
    next_due = iif(url = excluded.url AND kind = excluded.kind, next_due, NULL),
    failures = iif(url = excluded.url AND kind = excluded.kind, failures, 0),
    url = excluded.url, kind = excluded.kind, language = excluded.language, tags = excluded.tags, active = 1
"""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request, as the log keeps it. ``size`` in decoded bytes, ``error`` an error class or empty."""

    source: str
    url: str
    at: datetime
    status: int | None = None
    size: int | None = None
    ms: int | None = None
    error: str = ""


def configure(db: Database, sources: Sequence[Source], now: datetime) -> None:
    """Rows for ``sources``; those of others stay, inactive. Writes what differs; a new address is due at once."""
    wanted = {
        source.name: (source.url, source.kind, source.language or None, values.names(source.tags)) for source in sources
    }
    held = {
        name: tuple(said)
        for name, *said in db.execute("SELECT name, url, kind, language, tags FROM sources WHERE active")
    }
    for name in held.keys() - wanted.keys():
        db.execute("UPDATE sources SET active = 0 WHERE name = ?", [name])
    for name, said in wanted.items():
        if held.get(name) != said:
            db.execute(_CONFIGURE, [name, *said, values.stamp(now)])


def due_times(db: Database) -> dict[str, datetime | None]:
    """By name, of all sources ever configured; None for those that never ran."""
    rows = db.execute("SELECT name, next_due FROM sources").fetchall()
    return {name: values.moment(next_due) for name, next_due in rows}


def state(db: Database, name: str) -> SourceState:
    """Of one source; an empty one if it was never configured."""
    row = db.execute(f"SELECT {_STATE} FROM sources WHERE name = ?", [name]).fetchone()  # noqa: S608 - our own names
    return _state(row) if row else SourceState(name)


def publications(db: Database, name: str, since: datetime, limit: int) -> list[tuple[datetime | None, datetime]]:
    """When the articles of the source since then were published (None if not told) and found; the newest of either."""
    rows = [
        row
        for when in ("published > ? ORDER BY published", "published IS NULL AND first_seen > ? ORDER BY first_seen")
        for row in db.execute(
            f"SELECT published, first_seen FROM articles WHERE source = ? AND {when} DESC LIMIT ?",  # noqa: S608 - ours
            [name, values.stamp(since), limit],
        )
    ]
    return [(values.moment(published), datetime.fromisoformat(found)) for published, found in rows]


def finish_run(db: Database, after: SourceState, *, ok: bool, now: datetime) -> None:
    """The source's health after a run. Old rows of the log are dropped, some each time."""
    stamp = values.stamp(now)
    db.execute(
        "UPDATE sources SET last_run = ?, last_ok = iif(?, ?, last_ok), next_due = ?, failures = ?, error = ?,"
        " message = ?, ttl = ?, skips = ? WHERE name = ?",
        [
            stamp,
            ok,
            stamp,
            values.stamp_or_none(after.next_due),
            after.failures,
            after.error or None,
            values.one_line(after.message, values.TITLE) or None,
            after.ttl,
            _skips_json(after.skips),
            after.name,
        ],
    )
    # Whosever they are, because some sources run no more; and never many, because others wait for this transaction.
    db.execute(
        "DELETE FROM fetches WHERE id IN (SELECT id FROM fetches WHERE at < ? ORDER BY at LIMIT ?)",
        [values.stamp(now - FETCHES_KEPT), _DROPPED_AT_A_TIME],
    )


def log_fetch(db: Database, fetch: Fetch) -> None:
    """One request, for whoever asks what happened."""
    db.execute(
        "INSERT INTO fetches(source, url, at, status, bytes, ms, error) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [fetch.source, fetch.url, values.stamp(fetch.at), fetch.status, fetch.size, fetch.ms, fetch.error or None],
    )


def _state(row: Sequence[Any]) -> SourceState:
    name, last_run, last_ok, next_due, failures, error, message, ttl, skips = row
    return SourceState(
        name=name,
        last_run=values.moment(last_run),
        last_ok=values.moment(last_ok),
        next_due=values.moment(next_due),
        failures=failures,
        error=error or "",
        message=message or "",
        ttl=ttl,
        skips=Skips(**{name: frozenset(numbers) for name, numbers in json.loads(skips).items()}),
    )


def _skips_json(skips: Skips) -> str:
    named = {"hours": sorted(skips.hours), "days": sorted(skips.days)}
    return values.to_json({name: numbers for name, numbers in named.items() if numbers})
