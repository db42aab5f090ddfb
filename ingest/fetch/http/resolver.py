"""Host name → addresses, by the system's resolver. Checks nothing: see `guard`."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Awaitable, Callable

#: Name → numeric addresses in order of preference. Raises OSError if there are none.
Resolver = Callable[[str], Awaitable[list[str]]]

_KEEP_SECONDS = 60.0
_KEEP_NAMES = 4096
_LOOKUPS_AT_ONCE = 16


class SystemResolver:
    """`getaddrinfo`, remembered for a minute.

    Each lookup has a daemon thread: a name server that never answers must not hold up the end of the process,
    as a thread of a pool would.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, list[str]]] = {}
        self._slots = asyncio.Semaphore(_LOOKUPS_AT_ONCE)

    async def __call__(self, host: str) -> list[str]:
        known = self._known.get(host)
        if known and known[0] > time.monotonic():
            return known[1]
        async with self._slots:
            addresses = await _lookup(host)
        if len(self._known) >= _KEEP_NAMES:
            self._known.clear()
        self._known[host] = (time.monotonic() + _KEEP_SECONDS, addresses)
        return addresses


async def _lookup(host: str) -> list[str]:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(result: list[str] | OSError) -> None:
        if answer.done():
            return
        if isinstance(result, OSError):
            answer.set_exception(result)
        else:
            answer.set_result(result)

    def ask() -> None:
        try:
            result: list[str] | OSError = _addresses(host)
        except OSError as error:
            result = error
        except UnicodeError:
            result = OSError(socket.EAI_NONAME, "not a host name")
        try:
            loop.call_soon_threadsafe(settle, result)
        except RuntimeError:  # The loop was closed before the name server answered: nobody waits.
            return

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    return await answer


def _addresses(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
