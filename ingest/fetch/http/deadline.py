"""The time limit of one fetch, over all its redirects. Waiting for the pace of a host is not counted."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from ingest.errors import FetchError

if TYPE_CHECKING:
    from types import TracebackType


class Deadline:
    """An async context manager that is entered for each request of a fetch; the times inside are added up.

    Raises FetchError ``timeout`` when the sum reaches ``seconds``.
    """

    def __init__(self, seconds: float, url: str) -> None:
        self._seconds = seconds
        self._url = url
        self._spent = 0.0
        self.connected = False
        """Whether the present request has reached its server."""
        self._started: float | None = None
        self._timeout: asyncio.Timeout | None = None

    @property
    def spent_ms(self) -> int:
        return round(self._spent * 1000)

    @property
    def running_seconds(self) -> float | None:
        """Seconds since the present request began; None while none is under way and the fetch waits for the pace."""
        return None if self._started is None else time.monotonic() - self._started

    def mark_connected(self) -> None:
        """Called when the server is reached: a timeout from here on is the server's, not the network's."""
        self.connected = True

    async def __aenter__(self) -> None:
        self._started = time.monotonic()
        self.connected = False
        self._timeout = asyncio.timeout(self._seconds - self._spent)
        await self._timeout.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._timeout
        assert self._started is not None
        self._spent += time.monotonic() - self._started
        self._started = None
        try:
            await self._timeout.__aexit__(kind, error, trace)
        except TimeoutError as late:
            what = "not finished" if self.connected else "no connection"
            raise FetchError(self._url, "timeout", f"{what} within {self._seconds:g} s") from late
