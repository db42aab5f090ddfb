"""What a run writes and looks up of its source: its state, its publications, its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.store import due_times, fetches, findings, outcomes, source_runs, sources
from ingest.store.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ingest.model import Finding, Source
    from ingest.schedule.due import SourceState
    from ingest.store.findings import Changes, Judge
    from ingest.store.source_runs import Run
    from ingest.store.sources import StartsOver


class SourceWriter(Transactions):
    """The part of `Store` that is about sources."""

    def configure(self, configured: Sequence[Source], now: datetime, starts_over: StartsOver) -> None:
        """Writes rows for the configured sources. Others are kept, marked inactive."""
        with self._writing():
            sources.configure(self._db, configured, now, starts_over)
            findings.close_inactive(self._db, now)

    def bring_back(self, configured: Sequence[Source], now: datetime) -> int:
        """Rewrites due times that only a wrong clock can have written, of the configured sources and all links.

        Returns how many there were.
        """
        with self._writing():
            return due_times.bring_back(self._db, configured, now)

    def due_times(self) -> dict[str, datetime | None]:
        """Returns, by name, when each source ever configured is next due; None for one that never ran."""
        with self._reading():
            return sources.due_times(self._db)

    def source_state(self, name: str) -> SourceState:
        """Returns what is remembered of a source; an empty state if it was never configured."""
        with self._reading():
            return sources.state(self._db, name)

    def publications(self, source: str, since: datetime, limit: int) -> list[tuple[datetime | None, datetime]]:
        """Returns when the newest articles of a source were published (None if unknown) and found."""
        with self._reading():
            return sources.publications(self._db, source, since, limit)

    def finish_run(self, after: SourceState, *, ok: bool, now: datetime, run: Run | None = None) -> None:
        """Saves a source's state after a run that ended at ``now``, and drops some old rows of the logs."""
        with self._writing():
            sources.finish_run(self._db, after, ok=ok, now=now)
            fetches.drop_old(self._db, now)
            if run:
                source_runs.note(self._db, after.name, run, now)
                outcomes.drop_old(self._db, after.name, now)

    def judge(self, source: str, judge: Judge, now: datetime, *, has_outcomes: bool = True) -> Changes:
        """Opens, updates and closes the findings of a source as ``judge`` answers by its history."""
        with self._writing():
            return findings.judge(self._db, source, judge, now, has_outcomes=has_outcomes)

    def open_finding(self, finding: Finding, now: datetime) -> bool:
        """Opens a finding, or updates the open one of its source and kind. True if it was not open before."""
        with self._writing():
            return findings.hold(self._db, finding, now)

    def close_finding(self, source: str, kind: str, now: datetime) -> bool:
        """Closes the open finding of this source and kind. False if there is none."""
        with self._writing():
            return findings.close(self._db, source, kind, now)
