"""Delivers the queued events of a database while a run writes more of them to it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from ingest.health.notifications import Notifier

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from datetime import datetime

    from ingest.model import Notification, Receiver
    from ingest.store.thread import StoreThread


@asynccontextmanager
async def notifying(
    store: StoreThread, receivers: Sequence[Receiver], clock: Callable[[], datetime], seconds: float
) -> AsyncIterator[None]:
    """Delivers while the block runs, and for ``seconds`` after it at most; what is left waits for the next process."""
    async with Notifier(receivers, _StoreQueue(store, clock)) as notifier:
        yield
        await notifier.finish(seconds)


class _StoreQueue:
    """`health.notifications.Queue` of the store, in its thread."""

    def __init__(self, store: StoreThread, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def waiting(self, receiver: str, limit: int, set_aside: Sequence[int]) -> list[Notification]:
        return await self._store(lambda store: store.notifications.waiting(receiver, limit, set_aside))

    async def acknowledge(self, receiver: str, notification: int) -> None:
        await self._store(lambda store: store.notifications.acknowledge(receiver, notification))

    async def failed(self, receiver: str, notification: int, error: str) -> int:
        now = self._clock()
        return await self._store(lambda store: store.notifications.failed(receiver, notification, error, now))
