"""Due times that a clock which ran ahead has left behind, in ``sources``, ``links`` and ``pauses``, brought back.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ingest import schedule
from ingest.store import values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from ingest.model import Source

#: Links that are looked at and rewritten together.
_BATCH = 10_000


def bring_back(db: Database, sources: Iterable[Source], now: datetime) -> int:
    """Rewrites what no clock that is right could have written (`schedule.brought_back`); returns how many rows.

    Sources that are not among ``sources`` wait for the day on which they are configured again.
    """
    return _sources(db, sources, now) + _links(db, now) + _pauses(db, now)


def _sources(db: Database, sources: Iterable[Source], now: datetime) -> int:
    longest = {source.name: schedule.longest_wait(source) for source in sources}
    rows = db.execute("SELECT name, next_due, last_run FROM sources WHERE next_due > ?", [values.stamp(now)]).fetchall()
    changed = 0
    for name, stored, written in rows:
        if name not in longest:
            continue
        due = datetime.fromisoformat(stored)
        mended = schedule.brought_back(due, values.moment(written), now, longest[name])
        if mended != due:
            db.execute("UPDATE sources SET next_due = ? WHERE name = ?", [values.stamp(mended), name])
            changed += 1
    return changed


def _links(db: Database, now: datetime) -> int:
    latest = {
        "now": values.stamp(now),
        "latest": values.stamp(now + schedule.LONGEST_LINK_WAIT),
        "latest_gone": values.stamp(now + schedule.LONGEST_GONE_WAIT),
    }
    changed = 0
    # A link that was brought back may still be due after ``now``, so that only its id tells that it was looked at.
    last = 0
    while True:
        rows = db.execute(
            "SELECT id, next_try, coalesce(checked_at, found_at), state = 'gone' FROM links"
            " WHERE id > :last AND next_try > :now AND (next_try > iif(state = 'gone', :latest_gone, :latest)"
            " OR coalesce(checked_at, found_at) > :now) ORDER BY id LIMIT :batch",
            latest | {"last": last, "batch": _BATCH},
        ).fetchall()
        if not rows:
            return changed
        last = rows[-1][0]
        changed += len(rows)
        for link_id, due, written, gone in rows:
            longest = schedule.LONGEST_GONE_WAIT if gone else schedule.LONGEST_LINK_WAIT
            mended = schedule.brought_back(datetime.fromisoformat(due), values.moment(written), now, longest)
            db.execute("UPDATE links SET next_try = ? WHERE id = ?", [values.stamp(mended), link_id])


def _pauses(db: Database, now: datetime) -> int:
    latest = values.stamp(now + schedule.LONGEST_INTERVAL)
    return int(db.execute("UPDATE pauses SET until = ? WHERE until > ?", [latest, latest]).rowcount)
