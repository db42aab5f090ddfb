"""An httpx transport that connects only to checked addresses, and returns responses with their raw bodies.

httpx's own transport is not used because it takes bytes that a server sent ahead for the next response, reads interim
responses without end, does not count framing, and cannot be told which address to connect to.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections import defaultdict
from typing import TYPE_CHECKING

import httpx

from ingest.errors import FetchError
from ingest.fetch.http.connection import ClosedBeforeResponseError, Connection
from ingest.fetch.http.printable import printable_line
from ingest.fetch.http.request_url import ip_literal
from ingest.fetch.http.stream import Stream, connect, open_stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from ingest.fetch.http.address_guard import AddressGuard
    from ingest.fetch.http.resolver import Resolver

_IDLE_SECONDS = 15.0
_MOST_IDLE_CONNECTIONS = 128

Origin = tuple[str, str, int]


class Transport(httpx.AsyncBaseTransport):
    """Keeps idle connections after complete responses, for a few seconds. Every failure is raised as FetchError.

    The request extension ``on_connect`` is called without arguments when a connection to the server is there.
    """

    def __init__(self, guard: AddressGuard, resolver: Resolver, tls: ssl.SSLContext | None = None) -> None:
        self._guard = guard
        self._resolver = resolver
        self._tls = tls
        self._idle: dict[Origin, list[Connection]] = defaultdict(list)
        self._idle_count = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        origin = _origin(request.url)
        kept = self._take_idle(origin)
        if kept:
            _report_connected(request)
            try:
                return await self._send(kept, origin, request)
            except ClosedBeforeResponseError:
                pass
        fresh = Connection(await self._connect(origin, str(request.url)))
        _report_connected(request)
        return await self._send(fresh, origin, request)

    async def aclose(self) -> None:
        for connection in [kept for idle in self._idle.values() for kept in idle]:
            connection.close()
        self._idle.clear()
        self._idle_count = 0
        await asyncio.sleep(0)  # An aborted transport closes its socket in the next iteration of the event loop.

    async def _send(self, connection: Connection, origin: Origin, request: httpx.Request) -> httpx.Response:
        try:
            head = await connection.send(request)
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
            reason = printable_line(error.verify_message)
            raise FetchError(url, "tls", f"the certificate of {host} is refused: {reason}") from error
        except OSError as error:
            reason = printable_line(getattr(error, "reason", None) or str(error) or "the connection was closed")
            raise FetchError(url, "tls", f"no secure connection with {host}: {reason}") from error

    async def _checked_addresses(self, host: str, url: str) -> list[str]:
        literal = ip_literal(host)
        try:
            found = [literal] if literal else await self._resolver(host)
        except OSError as error:
            reason = printable_line(error.strerror or str(error))
            raise FetchError(url, "connect", f"the name {host} cannot be resolved: {reason}") from error
        if not found:
            raise FetchError(url, "connect", f"the name {host} has no address")
        refusals = {address: self._guard.refusal(address) for address in found}
        public = [address for address, why in refusals.items() if not why]
        if not public:
            address, why = next(iter(refusals.items()))
            shown = host if host == address else f"{host} ({printable_line(address)})"
            raise FetchError(url, "blocked_address", f"{shown} is not connected to: {why}")
        return public

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls

    def _take_idle(self, origin: Origin) -> Connection | None:
        idle = self._idle.get(origin)
        while idle:
            connection = idle.pop()
            self._forget_idle(origin, connection)
            if connection.is_quiet:
                return connection
            connection.close()
        return None

    def release(self, origin: Origin, connection: Connection) -> None:
        """Keeps the connection for the next request, or closes it if it is not certain to be clean."""
        if self._idle_count >= _MOST_IDLE_CONNECTIONS or not connection.start_next_cycle():
            connection.close()
            return
        loop = asyncio.get_running_loop()
        connection.idle_timer = loop.call_later(_IDLE_SECONDS, self._close_idle, origin, connection)
        self._idle[origin].append(connection)
        self._idle_count += 1

    def _close_idle(self, origin: Origin, connection: Connection) -> None:
        self._idle[origin].remove(connection)
        self._forget_idle(origin, connection)
        connection.close()

    def _forget_idle(self, origin: Origin, connection: Connection) -> None:
        self._idle_count -= 1
        if connection.idle_timer:
            connection.idle_timer.cancel()
            connection.idle_timer = None
        if not self._idle[origin]:
            del self._idle[origin]


class _Body(httpx.AsyncByteStream):
    """The raw body of one response. Closing it releases the connection."""

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
            self._transport.release(self._origin, connection)


def _report_connected(request: httpx.Request) -> None:
    on_connect = request.extensions.get("on_connect")
    if on_connect:
        on_connect()


def _origin(url: httpx.URL) -> Origin:
    return url.scheme, url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)
