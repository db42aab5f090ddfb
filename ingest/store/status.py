"""The view ``source_health``: how each source is doing, in one word and in a sentence."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypedDict, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

State = Literal["well", "waiting", "failing", "findings", "stale", "dropped"]
"""``waiting`` for its first run, ``dropped`` from sources.yaml; ``stale``: no run has been well for long."""

#: Without a good run for this long a source is stale.
STALE = timedelta(days=2)


class SourceStatus(TypedDict):
    """One source. Times are stamps as stored, or None; ``newest`` is a time of publication."""

    name: str
    url: str
    kind: str
    active: int
    last_run: str | None
    last_ok: str | None
    next_due: str | None
    failures: float
    error: str | None
    message: str | None
    moved_to: str | None
    articles: int
    duplicates: int
    newest: str | None
    queued: int
    failed: int
    skipped: int
    gone: int
    failed_error: str | None
    findings: int
    finding: str | None
    added_at: str
    runs: int
    failed_since: str | None


def status(db: Database) -> list[SourceStatus]:
    """All sources, those that are configured first, by name."""
    return [cast("SourceStatus", row) for row in db.query("SELECT * FROM source_health")]


def state(row: SourceStatus, now: datetime) -> State:
    """How a source is doing, in one word: the gravest that is true of it."""
    if not row["active"]:
        return "dropped"
    if is_failing(row):
        return "failing"
    if row["findings"]:
        return "findings"
    if is_stale(row, now, STALE):
        return "stale"
    return "well" if row["last_run"] else "waiting"


def is_failing(row: SourceStatus) -> bool:
    """Whether the last run of a source failed. One that was only left alone, as its host had asked, did not."""
    if row["failed_since"] is not None:
        # Both times may lie in one second.
        return True
    return row["last_run"] != row["last_ok"] and row["error"] != "rate_limited"


def is_stale(row: SourceStatus, now: datetime, after: timedelta) -> bool:
    """Whether no run of the source has been well for so long."""
    return now - datetime.fromisoformat(row["last_ok"] or row["added_at"]) > after


def wrong(row: SourceStatus, findings: Sequence[str], now: datetime) -> str:
    """All that is wrong with a source; empty if nothing is. ``findings`` are the messages of the open ones."""
    told = []
    if row["error"]:
        told.append(f"{row['error']}: {row['message']}")
    told += findings
    if row["failed"] and not (row["error"] and row["failed_error"] == row["error"]):
        told.append(f"{row['failed']:,} failed {'link' if row['failed'] == 1 else 'links'} ({row['failed_error']})")
    if row["runs"] and not row["articles"] and not told:
        told.append("no article yet")
    if row["last_run"] and is_stale(row, now, STALE) and not is_failing(row):
        told.append(f"not read since {(row['last_ok'] or row['added_at'])[:10]}")
    return "; ".join(told)
