"""The table ``pauses``: the hosts that asked to be left alone and until when, kept from one process to the next.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ingest.store import values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database


def keep(db: Database, pauses: Mapping[tuple[str, str], float], now: datetime) -> None:
    """``pauses`` maps (host, source or "" for all) to seconds from ``now``. Deletes those that are over."""
    db.execute("DELETE FROM pauses WHERE until <= ?", [values.stamp(now)])
    for (host, source), seconds in pauses.items():
        until = values.stamp(now + timedelta(seconds=seconds))
        db.execute(
            "INSERT INTO pauses(host, source, until) VALUES (?, ?, ?)"
            " ON CONFLICT(host, source) DO UPDATE SET until = max(until, excluded.until)",
            [host, source, until],
        )


def held(db: Database, now: datetime) -> dict[tuple[str, str], float]:
    """The pauses that are not over, as `keep` takes them."""
    rows = db.execute("SELECT host, source, until FROM pauses WHERE until > ?", [values.stamp(now)])
    return {
        (host, source): (datetime.fromisoformat(until) - now).total_seconds() for host, source, until in rows.fetchall()
    }
