"""The queue of events as the sender of notifications uses it: each method is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.store import connection, notifications

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlite_utils import Database

    from ingest.model import Notification, Receiver, Source


@dataclass(frozen=True, slots=True)
class NotificationQueue:
    """Events that wait for their receivers. All methods raise `StoreError` when the file cannot be used."""

    path: Path
    db: Database

    def subscribe(self, receivers: Sequence[Receiver], sources: Sequence[Source], now: datetime) -> None:
        """Writes who wants which events; from then on they are queued."""
        with connection.store_errors(self.path), connection.transaction(self.db):
            notifications.subscribe(self.db, receivers, sources, now)

    def waiting(self, receiver: str, limit: int, set_aside: Sequence[int] = ()) -> list[Notification]:
        """Returns the oldest events that wait for a receiver, without those that are ``set_aside``."""
        with connection.store_errors(self.path):
            return notifications.waiting(self.db, receiver, limit, set_aside)

    def acknowledge(self, receiver: str, notification: int) -> None:
        """The receiver has the event."""
        with connection.store_errors(self.path), connection.transaction(self.db):
            notifications.acknowledge(self.db, receiver, notification)

    def failed(self, receiver: str, notification: int, error: str, now: datetime) -> int:
        """The delivery failed. Returns how many events are given up with it."""
        with connection.store_errors(self.path), connection.transaction(self.db):
            return notifications.delivery_failed(self.db, receiver, notification, error, now)
