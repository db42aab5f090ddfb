"""Lets Ctrl-C and SIGTERM end a run without losing links."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


def until_interrupted(work: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine in an event loop of its own and returns its result.

    SIGTERM ends it as Ctrl-C does, with `KeyboardInterrupt`: links that are being read stay queued in the database.
    """

    async def interruptible() -> T:
        task = asyncio.current_task()
        assert task
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work

    try:
        return asyncio.run(interruptible())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
