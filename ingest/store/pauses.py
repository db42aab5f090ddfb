"""Who asked to be left alone, and until when, from one process to the next. Asks nobody.

The functions are operations on a `Store`, each one transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ingest.store import values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ingest.store import Store


def keep(store: Store, pauses: Mapping[tuple[str, str], float], now: datetime) -> None:
    """``pauses``: host and source ("" for all) → seconds from ``now``. Those that are over are forgotten."""
    with store.transaction():
        store.database.execute("DELETE FROM pauses WHERE until <= ?", [values.stamp(now)])
        for (host, source), seconds in pauses.items():
            until = values.stamp(now + timedelta(seconds=seconds))
            store.database.execute(
                "INSERT INTO pauses(host, source, until) VALUES (?, ?, ?)"
                " ON CONFLICT(host, source) DO UPDATE SET until = max(until, excluded.until)",
                [host, source, until],
            )


def held(store: Store, now: datetime) -> dict[tuple[str, str], float]:
    """As `keep` takes them."""
    rows = store.database.execute("SELECT host, source, until FROM pauses WHERE until > ?", [values.stamp(now)])
    return {
        (host, source): (datetime.fromisoformat(until) - now).total_seconds() for host, source, until in rows.fetchall()
    }
