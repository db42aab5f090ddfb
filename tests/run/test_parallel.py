"""Many items at a time, some of them at once."""

from __future__ import annotations

import asyncio

import pytest

from ingest.run.parallel import for_each


def _most_at_once(items: int, at_a_time: int) -> tuple[list[int], int]:
    done: list[int] = []
    running = most = 0

    async def work(item: int) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        done.append(item)
        running -= 1

    asyncio.run(for_each(range(items), at_a_time, work))
    return done, most


def test_every_item_is_worked_on_once_and_no_more_than_so_many_at_once() -> None:
    done, most = _most_at_once(10, 3)
    assert (sorted(done), most) == (list(range(10)), 3)


def test_fewer_items_than_workers_are_all_worked_on_at_once() -> None:
    assert _most_at_once(2, 8) == ([0, 1], 2)
    assert _most_at_once(0, 8) == ([], 0)


def test_a_failure_ends_the_others_and_is_raised() -> None:
    done: list[int] = []

    async def work(item: int) -> None:
        if item == 1:
            raise LookupError
        await asyncio.sleep(30)
        done.append(item)

    with pytest.raises(ExceptionGroup) as caught:
        asyncio.run(for_each(range(9), 2, work))
    assert caught.group_contains(LookupError)
    assert done == []
