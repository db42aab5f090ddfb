"""httpx's transport over checked addresses: connects, asks, hands out raw bodies. Follows and decodes nothing.

httpx's own transport is not used because it hands bytes that a server pushed ahead to the next request, reads interim
answers without end, does not count framing, and cannot be told which address to connect to.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections import defaultdict
from typing import TYPE_CHECKING

import httpx

from ingest.errors import FetchError
from ingest.fetch.http.connection import Connection, GoneBeforeAnswerError
from ingest.fetch.http.stream import Stream, connect, open_stream
from ingest.fetch.http.target import address_of, one_line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from ingest.fetch.http.address_guard import Guard
    from ingest.fetch.http.resolver import Resolver

_IDLE_SECONDS = 15.0
_IDLE_CONNECTIONS = 128

Origin = tuple[str, str, int]


class Transport(httpx.AsyncBaseTransport):
    """Keeps connections that rest after a whole answer, for a while. All failures are `FetchError`."""

    def __init__(self, guard: Guard, resolver: Resolver, tls: ssl.SSLContext | None = None) -> None:
        self._guard = guard
        self._resolver = resolver
        self._tls = tls
        self._resting: dict[Origin, list[Connection]] = defaultdict(list)
        self._rest_count = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        origin = _origin(request.url)
        rested = self._wake(origin)
        if rested:
            _connected(request)
            try:
                return await self._ask(rested, origin, request)
            except GoneBeforeAnswerError:
                pass
        fresh = Connection(await self._connect(origin, str(request.url)))
        _connected(request)
        return await self._ask(fresh, origin, request)

    async def aclose(self) -> None:
        for connection in [kept for resting in self._resting.values() for kept in resting]:
            connection.close()
        self._resting.clear()
        self._rest_count = 0
        await asyncio.sleep(0)  # An aborted transport closes its socket in the next turn of the loop.

    async def _ask(self, connection: Connection, origin: Origin, request: httpx.Request) -> httpx.Response:
        try:
            head = await connection.ask(request)
        except BaseException:
            connection.close()
            raise
        body = _Body(self, connection, origin, str(request.url))
        return httpx.Response(head.status_code, headers=head.headers.raw_items(), stream=body, request=request)

    async def _connect(self, origin: Origin, url: str) -> Stream:
        scheme, host, port = origin
        addresses = await self._checked_addresses(host, url)
        try:
            connected = await connect(addresses, port)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else "no answer"
            raise FetchError(url, "connect", f"{host} port {port} cannot be reached: {reason}") from error
        if scheme == "http":
            return await open_stream(connected, None, host)
        try:
            return await open_stream(connected, self._tls_context(), host.removesuffix("."))
        except ssl.SSLCertVerificationError as error:
            reason = one_line(error.verify_message)
            raise FetchError(url, "tls", f"the certificate of {host} is refused: {reason}") from error
        except OSError as error:
            reason = one_line(getattr(error, "reason", None) or str(error) or "the connection was closed")
            raise FetchError(url, "tls", f"no secure connection with {host}: {reason}") from error

    async def _checked_addresses(self, host: str, url: str) -> list[str]:
        literal = address_of(host)
        try:
            found = [literal] if literal else await self._resolver(host)
        except OSError as error:
            reason = one_line(error.strerror or str(error))
            raise FetchError(url, "connect", f"the name {host} cannot be resolved: {reason}") from error
        if not found:
            raise FetchError(url, "connect", f"the name {host} has no address")
        refusals = {address: self._guard.refusal(address) for address in found}
        public = [address for address, why in refusals.items() if not why]
        if not public:
            address, why = next(iter(refusals.items()))
            shown = host if host == address else f"{host} ({one_line(address)})"
            raise FetchError(url, "blocked_address", f"{shown} is not connected to: {why}")
        return public

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls

    def _wake(self, origin: Origin) -> Connection | None:
        resting = self._resting.get(origin)
        while resting:
            connection = resting.pop()
            self._forget_rest(origin, connection)
            if connection.silent:
                return connection
            connection.close()
        return None

    def rest(self, origin: Origin, connection: Connection) -> None:
        """Keep a connection for the next request, or close it if it is not certain to be clean."""
        if self._rest_count >= _IDLE_CONNECTIONS or not connection.renew():
            connection.close()
            return
        loop = asyncio.get_running_loop()
        connection.alarm = loop.call_later(_IDLE_SECONDS, self._end_rest, origin, connection)
        self._resting[origin].append(connection)
        self._rest_count += 1

    def _end_rest(self, origin: Origin, connection: Connection) -> None:
        self._resting[origin].remove(connection)
        self._forget_rest(origin, connection)
        connection.close()

    def _forget_rest(self, origin: Origin, connection: Connection) -> None:
        self._rest_count -= 1
        if connection.alarm:
            connection.alarm.cancel()
            connection.alarm = None
        if not self._resting[origin]:
            del self._resting[origin]


class _Body(httpx.AsyncByteStream):
    """The raw body of one answer. Closing it rests or closes the connection."""

    def __init__(self, transport: Transport, connection: Connection, origin: Origin, url: str) -> None:
        self._transport = transport
        self._connection: Connection | None = connection
        self._origin = origin
        self._url = url

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert self._connection
        async for data in self._connection.body(self._url):
            yield data

    async def aclose(self) -> None:
        if self._connection:
            connection, self._connection = self._connection, None
            self._transport.rest(self._origin, connection)


def _connected(request: httpx.Request) -> None:
    """Tell who waits, by the extension ``connected`` of the request, that a server was reached."""
    tell = request.extensions.get("connected")
    if tell:
        tell()


def _origin(url: httpx.URL) -> Origin:
    return url.scheme, url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)
