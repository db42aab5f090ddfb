"""The processes that read pages, real ones."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime

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
