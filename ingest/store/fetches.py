"""The table ``fetches``: a log of single requests, kept for a month.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ingest.store import values

if TYPE_CHECKING:
    from sqlite_utils import Database

#: How long a row is kept. What became of a link stays on its own row for ever.
KEPT = timedelta(days=30)
_DROPPED_AT_A_TIME = 1_000


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


def log(db: Database, fetch: Fetch) -> None:
    """Adds a row."""
    db.execute(
        "INSERT INTO fetches(source, url, at, status, bytes, ms, error) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            fetch.source,
            fetch.url,
            values.stamp(fetch.at),
            fetch.status,
            fetch.size,
            fetch.ms,
            fetch.error or None,
        ],
    )


def drop_old(db: Database, now: datetime) -> None:
    """Deletes some rows that are older than `KEPT`, the oldest first.

    They may be of any source, because some sources run no more; and they are never many, because other operations wait
    for the transaction.
    """
    db.execute(
        "DELETE FROM fetches WHERE id IN (SELECT id FROM fetches WHERE at < ? ORDER BY at LIMIT ?)",
        [values.stamp(now - KEPT), _DROPPED_AT_A_TIME],
    )
