"""What ``/metrics`` and ``/health`` ask of the database: look-ups in indexes for each source, no pass over articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ingest.store import connection, findings, values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sqlite_utils import Database

#: A source that is due for so long without a run is overdue.
OVERDUE = timedelta(minutes=15)
_MOST_FINDINGS = 100

_COUNTS = """
WITH wrong AS (SELECT DISTINCT source FROM findings WHERE closed_at IS NULL)
SELECT count(*) AS active,
    coalesce(sum(coalesce(failing_at, failed_since, wrong.source) IS NULL), 0) AS well,
    coalesce(sum(failing_at IS NOT NULL), 0) AS failing,
    coalesce(sum(failed_since IS NOT NULL), 0) AS last_run_failed,
    count(wrong.source) AS with_findings,
    coalesce(sum(last_run IS NULL), 0) AS never_run,
    coalesce(sum(coalesce(next_due, added_at) < ?), 0) AS overdue
FROM sources LEFT JOIN wrong ON wrong.source = name WHERE active
"""


@dataclass(frozen=True, slots=True)
class Gauges:
    """`health.metrics.Gauges`."""

    links_queued: int
    newest_age: Mapping[str, float]
    findings: Mapping[tuple[str, str], int]
    size: int


@dataclass(frozen=True, slots=True)
class Standing:
    """`health.state.Standing`."""

    sources: Mapping[str, int]
    findings: Sequence[Mapping[str, Any]]
    receivers: Sequence[Mapping[str, Any]]


def gauges(db: Database, path: Path, now: datetime) -> Gauges:
    """Queued links, ages of the newest articles, open findings, and the size of both files."""
    (queued,) = db.execute(
        "SELECT coalesce(sum((SELECT count(*) FROM links WHERE source = s.name AND state = 'queued')), 0)"
        " FROM sources s"
    ).fetchone()
    newest = db.execute(
        "SELECT name, (SELECT max(published) FROM articles WHERE source = s.name) FROM sources s WHERE active"
    )
    ages = {
        name: max(0.0, (now - datetime.fromisoformat(published)).total_seconds())
        for name, published in newest.fetchall()
        if published
    }
    found = Counter((finding["source"], finding["kind"]) for finding in findings.rows(db))
    return Gauges(queued, ages, found, _size(path))


def standing(db: Database, now: datetime) -> Standing:
    """How the configured sources and the receivers of notifications are doing."""
    cursor = db.execute(_COUNTS, [values.stamp(now - OVERDUE)])
    counts = dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))
    receivers = db.query(
        "SELECT name AS receiver, (SELECT count(*) FROM deliveries WHERE receiver = key) AS waiting, failing_since,"
        " given_up FROM receivers WHERE active ORDER BY key"
    )
    return Standing(counts, findings.rows(db)[-_MOST_FINDINGS:], list(receivers))


def _size(path: Path) -> int:
    files = (each.with_name(each.name + end) for each in (path, connection.pages_path(path)) for end in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
