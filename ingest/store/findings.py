"""The table ``findings``: what is wrong with a source, from when on, and until when.

`_open` and `_close` are the only places where a finding begins and ends. Every function that writes runs inside a
transaction of its caller.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from ingest.model import Finding, SourceHistory
from ingest.store import notifications, outcomes, source_runs, values

if TYPE_CHECKING:
    from sqlite_utils import Database

Judge = Callable[[SourceHistory], Sequence[Finding]]
"""`health.judge`: the findings that hold now, with those of the open ones that still do."""

_COLUMNS = "source, kind, since, message, evidence, baseline"


@dataclass(frozen=True, slots=True)
class Changes:
    """The findings that were opened and closed."""

    opened: tuple[Finding, ...] = ()
    closed: tuple[Finding, ...] = ()


class FindingRow(TypedDict):
    """A finding as programs read it. Times are stamps as stored; ``closed_at`` is None while it is open."""

    id: int
    source: str
    kind: str
    since: str
    closed_at: str | None
    message: str
    evidence: list[str]


def judge(db: Database, source: str, judge: Judge, now: datetime, *, has_outcomes: bool) -> Changes:
    """Opens, updates and closes the findings of a source as ``judge`` answers by its history."""
    history = _history(db, source, now, has_outcomes=has_outcomes)
    holding = {finding.kind: finding for finding in judge(history)}
    opened = tuple(finding for finding in holding.values() if hold(db, finding, now))
    closed = tuple(finding for finding in history.open if finding.kind not in holding)
    for finding in closed:
        close(db, source, finding.kind, now)
    return Changes(opened, closed)


def hold(db: Database, finding: Finding, now: datetime) -> bool:
    """Opens a finding, or updates the open one of its source and kind. True if it was not open before."""
    updated = db.execute(
        "UPDATE findings SET since = ?, message = ?, evidence = ?, baseline = ?"
        " WHERE source = ? AND kind = ? AND closed_at IS NULL",
        [
            values.stamp(finding.since),
            values.one_line(finding.message, values.TITLE),
            values.to_json(finding.evidence),
            values.to_json(dict(finding.baseline)),
            finding.source,
            finding.kind,
        ],
    )
    if updated.rowcount:
        return False
    _open(db, finding, now)
    return True


def close(db: Database, source: str, kind: str, now: datetime) -> bool:
    """Closes the open finding of this source and kind. False if there is none."""
    found = [finding for finding in still_open(db, source) if finding.kind == kind]
    for finding in found:
        _close(db, finding, now)
    return bool(found)


def close_inactive(db: Database, now: datetime) -> None:
    """Closes the findings of sources that are no longer configured."""
    dropped = db.execute(
        f"SELECT {_COLUMNS} FROM findings WHERE closed_at IS NULL"  # noqa: S608 - our own column names
        " AND source IN (SELECT name FROM sources WHERE active = 0)"
    ).fetchall()
    for row in dropped:
        _close(db, _finding(*row), now)


def still_open(db: Database, source: str) -> tuple[Finding, ...]:
    """The open findings of a source."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM findings WHERE source = ? AND closed_at IS NULL ORDER BY id",  # noqa: S608 - ours
        [source],
    )
    return tuple(_finding(*row) for row in rows)


def rows(db: Database, source: str | None = None, *, with_closed: bool = False) -> list[FindingRow]:
    """The open findings of a source or of all, oldest first; with the closed ones if asked for."""
    found = db.query(
        "SELECT id, source, kind, since, closed_at, message, evidence FROM findings"
        " WHERE (:source IS NULL OR source = :source) AND (:closed OR closed_at IS NULL) ORDER BY since, id",
        {"source": source, "closed": with_closed},
    )
    return [FindingRow(**row | {"evidence": json.loads(row["evidence"])}) for row in found]  # type: ignore[typeddict-item]


def _open(db: Database, finding: Finding, now: datetime) -> None:
    db.execute(
        "INSERT INTO findings(source, kind, since, opened_at, message, evidence, baseline)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            finding.source,
            finding.kind,
            values.stamp(finding.since),
            values.stamp(now),
            values.one_line(finding.message, values.TITLE),
            values.to_json(finding.evidence),
            values.to_json(dict(finding.baseline)),
        ],
    )
    notifications.note_finding(db, "finding.opened", finding, now)


def _close(db: Database, finding: Finding, now: datetime) -> None:
    db.execute(
        "UPDATE findings SET closed_at = ? WHERE source = ? AND kind = ? AND closed_at IS NULL",
        [values.stamp(now), finding.source, finding.kind],
    )
    notifications.note_finding(db, "finding.closed", finding, now)


def _history(db: Database, source: str, now: datetime, *, has_outcomes: bool) -> SourceHistory:
    has_articles = source_runs.has_articles(db, source)
    return SourceHistory(
        source,
        now,
        outcomes.newest(db, source, now) if has_outcomes else None,
        source_runs.days(db, source),
        still_open(db, source),
        has_articles=has_articles,
        read={} if has_articles else source_runs.read_links(db, source),
        **source_runs.counters(db, source),
    )


def _finding(source: str, kind: str, since: str, message: str, evidence: str, baseline: str) -> Finding:
    urls, before = tuple(json.loads(evidence)), json.loads(baseline)
    return Finding(source, kind, datetime.fromisoformat(since), message, urls, before)
