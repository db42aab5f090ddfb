"""When a host may be asked again: pace, parallel requests and Retry-After, over all sources. Sends nothing."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ingest.errors import HostPausedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Backpressure = Callable[[], Awaitable[None]]

#: A host that asks for a longer pause than this gets it: the fetch fails at once and is tried again later.
PATIENCE_SECONDS = 10.0
#: Longest pause that a header can ask for, and longest crawl delay that is honoured.
LONGEST_PAUSE_SECONDS = 86_400.0
LONGEST_CRAWL_DELAY_SECONDS = 60.0
_FIRST_PAUSE_SECONDS = 5.0
_LONGEST_GUESS_SECONDS = 3600.0
_HOSTS_KEPT = 10_000


async def no_backpressure() -> None:
    """The default backpressure: none."""


class Pace:
    """``delay`` seconds between two request starts on one host, ``per_host`` at once on it, ``overall`` on all.

    ``backpressure`` is awaited before each of them.
    """

    def __init__(
        self, *, delay: float, per_host: int, overall: int, backpressure: Backpressure = no_backpressure
    ) -> None:
        self._delay = delay
        self._per_host = per_host
        self._backpressure = backpressure
        self._overall = asyncio.Semaphore(overall)
        self._hosts: dict[str, _Host] = {}
        self._pauses: dict[tuple[str, str], float] = {}

    @asynccontextmanager
    async def turn(self, host: str, url: str, source: str = "") -> AsyncIterator[None]:
        """Wait for the host's turn, then for a place among all requests; hold both inside the block.

        Who waits for a host holds no place, so that a slow host does not slow the others.
        Raises `HostPausedError` if the host asked for a longer pause than is worth waiting for.
        """
        state = self._host(host)
        async with state.places:
            async with state.door:
                await self._backpressure()
                await self._wait(state, host, url, source)
                await self._overall.acquire()
                state.last_start = time.monotonic()
            try:
                yield
            finally:
                self._overall.release()

    def pause(self, host: str, seconds: float | None, source: str = "") -> None:
        """The host is not asked for so long; with a ``source``, only that source's requests rest.

        None is for a host that did not say how long: a few seconds, doubled each time until it answers well again.
        """
        if seconds is None:
            state = self._host(host)
            state.refusals += 1
            seconds = min(_FIRST_PAUSE_SECONDS * 2 ** min(state.refusals - 1, 20), _LONGEST_GUESS_SECONDS)
        until = time.monotonic() + min(seconds, LONGEST_PAUSE_SECONDS)
        key = (host, source)
        self._pauses[key] = max(until, self._pauses.get(key, 0.0))

    def pauses(self) -> dict[tuple[str, str], float]:
        """Who is left alone now, and for how many seconds: host, and source or "" for all of them."""
        now = time.monotonic()
        return {key: until - now for key, until in self._pauses.items() if until > now}

    def welcome(self, host: str) -> None:
        """The host answered well."""
        self._host(host).refusals = 0

    def slow_down(self, host: str, crawl_delay: float) -> None:
        """What robots.txt asks for; it never makes us faster than our own pace."""
        self._host(host).crawl_delay = min(crawl_delay, LONGEST_CRAWL_DELAY_SECONDS)

    async def _wait(self, state: _Host, host: str, url: str, source: str) -> None:
        while True:
            now = time.monotonic()
            pause = max(self._pauses.get((host, ""), 0.0), self._pauses.get((host, source), 0.0)) - now
            if pause > PATIENCE_SECONDS:
                until = datetime.now(UTC) + timedelta(seconds=pause)
                message = f"{host} asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
                raise HostPausedError(url, message, pause)
            seconds = max(pause, state.last_start + max(self._delay, state.crawl_delay) - now)
            if seconds <= 0:
                return
            await asyncio.sleep(seconds)

    def _host(self, host: str) -> _Host:
        state = self._hosts.get(host)
        if state is None:
            if len(self._hosts) >= _HOSTS_KEPT:
                self._forget()
            state = self._hosts[host] = _Host(self._per_host)
        return state

    def _forget(self) -> None:
        """Hosts at rest, so that years of foreign links do not fill the memory."""
        now = time.monotonic()
        self._pauses = {key: until for key, until in self._pauses.items() if until > now}
        long_ago = now - max(self._delay, LONGEST_CRAWL_DELAY_SECONDS)
        self._hosts = {name: state for name, state in self._hosts.items() if state.busy or state.last_start > long_ago}


class _Host:
    def __init__(self, per_host: int) -> None:
        self.places = asyncio.Semaphore(per_host)
        self.door = asyncio.Lock()
        self.last_start = float("-inf")
        self.crawl_delay = 0.0
        self.refusals = 0

    @property
    def busy(self) -> bool:
        return self.door.locked() or self.places.locked()
