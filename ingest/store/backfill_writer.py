"""What a backfill writes and looks up: its index pages, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.store import backfills, links
from ingest.store.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ingest.discover import IndexRequest
    from ingest.schedule.requeue import Requeuer
    from ingest.store.backfills import Progress, Step
    from ingest.store.index_pages import ReadIndex
    from ingest.store.links import IndexCounts


class BackfillWriter(Transactions):
    """The part of `Store` that is about backfills."""

    def begin_backfill(self, source: str, requests: Sequence[IndexRequest], now: datetime) -> bool:
        """Resumes the backfill that is unfinished, or begins a new one with ``requests``. True if it resumes."""
        with self._writing():
            return backfills.begin(self._db, source, requests, now)

    def next_step(self, source: str, after: int) -> Step | None:
        """Returns the first unread index page of the backfill behind the step numbered ``after``."""
        with self._reading():
            return backfills.next_step(self._db, source, after)

    def record_step(
        self, step: Step, read: ReadIndex, further: Sequence[IndexRequest], requeue: Requeuer, now: datetime
    ) -> IndexCounts:
        """Queues what an index page of a backfill named, marks it read and adds the index pages it leads to."""
        with self._writing():
            return backfills.record(self._db, step, read, further, requeue, now)

    def fail_step(
        self, source: str, step: Step, error: str, further: Sequence[IndexRequest], now: datetime, *, again: bool
    ) -> None:
        """The index page could not be read. With ``again`` it stays unread; ``further`` are requested in its place."""
        with self._writing():
            backfills.fail(self._db, source, step, error, further, now, again=again)

    def backfill_progress(self, source: str) -> Progress:
        """Returns how far the last backfill of the source has come."""
        with self._reading():
            return backfills.progress(self._db, source)

    def named_by(self, source: str, via: str) -> list[str]:
        """Returns URLs of articles that an index page of the source has named, the last ones first."""
        with self._reading():
            return links.named_by(self._db, source, via)
