"""The table ``sources``: what is configured, and how each source is doing.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ingest.schedule.due import Skips, SourceState
from ingest.store import notifications, values

if TYPE_CHECKING:
    from sqlite_utils import Database

    from ingest.model import Source

_STATE = "name, last_run, last_ok, next_due, failures, error, message, ttl, skips"


StartsOver = Callable[["Source", str, str], bool]
"""`schedule.starts_over`: whether a source with this URL and kind before begins anew as it is configured now."""


def configure(db: Database, configured: Sequence[Source], now: datetime, starts_over: StartsOver) -> None:
    """Writes rows for ``configured`` where they differ; those of other sources stay, inactive.

    A source for which ``starts_over`` is true is due at once, without failures.
    """
    held = {
        name: (tuple(columns), bool(active))
        for name, *columns, active in db.execute("SELECT name, url, kind, language, tags, active FROM sources")
    }
    for name in {name for name, (_, active) in held.items() if active} - {source.name for source in configured}:
        db.execute("UPDATE sources SET active = 0 WHERE name = ?", [name])
    for source in configured:
        wanted = (source.url, source.kind, source.language or None, values.names(source.tags))
        if source.name not in held:
            db.execute(
                "INSERT INTO sources(url, kind, language, tags, name, added_at) VALUES (?, ?, ?, ?, ?, ?)",
                [*wanted, source.name, values.stamp(now)],
            )
            continue
        before, active = held[source.name]
        if (before, active) != (wanted, True):
            db.execute(
                "UPDATE sources SET url = ?, kind = ?, language = ?, tags = ?, active = 1 WHERE name = ?",
                [*wanted, source.name],
            )
        if starts_over(source, *before[:2]):
            db.execute("UPDATE sources SET next_due = NULL, failures = 0 WHERE name = ?", [source.name])


def due_times(db: Database) -> dict[str, datetime | None]:
    """When each source ever configured is next due, by name; None for those that never ran."""
    rows = db.execute("SELECT name, next_due FROM sources").fetchall()
    return {name: values.moment(next_due) for name, next_due in rows}


def state(db: Database, name: str) -> SourceState:
    """What is remembered of one source; an empty state if it was never configured."""
    row = db.execute(f"SELECT {_STATE} FROM sources WHERE name = ?", [name]).fetchone()  # noqa: S608 - our own names
    return _state(row) if row else SourceState(name)


def publications(db: Database, name: str, since: datetime, limit: int) -> list[tuple[datetime | None, datetime]]:
    """When the source's articles since then were published (None if unknown) and found; ``limit`` of either kind."""
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
    """Saves the source's state after a run that ended at ``now``."""
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
    notifications.note_run(db, after, ok=ok, now=now)


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
