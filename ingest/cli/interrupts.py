"""Lets Ctrl-C and SIGTERM end a run without losing links."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from ingest.run.signals import stop_on_signal

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


def until_interrupted(work: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine in an event loop of its own and returns its result.

    SIGTERM and Ctrl-C end it with `KeyboardInterrupt`: links that are being read stay queued in the database.
    """

    async def interruptible() -> T:
        task = asyncio.current_task()
        assert task
        stop_on_signal(task.cancel)
        return await work

    try:
        return asyncio.run(interruptible())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
