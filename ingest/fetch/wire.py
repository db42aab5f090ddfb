"""httpx's transport over checked addresses: connects, asks, hands out raw bodies. Follows and decodes nothing.

HTTP/1.1 is read by h11, as in httpx's own transport. That one is not used because it hands bytes that a server
pushed ahead to the next request, reads interim answers without end, and does not count framing.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections import defaultdict
from typing import TYPE_CHECKING

import h11
import httpx

from ingest.errors import FetchError
from ingest.fetch.line import Line, connect, open_line
from ingest.fetch.target import address_of, one_line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from ingest.fetch.guard import Guard
    from ingest.fetch.resolve import Resolver

_HEAD_BYTES = 128 * 1024
_HEAD_FIELDS = 500
_INTERIM_ANSWERS = 20
#: Framing may weigh as much as the content and this many bytes: chunks of one byte are a flood.
_FRAMING_BYTES = 256 * 1024
_IDLE_SECONDS = 15.0
_IDLE_CONNECTIONS = 128

Origin = tuple[str, str, int]


class _GoneBeforeAnswerError(Exception):
    """A resting connection was closed by the server as we wrote to it; a fresh one deserves a try."""


class Transport(httpx.AsyncBaseTransport):
    """Keeps connections that rest after a whole answer, for a while. All failures are `FetchError`."""

    def __init__(self, guard: Guard, resolver: Resolver, tls: ssl.SSLContext | None = None) -> None:
        self._guard = guard
        self._resolver = resolver
        self._tls = tls
        self._resting: dict[Origin, list[_Connection]] = defaultdict(list)
        self._rest_count = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        origin = _origin(request.url)
        rested = self._wake(origin)
        if rested:
            try:
                return await self._ask(rested, origin, request)
            except _GoneBeforeAnswerError:
                pass
        fresh = _Connection(await self._connect(origin, str(request.url)))
        return await self._ask(fresh, origin, request)

    async def aclose(self) -> None:
        for connection in [kept for resting in self._resting.values() for kept in resting]:
            connection.close()
        self._resting.clear()
        await asyncio.sleep(0)  # An aborted transport closes its socket in the next turn of the loop.

    async def _ask(self, connection: _Connection, origin: Origin, request: httpx.Request) -> httpx.Response:
        try:
            head = await connection.ask(request)
        except BaseException:
            connection.close()
            raise
        body = _Body(self, connection, origin, str(request.url))
        return httpx.Response(head.status_code, headers=head.headers.raw_items(), stream=body, request=request)

    async def _connect(self, origin: Origin, url: str) -> Line:
        scheme, host, port = origin
        addresses = await self._checked_addresses(host, url)
        try:
            connected = await connect(addresses, port)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else "no answer"
            raise FetchError(url, "connect", f"{host} port {port} cannot be reached: {reason}") from error
        if scheme == "http":
            return await open_line(connected, None, host)
        try:
            return await open_line(connected, self._tls_context(), host.removesuffix("."))
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

    def _wake(self, origin: Origin) -> _Connection | None:
        resting = self._resting.get(origin)
        while resting:
            connection = resting.pop()
            self._forget_rest(origin, connection)
            if connection.silent:
                return connection
            connection.close()
        return None

    def rest(self, origin: Origin, connection: _Connection) -> None:
        """Keep a connection for the next request, or close it if it is not certain to be clean."""
        if self._rest_count >= _IDLE_CONNECTIONS or not connection.renew():
            connection.close()
            return
        loop = asyncio.get_running_loop()
        connection.alarm = loop.call_later(_IDLE_SECONDS, self._end_rest, origin, connection)
        self._resting[origin].append(connection)
        self._rest_count += 1

    def _end_rest(self, origin: Origin, connection: _Connection) -> None:
        self._resting[origin].remove(connection)
        self._forget_rest(origin, connection)
        connection.close()

    def _forget_rest(self, origin: Origin, connection: _Connection) -> None:
        self._rest_count -= 1
        if connection.alarm:
            connection.alarm.cancel()
            connection.alarm = None
        if not self._resting[origin]:
            del self._resting[origin]


class _Connection:
    """HTTP/1.1 on one line, one exchange after another."""

    def __init__(self, line: Line) -> None:
        self.alarm: asyncio.TimerHandle | None = None
        self._line = line
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD_BYTES)
        self._used = False

    @property
    def silent(self) -> bool:
        return self._line.silent

    def close(self) -> None:
        if self.alarm:
            self.alarm.cancel()
        self._line.abort()

    async def ask(self, request: httpx.Request) -> h11.Response:
        """Send the request and read up to the end of the answer's head."""
        self._line.received = 0
        url = str(request.url)
        try:
            asked = h11.Request(method="GET", target=request.url.raw_path, headers=request.headers.raw)
        except h11.LocalProtocolError as error:
            raise FetchError(url, "bad_url", f"the URL cannot be asked for: {one_line(str(error))}") from error
        self._line.write((self._http.send(asked) or b"") + (self._http.send(h11.EndOfMessage()) or b""))
        for _ in range(_INTERIM_ANSWERS):
            event = await self._head_event(url)
            if isinstance(event, h11.Response):
                self._used = True
                return _checked_head(event, url)
            if not isinstance(event, h11.InformationalResponse) or event.status_code == 101:
                raise FetchError(url, "protocol", "the server switched to another protocol, unasked")
        raise FetchError(url, "protocol", f"more than {_INTERIM_ANSWERS} interim answers before the answer")

    async def body(self, url: str) -> AsyncIterator[bytes]:
        """The raw body as it arrives. FetchError ``truncated`` or ``protocol`` if it is not whole."""
        content, start = 0, self._line.received
        while True:
            event = await self._body_event(url)
            if not isinstance(event, h11.Data):
                return
            content += len(event.data)
            if self._line.received - start > 2 * content + _FRAMING_BYTES:
                raise FetchError(url, "protocol", "the answer is more framing than content")
            yield bytes(event.data)

    def renew(self) -> bool:
        """Ready for another request; False unless exactly one whole answer was sent and read."""
        http = self._http
        if (http.our_state, http.their_state) != (h11.DONE, h11.DONE) or http.trailing_data[0] or not self.silent:
            return False
        http.start_next_cycle()
        return True

    async def _head_event(self, url: str) -> object:
        while True:
            event = self._next_event(url)
            if event is not h11.NEED_DATA:
                return event
            try:
                data = await self._line.read()
            except OSError as error:
                self._check_gone(error)
                raise FetchError(url, "connect", "the server reset the connection before it answered") from error
            if not data and not self._line.received:
                self._check_gone(None)
                raise FetchError(url, "protocol", "the server closed the connection without an answer")
            self._http.receive_data(data)

    async def _body_event(self, url: str) -> object:
        while True:
            event = self._next_event(url)
            if event is not h11.NEED_DATA:
                return event
            try:
                self._http.receive_data(await self._line.read())
            except OSError as error:
                raise FetchError(url, "truncated", "the connection broke in the middle of the answer") from error

    def _next_event(self, url: str) -> object:
        try:
            return self._http.next_event()
        except h11.RemoteProtocolError as error:
            # h11 says "peer closed connection without sending complete message body" for both framings.
            if "peer closed connection" in str(error):
                raise FetchError(url, "truncated", "the answer ended before its announced end") from error
            raise FetchError(url, "protocol", f"the answer breaks the rules of HTTP: {one_line(str(error))}") from error

    def _check_gone(self, error: OSError | None) -> None:
        if self._used and not self._line.received:
            raise _GoneBeforeAnswerError from error


class _Body(httpx.AsyncByteStream):
    """The raw body of one answer. Closing it rests or closes the connection."""

    def __init__(self, transport: Transport, connection: _Connection, origin: Origin, url: str) -> None:
        self._transport = transport
        self._connection: _Connection | None = connection
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


def _origin(url: httpx.URL) -> Origin:
    return url.scheme, url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)


def _checked_head(head: h11.Response, url: str) -> h11.Response:
    if len(head.headers) > _HEAD_FIELDS:
        raise FetchError(url, "protocol", f"more than {_HEAD_FIELDS} header fields")
    if not 200 <= head.status_code < 600:
        raise FetchError(url, "protocol", f"{head.status_code} is no HTTP status", status=head.status_code)
    return head
