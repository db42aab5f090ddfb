"""Turns, places and pauses, with a real clock and short times; only lower bounds are asserted."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest

from ingest.errors import HostPausedError
from ingest.fetch.pace import Pace


def running(
    scenario: Callable[[Pace], Awaitable[object]], *, delay: float = 0.0, per_host: int = 2, overall: int = 64
) -> object:
    async def run() -> object:
        return await scenario(Pace(delay=delay, per_host=per_host, overall=overall))

    asyncio.run(run())


def test_requests_to_one_host_start_a_delay_apart_and_in_order() -> None:
    async def scenario(pace: Pace) -> None:
        starts: list[tuple[int, float]] = []

        async def ask(number: int) -> None:
            async with pace.slot("harbour.example", "http://harbour.example/"):
                starts.append((number, time.monotonic()))

        await asyncio.gather(*(ask(number) for number in range(5)))
        assert [number for number, _ in starts] == [0, 1, 2, 3, 4]
        assert all(later[1] - earlier[1] >= 0.05 for earlier, later in pairwise(starts))

    running(scenario, delay=0.05)


def test_no_more_than_the_allowed_number_is_on_a_host_or_overall() -> None:
    async def scenario(pace: Pace) -> None:
        now: dict[str, int] = {}
        most: dict[str, int] = {}

        async def ask(host: str) -> None:
            async with pace.slot(host, f"http://{host}/"):
                for key in (host, "all"):
                    now[key] = now.get(key, 0) + 1
                    most[key] = max(most.get(key, 0), now[key])
                await asyncio.sleep(0.01)
                for key in (host, "all"):
                    now[key] -= 1

        await asyncio.gather(*(ask(f"host{number % 4}.example") for number in range(40)))
        assert most.pop("all") == 5
        assert max(most.values()) == 2

    running(scenario, per_host=2, overall=5)


def test_a_host_with_a_long_queue_takes_no_place_from_others() -> None:
    async def scenario(pace: Pace) -> None:
        async def hold() -> None:
            async with pace.slot("slow.example", "http://slow.example/"):
                await asyncio.sleep(30)

        queue = [asyncio.create_task(hold()) for _ in range(50)]
        await asyncio.sleep(0.01)
        for number in range(20):
            async with asyncio.timeout(1), pace.slot(f"host{number}.example", "http://quick.example/"):
                pass
        for task in queue:
            task.cancel()
        await asyncio.gather(*queue, return_exceptions=True)

    running(scenario, per_host=2, overall=3)


def test_a_cancelled_wait_gives_its_turn_back() -> None:
    async def scenario(pace: Pace) -> None:
        async def hold() -> None:
            async with pace.slot("harbour.example", "http://harbour.example/"):
                await asyncio.sleep(30)

        for _ in range(3):
            holder, waiter = asyncio.create_task(hold()), asyncio.create_task(hold())
            await asyncio.sleep(0.01)
            for task in (waiter, holder):
                task.cancel()
            await asyncio.gather(holder, waiter, return_exceptions=True)
        async with asyncio.timeout(1), pace.slot("harbour.example", "http://harbour.example/"):
            pass

    running(scenario, per_host=1, overall=1)


def test_a_long_pause_fails_at_once_and_says_how_long_it_lasts() -> None:
    async def scenario(pace: Pace) -> None:
        pace.pause("harbour.example", 500.0)
        with pytest.raises(HostPausedError) as caught:
            async with pace.slot("harbour.example", "http://harbour.example/"):
                pass
        assert 490 < caught.value.retry_after <= 500
        async with asyncio.timeout(1), pace.slot("other.example", "http://other.example/"):
            pass

    running(scenario)


def test_a_short_pause_is_waited_for() -> None:
    async def scenario(pace: Pace) -> None:
        pace.pause("harbour.example", 0.1)
        began = time.monotonic()
        async with pace.slot("harbour.example", "http://harbour.example/"):
            assert time.monotonic() - began >= 0.1

    running(scenario)


def test_a_pause_never_lasts_longer_than_a_day_and_a_shorter_one_does_not_end_it() -> None:
    async def scenario(pace: Pace) -> None:
        pace.pause("harbour.example", 1e12)
        pace.pause("harbour.example", 1.0)
        with pytest.raises(HostPausedError) as caught:
            async with pace.slot("harbour.example", "http://harbour.example/"):
                pass
        assert 86_000 < (caught.value.retry_after or 0) <= 86_400

    running(scenario)


def test_a_host_that_does_not_say_how_long_gets_longer_pauses_until_it_answers_well() -> None:
    async def scenario(pace: Pace) -> None:
        for _ in range(5):
            pace.pause("harbour.example", None)
        with pytest.raises(HostPausedError) as caught:
            async with pace.slot("harbour.example", "http://harbour.example/"):
                pass
        assert 75 < (caught.value.retry_after or 0) <= 80
        pace.reset_backoff("other.example")
        for _ in range(5):
            pace.pause("other.example", None)
            pace.reset_backoff("other.example")
        waiting = asyncio.create_task(_turn(pace, "other.example"))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        waiting.cancel()

    running(scenario)


async def _turn(pace: Pace, host: str) -> None:
    async with pace.slot(host, f"http://{host}/"):
        pass


def test_a_pause_of_one_source_leaves_the_others_on_that_host_alone() -> None:
    async def scenario(pace: Pace) -> None:
        pace.pause("harbour.example", 500.0, "news")
        async with asyncio.timeout(1), pace.slot("harbour.example", "http://harbour.example/", "sport"):
            pass
        with pytest.raises(HostPausedError):
            async with pace.slot("harbour.example", "http://harbour.example/", "news"):
                pass

    running(scenario)


def test_ten_thousand_hosts_and_more_are_forgotten_when_they_rest() -> None:
    async def scenario(pace: Pace) -> None:
        for number in range(10_050):
            pace.set_crawl_delay(f"host{number}.example", 0.0)
        assert len(pace._hosts) < 10_001

    running(scenario)


def test_no_request_starts_while_there_is_no_room_for_its_answer() -> None:
    async def run() -> None:
        backpressure = asyncio.Event()
        pace = Pace(delay=0.0, per_host=2, overall=64, backpressure=lambda: _waited(backpressure))

        async def ask(host: str) -> None:
            async with pace.slot(host, f"http://{host}/"):
                started.append(host)

        started: list[str] = []
        asking = asyncio.gather(ask("harbour.example"), ask("quay.example"))
        await asyncio.sleep(0.02)
        assert started == []
        backpressure.set()
        await asking
        assert started == ["harbour.example", "quay.example"]

    asyncio.run(run())


async def _waited(event: asyncio.Event) -> None:
    await event.wait()
