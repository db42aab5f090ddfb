"""The processes that read pages, real ones."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.errors import ExtractError
from ingest.model import Page, Source
from ingest.run.workers import Workers

_SOURCE = Source("news", "https://news.example/feed")


def _page() -> Page:
    html = b"<html><title>Ferry</title><article><h1>Ferry</h1><p>The ferry leaves at noon.</p></article></html>"
    url = "https://news.example/ferry"
    return Page(url, url, 200, html, {"content-type": "text/html"}, datetime.now(UTC))


def test_an_idle_worker_that_the_kernel_killed_is_replaced() -> None:
    async def run() -> list[str]:
        with Workers(2) as workers:
            titles = [(await workers.read_article(_page(), _SOURCE)).title]
            first, second = multiprocessing.active_children()
            os.kill(first.pid or 0, signal.SIGKILL)
            first.join()
            # A loss that is noticed while no page is read ends the whole pool.
            end = time.monotonic() + 30.0
            while workers._pool.active and time.monotonic() < end:
                await asyncio.sleep(0.05)
            titles.append((await workers.read_article(_page(), _SOURCE)).title)
            assert not second.is_alive()
            assert len(multiprocessing.active_children()) == 2
            assert workers.restarts == 1
            return titles

    assert set(asyncio.run(run())) == {"Ferry"}


def test_there_is_no_room_for_more_while_a_large_page_is_still_unread() -> None:
    async def run() -> None:
        large = replace(_page(), content=_page().content + b" " * (17 << 20))
        with Workers(1) as workers:
            await asyncio.wait_for(workers.backpressure(), 5)
            reading = asyncio.create_task(workers.read_article(large, _SOURCE))
            await asyncio.sleep(0)
            backpressure = asyncio.create_task(workers.backpressure())
            await asyncio.sleep(0.01)
            assert not backpressure.done()
            await asyncio.gather(reading, return_exceptions=True)
            await asyncio.wait_for(backpressure, 5)

    asyncio.run(run())


def test_a_worker_that_is_killed_at_its_deadline_counts_as_restarted() -> None:
    async def run() -> int:
        endless = replace(_page(), content=_page().content + b"<p>The ferry leaves at noon.</p>" * 200_000)
        with Workers(1, deadline=0.05) as workers:
            with pytest.raises(ExtractError):
                await workers.read_article(endless, _SOURCE)
            return workers.restarts

    assert asyncio.run(run()) == 1


def test_a_page_that_has_no_end_costs_its_worker_and_only_its_own_outcome() -> None:
    async def run() -> str:
        with Workers(1, deadline=1.0) as workers:
            await workers.read_article(_page(), _SOURCE)
            (first,) = multiprocessing.active_children()
            with pytest.raises(ExtractError, match="not read within 1 s"):
                await asyncio.wait_for(workers._run(ExtractError, "u", time.sleep, 60), 20)
            title = (await workers.read_article(_page(), _SOURCE)).title
            assert not first.is_alive()
            return title

    assert asyncio.run(run()) == "Ferry"


def test_the_deadline_of_a_page_does_not_run_while_it_waits_for_a_worker() -> None:
    async def run() -> None:
        with Workers(1, deadline=2.0) as workers:
            await workers.read_article(_page(), _SOURCE)
            await asyncio.gather(*(workers._run(ExtractError, "u", time.sleep, 1) for _ in range(4)))

    asyncio.run(run())


_READING = """
import asyncio, multiprocessing, sys, time
from ingest.errors import ExtractError
from ingest.run.workers import Workers

async def run():
    with Workers(1) as workers:
        await workers._run(ExtractError, "u", time.sleep, 0)
        print(multiprocessing.active_children()[0].pid, flush=True)
        await workers._run(ExtractError, "u", time.sleep, 60)

if __name__ == "__main__":
    asyncio.run(run())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a worker ends when it has read its page")
def test_a_worker_in_the_middle_of_a_page_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    (tmp_path / "reading.py").write_text(_READING)
    with subprocess.Popen([sys.executable, str(tmp_path / "reading.py")], stdout=subprocess.PIPE) as reading:
        assert reading.stdout
        worker = Path("/proc", reading.stdout.readline().decode().strip())
        assert worker.exists()
        reading.kill()
    end = time.monotonic() + 10
    while worker.exists() and "Z" not in (worker / "stat").read_text().split():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_worker_that_is_started_while_the_pool_is_being_stopped_ends_with_it() -> None:
    async def run() -> None:
        with Workers(1) as workers:
            await workers.read_article(_page(), _SOURCE)
            manager = workers._pool._pool_manager.worker_manager
            manager.new_worker()
            # As when the pool's thread notes it only after those that it knows were ended.
            manager.workers.clear()
            assert len(multiprocessing.active_children()) == 2

    asyncio.run(run())
    assert multiprocessing.active_children() == []
