"""The total time of one fetch, spent in stretches: waiting for a host's pace is not counted."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from ingest.errors import FetchError

if TYPE_CHECKING:
    from types import TracebackType


class Budget:
    """An async context manager, entered once per stretch. FetchError ``timeout`` when the sum is used up."""

    def __init__(self, seconds: float, url: str) -> None:
        self._seconds = seconds
        self._url = url
        self._spent = 0.0
        self.connected = False
        self._began: float | None = None
        self._timeout: asyncio.Timeout | None = None

    @property
    def spent_ms(self) -> int:
        return round(self._spent * 1000)

    @property
    def stretch(self) -> float | None:
        """Seconds since the present stretch began; None between stretches, while somebody's turn is waited for."""
        return None if self._began is None else time.monotonic() - self._began

    def connect(self) -> None:
        """The server was reached: from here on it is to blame, not the way to it."""
        self.connected = True

    async def __aenter__(self) -> None:
        self._began = time.monotonic()
        self.connected = False
        self._timeout = asyncio.timeout(self._seconds - self._spent)
        await self._timeout.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._timeout
        self._spent += self.stretch or 0.0
        self._began = None
        try:
            await self._timeout.__aexit__(kind, error, trace)
        except TimeoutError as late:
            what = "not finished" if self.connected else "no connection"
            raise FetchError(self._url, "timeout", f"{what} within {self._seconds:g} s") from late
