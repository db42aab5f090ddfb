"""When a host may receive its next request: delay, parallel requests and Retry-After, shared by all sources."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ingest.errors import HostPausedError
from ingest.fetch.http.response_head import LONGEST_RETRY_AFTER_SECONDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Backpressure = Callable[[], Awaitable[None]]

#: Longest pause of a host that a fetch waits for. With a longer one it fails at once, to be tried again later.
LONGEST_WAIT_SECONDS = 10.0
#: Longest Crawl-delay of a robots.txt that is honoured.
LONGEST_CRAWL_DELAY_SECONDS = 60.0
_FIRST_BACKOFF_SECONDS = 5.0
_LONGEST_BACKOFF_SECONDS = 3600.0
_HOSTS_KEPT = 10_000


async def no_backpressure() -> None:
    """The default backpressure: none."""


class Pace:
    """``delay`` seconds between two request starts on one host, ``per_host`` at once on it, ``overall`` on all.

    ``backpressure`` is awaited before each of them. ``clock`` returns seconds that never go back.
    """

    def __init__(
        self,
        *,
        delay: float,
        per_host: int,
        overall: int,
        backpressure: Backpressure = no_backpressure,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._delay = delay
        self._per_host = per_host
        self._backpressure = backpressure
        self._clock = clock
        self._overall = asyncio.Semaphore(overall)
        self._hosts: dict[str, _HostState] = {}
        self._pauses: dict[tuple[str, str], float] = {}

    @asynccontextmanager
    async def slot(self, host: str, url: str, source: str = "") -> AsyncIterator[None]:
        """Waits until a request to the host may start, and counts as one of its requests inside the block.

        A request that waits for its host does not count towards ``overall``, so that a slow host does not slow others.
        Raises HostPausedError if the host has asked for a pause of more than `LONGEST_WAIT_SECONDS`.
        """
        state = self._host(host)
        async with state.slots:
            async with state.start_lock:
                await self._backpressure()
                await self._wait(state, host, url, source)
                await self._overall.acquire()
                state.last_start = self._clock()
            try:
                yield
            finally:
                self._overall.release()

    def pause(self, host: str, seconds: float | None, source: str = "") -> None:
        """Sends nothing to the host for so long; with a ``source``, only requests of that source are held.

        None stands for a host that did not say how long: 5 seconds, doubled with each further call up to an hour,
        until `reset_backoff`.
        """
        if seconds is None:
            state = self._host(host)
            state.refusals += 1
            seconds = min(_FIRST_BACKOFF_SECONDS * 2 ** min(state.refusals - 1, 20), _LONGEST_BACKOFF_SECONDS)
        until = self._clock() + min(seconds, LONGEST_RETRY_AFTER_SECONDS)
        key = (host, source)
        self._pauses[key] = max(until, self._pauses.get(key, 0.0))

    def pauses(self) -> dict[tuple[str, str], float]:
        """The pauses in force: (host, source, or "" for all sources) → seconds that remain."""
        now = self._clock()
        return {key: until - now for key, until in self._pauses.items() if until > now}

    def reset_backoff(self, host: str) -> None:
        """Called after a good response: the next pause of unknown length is a short one again."""
        self._host(host).refusals = 0

    def set_crawl_delay(self, host: str, seconds: float) -> None:
        """The Crawl-delay of the host's robots.txt, 0 for none. The longer of it and our own delay is kept."""
        self._host(host).crawl_delay = min(seconds, LONGEST_CRAWL_DELAY_SECONDS)

    async def _wait(self, state: _HostState, host: str, url: str, source: str) -> None:
        while True:
            now = self._clock()
            pause = max(self._pauses.get((host, ""), 0.0), self._pauses.get((host, source), 0.0)) - now
            if pause > LONGEST_WAIT_SECONDS:
                until = datetime.now(UTC) + timedelta(seconds=pause)
                message = f"{host} asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
                raise HostPausedError(url, message, pause)
            seconds = max(pause, state.last_start + max(self._delay, state.crawl_delay) - now)
            if seconds <= 0:
                return
            await asyncio.sleep(seconds)

    def _host(self, host: str) -> _HostState:
        state = self._hosts.get(host)
        if state is None:
            if len(self._hosts) >= _HOSTS_KEPT:
                self._drop_idle_hosts()
            state = self._hosts[host] = _HostState(self._per_host)
        return state

    def _drop_idle_hosts(self) -> None:
        """Bounds the memory of a service that follows links to new hosts for years."""
        now = self._clock()
        self._pauses = {key: until for key, until in self._pauses.items() if until > now}
        long_ago = now - max(self._delay, LONGEST_CRAWL_DELAY_SECONDS)
        self._hosts = {name: state for name, state in self._hosts.items() if state.busy or state.last_start > long_ago}


class _HostState:
    def __init__(self, per_host: int) -> None:
        self.slots = asyncio.Semaphore(per_host)
        self.start_lock = asyncio.Lock()
        self.last_start = float("-inf")
        self.crawl_delay = 0.0
        self.refusals = 0

    @property
    def busy(self) -> bool:
        return self.start_lock.locked() or self.slots.locked()
