"""The table ``source_days`` and the counters of runs in ``sources``: how often, and with what, a source was read.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ingest.model import SourceDay
from ingest.store import values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

#: Days of a source that are kept: those with articles, which are years for who writes once a month.
DAYS = 120


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a source came to.

    ``ok`` is None if the source was not asked, because its host wants to be left alone. ``is_empty`` says that every
    index page was read and none named a link.
    """

    ok: bool | None
    found: int = 0
    links: int = 0
    articles: int = 0
    is_empty: bool = False


def note(db: Database, source: str, run: Run, now: datetime) -> None:
    """Counts a run that ended at ``now``."""
    if run.ok is None:
        return
    stamp = values.stamp(now)
    failed = not run.ok
    db.execute(
        "UPDATE sources SET runs = runs + 1, first_run = iif(:ok, coalesce(first_run, :now), first_run),"
        " failed_since = iif(:failed, coalesce(failed_since, :now), NULL),"
        " failed_runs = iif(:failed, failed_runs + 1, 0),"
        # A page that has not changed since it was empty was not read again: it stays empty until one names links.
        " empty_since = CASE WHEN :found THEN NULL WHEN :empty THEN coalesce(empty_since, :now) ELSE empty_since END,"
        " empty_runs = CASE WHEN :found THEN 0 WHEN :empty OR empty_since IS NOT NULL AND :ok THEN empty_runs + 1"
        " ELSE empty_runs END WHERE name = :name",
        {"name": source, "now": stamp, "ok": run.ok, "failed": failed, "found": run.found, "empty": run.is_empty},
    )
    if run.found or run.articles:
        _note_day(db, source, run, now)


def _note_day(db: Database, source: str, run: Run, now: datetime) -> None:
    stamp, gap = values.stamp(now), 0.0
    if run.articles:
        last = values.moment(
            db.execute("SELECT max(last_at) FROM source_days WHERE source = ?", [source]).fetchone()[0]
        )
        gap = (now - last).total_seconds() if last else 0.0
    (runs,) = db.execute(
        "INSERT INTO source_days(source, day, runs, found, links, articles, gap, last_at)"
        " VALUES (?, ?, 1, ?, ?, ?, ?, ?) ON CONFLICT(source, day) DO UPDATE SET runs = runs + 1,"
        " found = found + excluded.found, links = links + excluded.links, articles = articles + excluded.articles,"
        " gap = max(gap, excluded.gap), last_at = coalesce(excluded.last_at, last_at) RETURNING runs",
        [source, stamp[:10], run.found, run.links, run.articles, gap, stamp if run.articles else None],
    ).fetchone()
    if runs == 1:
        _drop_old(db, source, stamp[:10])


def _drop_old(db: Database, source: str, today: str) -> None:
    db.execute("DELETE FROM source_days WHERE source = ? AND day < ? AND articles = 0", [source, today])
    db.execute(
        "DELETE FROM source_days WHERE source = :source AND day <="
        " (SELECT day FROM source_days WHERE source = :source ORDER BY day DESC LIMIT 1 OFFSET :days)",
        {"source": source, "days": DAYS},
    )


def days(db: Database, source: str) -> tuple[SourceDay, ...]:
    """The last days on which the source brought something, oldest first."""
    rows = db.execute(
        "SELECT day, found, links, articles, gap, last_at FROM source_days WHERE source = ? ORDER BY day", [source]
    )
    return tuple(
        SourceDay(date.fromisoformat(day), found, links, articles, gap, values.moment(last_at))
        for day, found, links, articles, gap, last_at in rows
    )


def counters(db: Database, source: str) -> Mapping[str, Any]:
    """The fields of `SourceHistory` that are columns of ``sources``; empty if it was never configured."""
    row = db.execute(
        "SELECT added_at, first_run, runs, failed_since, failed_runs, error, message, empty_since, empty_runs"
        " FROM sources WHERE name = ?",
        [source],
    ).fetchone()
    if row is None:
        return {}
    added_at, first_run, runs, failed_since, failed_runs, error, message, empty_since, empty_runs = row
    return {
        "added_at": values.moment(added_at),
        "first_run": values.moment(first_run),
        "runs": runs,
        "failed_since": values.moment(failed_since),
        "failed_runs": failed_runs,
        "error": error or "",
        "message": message or "",
        "empty_since": values.moment(empty_since),
        "empty_runs": empty_runs,
    }


def has_articles(db: Database, source: str) -> bool:
    """Whether the source ever brought an article."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM articles WHERE source = ?)", [source]).fetchone()[0])


def read_links(db: Database, source: str, limit: int = 200) -> dict[str, int]:
    """Of the source's newest links: how many have which error class, or else which state."""
    rows = db.execute(
        "SELECT coalesce(error, state), count(*) FROM"
        " (SELECT error, state FROM links WHERE source = ? ORDER BY id DESC LIMIT ?) GROUP BY 1 ORDER BY 2 DESC",
        [source, limit],
    )
    return dict(rows.fetchall())
