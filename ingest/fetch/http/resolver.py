"""Host name → addresses, by the system's resolver. `address_guard` decides which of them may be connected to."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Awaitable, Callable

#: Name → numeric addresses in order of preference. Raises OSError if there are none.
Resolver = Callable[[str], Awaitable[list[str]]]

_CACHE_SECONDS = 60.0
_CACHE_NAMES = 4096
_LOOKUPS_AT_ONCE = 16


class SystemResolver:
    """`getaddrinfo`, cached for a minute.

    Each lookup runs in a daemon thread of its own. A thread of a pool would keep the process from exiting while a name
    server does not future.
    """

    def __init__(self) -> None:
        self._cache: dict[str, tuple[float, list[str]]] = {}
        self._slots = asyncio.Semaphore(_LOOKUPS_AT_ONCE)

    async def __call__(self, host: str) -> list[str]:
        cached = self._cache.get(host)
        if cached and cached[0] > time.monotonic():
            return cached[1]
        async with self._slots:
            addresses = await _lookup(host)
        if len(self._cache) >= _CACHE_NAMES:
            self._cache.clear()
        self._cache[host] = (time.monotonic() + _CACHE_SECONDS, addresses)
        return addresses


async def _lookup(host: str) -> list[str]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[str]] = loop.create_future()

    def settle(result: list[str] | OSError) -> None:
        if future.done():
            return
        if isinstance(result, OSError):
            future.set_exception(result)
        else:
            future.set_result(result)

    def look_up() -> None:
        try:
            result: list[str] | OSError = _addresses(host)
        except OSError as error:
            result = error
        except UnicodeError:
            result = OSError(socket.EAI_NONAME, "not a host name")
        try:
            loop.call_soon_threadsafe(settle, result)
        except RuntimeError:  # The loop was closed before the name server answered: no caller is left.
            return

    threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
    return await future


def _addresses(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
