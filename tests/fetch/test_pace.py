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


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def _starts(pace: Pace, host: str = "harbour.example", source: str = "") -> bool:
    """Whether a request to the host could start at once."""
    try:
        async with asyncio.timeout(0.05), pace.slot(host, f"http://{host}/", source):
            return True
    except TimeoutError:
        return False


def still(scenario: Callable[[Pace, Clock], Awaitable[object]], *, delay: float = 0.0, per_host: int = 2) -> None:
    """Runs a scenario with a clock that only the scenario moves."""

    async def run() -> None:
        clock = Clock()
        await scenario(Pace(delay=delay, per_host=per_host, overall=64, clock=clock), clock)

    asyncio.run(run())


def test_a_request_to_a_host_at_rest_starts_at_once() -> None:
    async def scenario(pace: Pace, clock: Clock) -> None:
        assert pace.pauses() == {}
        assert await _starts(pace, source="news")
        assert await _starts(pace)

    still(scenario)


def test_a_pause_of_ten_seconds_is_waited_for_and_a_longer_one_fails() -> None:
    async def scenario(pace: Pace, clock: Clock) -> None:
        pace.pause("harbour.example", 10.0)
        assert not await _starts(pace)
        pace.pause("harbour.example", 10.5)
        with pytest.raises(HostPausedError):
            await _starts(pace)
        clock.now = 0.5
        assert not await _starts(pace)
        clock.now = 10.5
        assert await _starts(pace)

    still(scenario)


def test_the_longer_pause_of_source_and_host_counts() -> None:
    async def scenario(pace: Pace, clock: Clock) -> None:
        pace.pause("harbour.example", 2.0)
        pace.pause("harbour.example", 5.0, "news")
        assert pace.pauses() == {("harbour.example", ""): 2.0, ("harbour.example", "news"): 5.0}
        clock.now = 3.0
        assert not await _starts(pace, source="news")
        assert await _starts(pace, source="sport")
        assert pace.pauses() == {("harbour.example", "news"): 2.0}
        clock.now = 5.0
        assert pace.pauses() == {}

    still(scenario)


def test_a_short_pause_is_kept_to_the_second() -> None:
    async def scenario(pace: Pace, clock: Clock) -> None:
        pace.pause("harbour.example", 0.5)
        assert pace.pauses() == {("harbour.example", ""): 0.5}

    still(scenario)


def test_guessed_pauses_double_up_to_an_hour_and_begin_anew_after_a_good_answer() -> None:
    async def scenario(pace: Pace, clock: Clock) -> None:
        lengths = []
        for _ in range(30):
            pace.pause("harbour.example", None)
            lengths.append(pace.pauses()["harbour.example", ""])
            clock.now += lengths[-1]
        assert [later / earlier for earlier, later in pairwise(lengths[:9])] == [2.0] * 8
        assert set(lengths[11:]) == {3600.0}
        pace.reset_backoff("harbour.example")
        pace.pause("harbour.example", None)
        assert pace.pauses()["harbour.example", ""] == lengths[0]

    still(scenario)


def test_a_crawl_delay_of_more_than_a_minute_is_kept_as_a_minute() -> None:
    async def scenario(pace: Pace, clock: Clock) -> None:
        pace.set_crawl_delay("harbour.example", 600.0)
        assert await _starts(pace)
        clock.now = 59.0
        assert not await _starts(pace)
        clock.now = 60.0
        assert await _starts(pace)

    still(scenario)


def test_a_crawl_delay_longer_than_ours_is_kept_and_a_shorter_one_is_not() -> None:
    async def scenario(pace: Pace, clock: Clock) -> None:
        for crawl_delay, longest in ((30.0, 30.0), (1.0, 10.0), (0.0, 10.0)):
            pace.set_crawl_delay("harbour.example", crawl_delay)
            clock.now += 100.0
            assert await _starts(pace)
            clock.now += longest - 1.0
            assert not await _starts(pace)
            clock.now += 1.0
            assert await _starts(pace)

    still(scenario, delay=10.0)


def test_a_host_that_is_busy_or_was_asked_lately_is_remembered_among_ten_thousand_others() -> None:
    async def scenario(pace: Pace, clock: Clock) -> None:
        async with pace.slot("busy.example", "http://busy.example/"):
            clock.now = 500.0
            assert await _starts(pace, "lately.example")
            for number in range(10_050):
                pace.set_crawl_delay(f"host{number}.example", 0.0)
            assert not await _starts(pace, "busy.example")
            assert not await _starts(pace, "lately.example")

    still(scenario, delay=300.0, per_host=1)


def test_a_host_with_a_request_that_waits_for_its_start_is_remembered() -> None:
    async def scenario(pace: Pace, clock: Clock) -> None:
        pace.pause("harbour.example", 5.0)
        waiting = asyncio.create_task(_starts(pace))
        await asyncio.sleep(0)
        for number in range(10_050):
            pace.set_crawl_delay(f"host{number}.example", 0.0)
        assert pace._hosts["harbour.example"].busy
        await waiting

    still(scenario)


def test_pauses_that_are_over_are_forgotten_and_the_others_are_kept() -> None:
    async def scenario(pace: Pace, clock: Clock) -> None:
        pace.pause("short.example", 5.0)
        pace.pause("long.example", 5_000.0)
        clock.now = 1_000.0
        for number in range(10_050):
            pace.set_crawl_delay(f"host{number}.example", 0.0)
        assert pace.pauses() == {("long.example", ""): 4_000.0}

    still(scenario)
