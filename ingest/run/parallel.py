"""Works on many items at a time, a bounded number of them at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

T = TypeVar("T")


async def for_each(items: Iterable[T], at_a_time: int, work: Callable[[T], Awaitable[None]]) -> None:
    """Calls ``work`` with each item, in their order, at most ``at_a_time`` at once; the items are drawn as needed.

    What ``work`` raises cancels the other calls and is raised in an `ExceptionGroup`.
    """
    remaining = iter(items)

    async def worker() -> None:
        for item in remaining:
            await work(item)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(at_a_time):
            tasks.create_task(worker())
