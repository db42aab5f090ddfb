"""One deadline over several stretches."""

import asyncio
import time

import pytest

from ingest.errors import FetchError
from ingest.fetch.http.deadline import Deadline


def test_stretches_add_up_and_what_lies_between_them_is_free() -> None:
    async def run() -> int:
        deadline = Deadline(0.2, "http://harbour.example/")
        for _ in range(3):
            async with deadline:
                await asyncio.sleep(0.04)
            await asyncio.sleep(0.1)
        with pytest.raises(FetchError) as caught:
            await _sleep(deadline)
        assert caught.value.code == "timeout"
        return deadline.spent_ms

    assert asyncio.run(run()) >= 200


def test_a_deadline_says_whether_the_server_was_reached() -> None:
    async def run(reached: bool) -> str:
        deadline = Deadline(0.01, "http://harbour.example/")
        with pytest.raises(FetchError) as caught:
            await _sleep(deadline, reached)
        return caught.value.message

    assert asyncio.run(run(True)) == "not finished within 0.01 s"
    assert asyncio.run(run(False)) == "no connection within 0.01 s"


def test_other_failures_and_cancellation_pass_through() -> None:
    async def run() -> None:
        deadline = Deadline(30, "http://harbour.example/")
        with pytest.raises(TimeoutError):
            async with deadline:
                raise TimeoutError
        task = asyncio.create_task(_sleep(deadline))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())


def test_the_time_spent_is_counted_in_milliseconds_and_the_present_request_in_seconds() -> None:
    async def run() -> None:
        deadline = Deadline(30, "http://harbour.example/")
        assert (deadline.spent_ms, deadline.running_seconds) == (0, None)
        began = time.monotonic()
        async with deadline:
            await asyncio.sleep(0.05)
            assert 0.05 <= (deadline.running_seconds or 0) <= time.monotonic() - began
        assert 50 <= deadline.spent_ms <= 1000 * (time.monotonic() - began) + 1
        assert deadline.running_seconds is None

    asyncio.run(run())


def test_each_request_has_to_reach_its_server_again() -> None:
    async def run() -> bool:
        deadline = Deadline(30, "http://harbour.example/")
        async with deadline:
            deadline.mark_connected()
        assert deadline.connected
        async with deadline:
            return deadline.connected

    assert not asyncio.run(run())


async def _sleep(deadline: Deadline, reached: bool = False) -> None:
    async with deadline:
        if reached:
            deadline.mark_connected()
        await asyncio.sleep(30)
