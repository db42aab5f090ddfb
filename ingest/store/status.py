"""The view ``source_health``: how each source is doing, as `ingest status` shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, cast

if TYPE_CHECKING:
    from sqlite_utils import Database


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


def status(db: Database) -> list[SourceStatus]:
    """All sources, those that are configured first, by name."""
    return [cast("SourceStatus", row) for row in db.query("SELECT * FROM source_health")]
