"""The service while its clock is set: a real one in this process, over a real database and real HTTP."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.service import Service
from ingest.service.clock import Clock

pytestmark = pytest.mark.slow

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DAY = 24 * HOUR
_PATIENCE = 30.0


class SetClock:
    """A clock that a test sets: both its times go on by themselves."""

    def __init__(self) -> None:
        self.set_by = timedelta()
        self.passed = timedelta()

    def set(self, by: timedelta) -> None:
        """Somebody sets the time of day."""
        self.set_by += by

    def sleep(self, time: timedelta) -> None:
        """Time passes in which the machine does nothing."""
        self.passed += time

    async def let_pass(self, time: timedelta) -> None:
        """Time passes, with the minute over which a service spreads what became due meanwhile."""
        self.sleep(time)
        await asyncio.sleep(1.5)
        self.sleep(timedelta(seconds=55))

    @property
    def clock(self) -> Clock:
        return Clock(
            lambda: datetime.now(UTC) + self.set_by + self.passed,
            lambda: time.monotonic() + self.passed.total_seconds(),
        )


class Site:
    """Feeds on the test's web, followed by a service."""

    def __init__(self, web: Any, folder: Path, feeds: int = 1, every: str = "1m") -> None:
        self.web = web
        self.database = folder / "articles.db"
        self.file = folder / "sources.yaml"
        self.paths = [f"/feed-{number}.xml" for number in range(feeds)]
        entries = "".join(
            f"  - {{name: s{number}, url: '{web.origin}{path}', kind: feed, every: {every}}}\n"
            for number, path in enumerate(self.paths)
        )
        self.file.write_text(f"settings: {{delay: 0, allow_addresses: [127.0.0.0/8]}}\nsources:\n{entries}")
        for path in self.paths:
            web.feed(path)

    def polls(self) -> int:
        """How often the feeds were asked for."""
        return sum(path in self.paths for path in self.web.asked)

    def row(self, sql: str) -> tuple[Any, ...]:
        with closing(sqlite3.connect(self.database)) as db:
            found: tuple[Any, ...] = db.execute(sql).fetchone()
            return found

    def serve(self, clock: SetClock, visit: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Runs a service while ``visit`` goes on."""

        async def run() -> None:
            service = asyncio.create_task(Service(self.file, self.database, clock=clock.clock).run())
            try:
                await visit()
            finally:
                os.kill(os.getpid(), signal.SIGTERM)
                await service

        asyncio.run(run())


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """A service leaves SIGTERM and SIGINT as they end a process that is ending anyway."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


async def until(true: Callable[[], Any], what: str) -> None:
    end = time.monotonic() + _PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited in vain: {what}"
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("step", [-7 * DAY, -HOUR, HOUR, 7 * DAY], ids=["-7 days", "-1 h", "+1 h", "+7 days"])
def test_a_clock_that_is_set_neither_stops_the_polling_nor_hurries_it(web: Any, tmp_path: Path, step: timedelta):
    site, clock = Site(web, tmp_path), SetClock()

    async def visit() -> None:
        await until(lambda: site.polls() == 1, "the first poll")
        await asyncio.sleep(1)
        clock.set(step)
        await asyncio.sleep(3)
        assert site.polls() == 1
        await clock.let_pass(1.2 * MINUTE)
        await until(lambda: site.polls() == 2, "a poll after the clock was set")
        await asyncio.sleep(1)
        await clock.let_pass(1.2 * MINUTE)
        await until(lambda: site.polls() == 3, "the next one")
        await asyncio.sleep(1)

    site.serve(clock, visit)
    assert site.polls() == 3


def test_a_link_that_failed_before_the_clock_was_set_back_is_tried_again_when_it_was_meant_to(web: Any, tmp_path: Path):
    site, clock = Site(web, tmp_path), SetClock()
    web.feed(site.paths[0], "/story")
    web.article("/story", "Late", "never seen", status=503)

    async def visit() -> None:
        await until(lambda: site.polls() == 1 and "/story" in web.asked, "the first poll")
        await asyncio.sleep(1)
        clock.set(-7 * DAY)
        await asyncio.sleep(2)
        web.article("/story", "Late", *(f"Sentence {number} of a story that came late to us." for number in range(9)))
        await clock.let_pass(15 * MINUTE)
        await until(lambda: site.row("SELECT count(*) FROM articles")[0] == 1, "the story")

    site.serve(clock, visit)


def test_after_a_sleep_of_six_hours_each_source_runs_once_and_not_all_at_a_time(web: Any, tmp_path: Path):
    site, clock = Site(web, tmp_path, feeds=30, every="1h"), SetClock()

    async def visit() -> None:
        await until(lambda: site.polls() == 30, "the first polls")
        await asyncio.sleep(1)
        clock.sleep(6 * HOUR)
        await asyncio.sleep(3)
        assert site.polls() - 30 < 15
        for _ in range(7):
            clock.sleep(timedelta(seconds=8))
            await asyncio.sleep(1.1)
        await until(lambda: site.polls() >= 60, "one more poll of each")
        assert {path: web.asked.count(path) for path in site.paths} == dict.fromkeys(site.paths, 2)

    site.serve(clock, visit)


def test_after_one_run_in_another_year_everything_is_polled_again_once_the_clock_is_right(web: Any, tmp_path: Path):
    site, clock = Site(web, tmp_path), SetClock()
    web.feed(site.paths[0], "/story")
    web.article("/story", "Late", "never seen", status=503)
    clock.set(timedelta(days=3 * 365))

    async def first() -> None:
        await until(lambda: site.polls() == 1 and "/story" in web.asked, "a poll")
        await asyncio.sleep(1)

    site.serve(clock, first)
    assert site.row("SELECT next_due > '2028' FROM sources") == (1,)
    assert site.row("SELECT next_try > '2028' FROM links") == (1,)
    right = SetClock()
    web.article("/story", "Late", *(f"Sentence {number} of a story that came late to us." for number in range(9)))

    async def second() -> None:
        await right.let_pass(1.2 * MINUTE)
        await until(lambda: site.polls() == 2, "a poll with the right clock")
        await asyncio.sleep(1)
        await right.let_pass(15 * MINUTE)
        await until(lambda: site.row("SELECT count(*) FROM articles")[0] == 1, "the story")

    site.serve(right, second)
