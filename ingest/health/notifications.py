"""Delivers queued events: in their order for each receiver, and again until it acknowledges them.

Each receiver has a task and a connection of its own: one that hangs or fails delays nobody else. What waits, and what
was acknowledged, is in the queue that is handed in; only when to try again is remembered here, so that each process
begins with a try.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, Self

import structlog

from ingest.errors import StoreError
from ingest.health import receivers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from ingest.health.receivers import Deliver, Failure
    from ingest.model import Notification, Receiver

log = structlog.get_logger()

#: Seconds that a receiver gets for one event.
TIMEOUT = 10.0
#: Seconds until the first retry, which each failure in a row doubles up to the longest; give or take a half.
FIRST_RETRY, LONGEST_RETRY = 5.0, 3_600.0
#: Seconds after which the queue is looked at again when nothing waits, and when it cannot be read.
_POLL, _POLL_AFTER_ERROR = 1.0, 10.0
_BATCH = 20
#: Seconds that a delivery under way gets at the end; it would be repeated by the next process.
_LAST_SECONDS = 1.0


class Queue(Protocol):
    """The events that wait, as the store keeps them. All methods raise `StoreError`."""

    async def waiting(self, receiver: str, limit: int, set_aside: Sequence[int]) -> list[Notification]: ...

    async def acknowledge(self, receiver: str, notification: int) -> None: ...

    async def failed(self, receiver: str, notification: int, error: str) -> int:
        """Returns how many events are given up."""
        ...


def retry_after(failures: int, random: float, first: float = FIRST_RETRY) -> float:
    """Seconds until the next try after so many failures in a row; ``random`` is between 0 and 1."""
    # The exponent is bounded, because a float overflows.
    return float(min(first * 2 ** min(failures - 1, 40), LONGEST_RETRY)) * (0.5 + random)


class Notifier:
    """Delivers events while its block runs. ``timeout`` and ``first_retry`` are in seconds."""

    def __init__(
        self,
        notified: Sequence[Receiver],
        queue: Queue,
        *,
        random: Callable[[], float] = random.random,
        timeout: float = TIMEOUT,
        first_retry: float = FIRST_RETRY,
    ) -> None:
        self._lines = [_Line(receiver, queue, random, timeout, first_retry) for receiver in notified]
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(line.run()) for line in self._lines]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for line in self._lines:
            line.end_after_this_delivery()
        await self._wait(_LAST_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def finish(self, seconds: float) -> None:
        """Delivers what can be delivered within so many seconds; what is left waits for the next process."""
        for line in self._lines:
            line.end_when_nothing_is_left()
        await self._wait(seconds)

    async def _wait(self, seconds: float) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)


class _Line:
    """The events of one receiver."""

    def __init__(
        self, receiver: Receiver, queue: Queue, random: Callable[[], float], seconds: float, first_retry: float
    ) -> None:
        self._receiver = receiver
        self._queue = queue
        self._random = random
        self._timeout = seconds
        self._first_retry = first_retry
        self._failures = 0
        self._is_queue_out_of_use = False
        self._set_aside: dict[int, float] = {}
        """Event that was refused → time of the loop at which it is tried again."""
        self._woken = asyncio.Event()
        self._is_last_round = self._is_last_delivery = False

    def end_when_nothing_is_left(self) -> None:
        self._is_last_round = True
        self._woken.set()

    def end_after_this_delivery(self) -> None:
        self._is_last_delivery = True
        self._woken.set()

    async def run(self) -> None:
        try:
            async with receivers.connected(self._receiver, self._timeout) as deliver:
                while not self._is_last_delivery:
                    wait = await self._deliver_batch(deliver)
                    if wait and not await self._sleep(wait):
                        return
        except Exception:
            log.exception("no notifications until the next start", receiver=self._receiver.name)

    async def _sleep(self, seconds: float) -> bool:
        """False if there is nothing more to do: at the end, who has failed or was idle is not waited for."""
        if self._is_last_round:
            return False
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        return not (self._is_last_round and self._failures)

    async def _deliver_batch(self, deliver: Deliver) -> float:
        """Returns the seconds until there may be more to deliver."""
        now = asyncio.get_running_loop().time()
        self._set_aside = {event: due for event, due in self._set_aside.items() if due > now}
        try:
            batch = await self._queue.waiting(self._receiver.key, _BATCH, tuple(self._set_aside))
            for notification in batch:
                if self._is_last_delivery:
                    return 0.0
                failure = await deliver(receivers.body(notification))
                if failure:
                    return await self._postpone(notification, failure)
                await self._acknowledge(notification)
            self._is_queue_out_of_use = False
        except StoreError as error:
            self._log_outage(error)
            return _POLL_AFTER_ERROR
        except Exception:
            log.exception("bug while notifying", receiver=self._receiver.name)
            return _POLL_AFTER_ERROR
        return 0.0 if batch else _POLL

    async def _acknowledge(self, notification: Notification) -> None:
        """Until it is stored: an event that was delivered is not delivered again because the disk was full."""
        while True:
            try:
                await self._queue.acknowledge(self._receiver.key, notification.id)
                break
            except StoreError as error:
                self._log_outage(error)
                await asyncio.sleep(_POLL)
        if self._failures:
            log.info("notifications are delivered again", receiver=self._receiver.name)
        self._failures = 0

    def _log_outage(self, error: StoreError) -> None:
        if not self._is_queue_out_of_use:
            log.warning("the queue of notifications cannot be used for now", error=str(error))
        self._is_queue_out_of_use = True

    async def _postpone(self, notification: Notification, failure: Failure) -> float:
        self._failures += 1
        wait = retry_after(self._failures, self._random(), self._first_retry)
        if failure.refused:
            again = retry_after(notification.attempts + 2, self._random(), self._first_retry)
            self._set_aside[notification.id] = asyncio.get_running_loop().time() + again
        if self._failures == 1:
            log.warning(
                "notification not delivered, tried again later",
                receiver=self._receiver.name,
                notified=notification.event,
                why=failure.reason,
            )
        given_up = await self._queue.failed(self._receiver.key, notification.id, failure.reason)
        if given_up:
            log.warning("notifications given up", receiver=self._receiver.name, count=given_up)
        return 0.0 if failure.refused and self._is_last_round else wait
