"""The job that wakes the service once a second. What a clock that is set does to APScheduler's own is shown first."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta, tzinfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from ingest.service.ticks import every_second


class WallClock(tzinfo):
    """The time of day, which is ``ahead``: APScheduler reads it as ``datetime.now(its time zone)``."""

    ahead = timedelta()

    def fromutc(self, utc: datetime) -> datetime:
        return utc + self.ahead

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta()

    def tzname(self, _: datetime | None) -> str:
        return "wall"

    def dst(self, _: datetime | None) -> timedelta:
        return timedelta()


class Counted:
    def __init__(self) -> None:
        self.ticks = 0

    async def tick(self) -> None:
        self.ticks += 1


def test_an_interval_job_of_apscheduler_stops_when_the_clock_is_set_back():
    counted, zone = Counted(), WallClock()

    async def run() -> int:
        scheduler = AsyncIOScheduler(timezone=zone)
        scheduler.add_job(counted.tick, "interval", seconds=0.1, next_run_time=datetime.now(zone))
        scheduler.start()
        await asyncio.sleep(0.35)
        zone.ahead = -timedelta(days=7)
        await asyncio.sleep(0.2)
        before = counted.ticks
        await asyncio.sleep(1)
        scheduler.shutdown(wait=False)
        return counted.ticks - before

    assert asyncio.run(run()) == 0
    assert counted.ticks >= 2


def test_ours_comes_at_once_and_then_each_second():
    counted = Counted()

    async def run() -> int:
        scheduler = every_second(counted.tick, time.monotonic)
        scheduler.start()
        await asyncio.sleep(0.3)
        first = counted.ticks
        await asyncio.sleep(2.2)
        scheduler.shutdown(wait=False)
        return first

    assert asyncio.run(run()) == 1
    assert counted.ticks == 3


def test_ours_follows_the_seconds_that_elapsed_and_no_other_clock():
    """The time of day and the event loop's go on, but no second has elapsed."""
    counted = Counted()

    async def run() -> None:
        scheduler = every_second(counted.tick, lambda: 1_000.0)
        scheduler.start()
        await asyncio.sleep(2.5)
        scheduler.shutdown(wait=False)

    asyncio.run(run())
    assert counted.ticks == 1


def test_after_a_month_of_sleep_ours_comes_once_and_not_for_each_second_of_it():
    counted, elapsed = Counted(), 0.0

    async def run() -> float:
        nonlocal elapsed
        scheduler = every_second(counted.tick, lambda: elapsed)
        scheduler.start()
        await asyncio.sleep(0.1)
        elapsed += timedelta(days=31).total_seconds()
        began = asyncio.get_running_loop().time()
        while counted.ticks < 2:
            await asyncio.sleep(0.01)
        late = asyncio.get_running_loop().time() - began
        await asyncio.sleep(0.5)
        scheduler.shutdown(wait=False)
        return late

    assert asyncio.run(run()) < 3
    assert counted.ticks == 2
