"""HTTP/1.1 over one stream, one exchange after another, parsed by h11 as in httpx. Bodies stay encoded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import h11

from ingest.errors import FetchError
from ingest.fetch.http.printable import printable_line

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator

    import httpx

    from ingest.fetch.http.stream import Stream

#: Large, because some sites set dozens of cookies of 4 kB in one response.
_HEAD_BYTES = 512 * 1024
_HEAD_FIELDS = 500
_MOST_INTERIM_RESPONSES = 20
#: Framing may take as many bytes as the content, and this many more.
_FRAMING_BYTES = 256 * 1024
#: Chunks beyond this many have to hold eight bytes on average: parsing a chunk costs more than its bytes.
_CHUNKS = 2000
_HUGE_CHUNK = re.compile(rb"0*[1-9A-Fa-f][0-9A-Fa-f]{11}")


class ClosedBeforeResponseError(Exception):
    """The server closed an idle connection while the request was sent; the request may be sent on a new one."""


class Connection:
    """One connection to a server. ``idle_timer`` is set while it waits for its next request."""

    def __init__(self, stream: Stream) -> None:
        self.idle_timer: asyncio.TimerHandle | None = None
        self._stream = stream
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD_BYTES)
        self._used = False
        self._chunked = False

    @property
    def is_quiet(self) -> bool:
        """Open, and without bytes that arrived unasked."""
        return self._stream.is_quiet

    def close(self) -> None:
        if self.idle_timer:
            self.idle_timer.cancel()
        self._stream.abort()

    async def send(self, request: httpx.Request) -> h11.Response:
        """Sends the request and reads the response up to the end of its header.

        Raises FetchError, or ClosedBeforeResponseError if the server had closed the connection.
        """
        self._stream.received = 0
        url = str(request.url)
        try:
            request_head = h11.Request(method="GET", target=request.url.raw_path, headers=request.headers.raw)
        except h11.LocalProtocolError as error:
            raise FetchError(url, "bad_url", f"the URL cannot be asked for: {printable_line(str(error))}") from error
        self._stream.write((self._http.send(request_head) or b"") + (self._http.send(h11.EndOfMessage()) or b""))
        for _ in range(_MOST_INTERIM_RESPONSES):
            event = await self._head_event(url)
            if isinstance(event, h11.Response):
                self._used = True
                self._chunked = any(name == b"transfer-encoding" for name, _ in event.headers)
                return _checked_head(event, url)
            if not isinstance(event, h11.InformationalResponse) or event.status_code == 101:
                raise FetchError(url, "protocol", "the server switched to another protocol, unasked")
        raise FetchError(url, "protocol", f"more than {_MOST_INTERIM_RESPONSES} interim answers before the answer")

    async def body(self, url: str) -> AsyncIterator[bytes]:
        """The raw body as it arrives. Raises FetchError ``truncated`` if it ends early, ``protocol`` if malformed."""
        content, chunks, start = 0, 0, self._stream.received
        if self._chunked:
            await self._check_first_chunk(url)
        while True:
            event = await self._body_event(url)
            if not isinstance(event, h11.Data):
                return
            content, chunks = content + len(event.data), chunks + 1
            if chunks > _CHUNKS + content // 8 or self._stream.received - start > 2 * content + _FRAMING_BYTES:
                raise FetchError(url, "protocol", "the answer is more framing than content")
            yield bytes(event.data)

    def start_next_cycle(self) -> bool:
        """Prepares for another request; False unless exactly one complete response was sent and read."""
        http = self._http
        if (http.our_state, http.their_state) != (h11.DONE, h11.DONE) or http.trailing_data[0]:
            return False
        http.start_next_cycle()
        return True

    async def _head_event(self, url: str) -> object:
        lines = 0
        while True:
            event = self._next_event(url)
            if event is not h11.NEED_DATA:
                return event
            try:
                data = await self._stream.read()
            except OSError as error:
                self._check_closed(error)
                raise FetchError(url, "connect", "the server reset the connection before it answered") from error
            if not data and not self._stream.received:
                self._check_closed(None)
                raise FetchError(url, "protocol", "the server closed the connection without an answer")
            if lines > _HEAD_FIELDS:
                # Refused before parsing, which takes the longer the shorter the fields are.
                raise FetchError(url, "protocol", f"more than {_HEAD_FIELDS} header fields")
            lines += data.count(b"\n")
            self._http.receive_data(data)

    async def _body_event(self, url: str) -> object:
        while True:
            event = self._next_event(url)
            if event is not h11.NEED_DATA:
                return event
            await self._receive_body(url)

    async def _receive_body(self, url: str) -> None:
        try:
            self._http.receive_data(await self._stream.read())
        except OSError as error:
            raise FetchError(url, "truncated", "the connection broke in the middle of the answer") from error

    async def _check_first_chunk(self, url: str) -> None:
        """An impossible chunk size is a malformed response, not a truncated one; h11 reports both in the same way."""
        if not self._http.trailing_data[0]:
            await self._receive_body(url)
        if _HUGE_CHUNK.match(self._http.trailing_data[0]):
            raise FetchError(url, "protocol", "the answer breaks the rules of HTTP: an impossible chunk size")

    def _next_event(self, url: str) -> object:
        try:
            return self._http.next_event()
        except h11.RemoteProtocolError as error:
            # h11 says "peer closed connection without sending complete message body" for both framings.
            if "peer closed connection" in str(error):
                raise FetchError(url, "truncated", "the answer ended before its announced end") from error
            reason = printable_line(str(error).partition(":")[0].replace("request line", "status line"))
            raise FetchError(url, "protocol", f"the answer breaks the rules of HTTP: {reason}") from error

    def _check_closed(self, error: OSError | None) -> None:
        if self._used and not self._stream.received:
            raise ClosedBeforeResponseError from error


def _checked_head(head: h11.Response, url: str) -> h11.Response:
    if len(head.headers) > _HEAD_FIELDS:
        raise FetchError(url, "protocol", f"more than {_HEAD_FIELDS} header fields")
    if not 200 <= head.status_code < 600:
        raise FetchError(url, "protocol", f"{head.status_code} is no HTTP status", status=head.status_code)
    return head
