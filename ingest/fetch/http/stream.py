"""One TCP or TLS connection to one address that was checked, read on demand. HTTP is spoken in `connection`."""

from __future__ import annotations

import asyncio
import socket
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

#: With more unread bytes than this, reading pauses until they are consumed.
_BUFFER_BYTES = 256 * 1024
#: So that one dead address of several does not take the whole deadline; the last attempt has no such limit.
_ATTEMPT_SECONDS = 3.0
_ATTEMPTS = 4


class Stream(asyncio.Protocol):
    """Bytes in both directions. Unlike `asyncio`'s streams, it knows whether unread bytes have arrived."""

    def __init__(self) -> None:
        self.received = 0
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._waiter: asyncio.Future[None] | None = None
        self._ended = False
        self._error: Exception | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self.received += len(data)
        if len(self._buffer) > _BUFFER_BYTES and self._transport:
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended, self._error = True, exc
        self._wake()

    @property
    def is_quiet(self) -> bool:
        """Open, and without unread bytes: it can be used for another request."""
        return not self._ended and not self._buffer

    async def read(self) -> bytes:
        """The bytes that have arrived, at least one; b"" at the end. Raises OSError if the connection broke."""
        while not self._buffer:
            if self._error:
                raise ConnectionResetError(str(self._error)) from self._error
            if self._ended:
                return b""
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        data = bytes(self._buffer)
        self._buffer.clear()
        if len(data) > _BUFFER_BYTES and self._transport and not self._ended:
            self._transport.resume_reading()
        return data

    def write(self, data: bytes) -> None:
        if self._transport:
            self._transport.write(data)

    def abort(self) -> None:
        if self._transport:
            self._transport.abort()

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)


async def connect(addresses: list[str], port: int) -> socket.socket:
    """A socket connected to the first of the numeric addresses that accepts. Raises OSError if none does."""
    attempts = _interleaved(addresses)[:_ATTEMPTS]
    for address in attempts[:-1]:
        try:
            async with asyncio.timeout(_ATTEMPT_SECONDS):
                return await _connect_one(address, port)
        except OSError:  # TimeoutError is one, too.
            continue
    return await _connect_one(attempts[-1], port)


def _interleaved(addresses: list[str]) -> list[str]:
    """IPv6 and IPv4 in turn, as in Happy Eyeballs (RFC 8305): a broken family does not use up all the attempts."""
    first = [address for address in addresses if (":" in address) == (":" in addresses[0])]
    second = [address for address in addresses if (":" in address) != (":" in addresses[0])]
    return [address for pair in zip_longest(first, second) for address in pair if address]


async def open_stream(connected: socket.socket, tls: ssl.SSLContext | None, host: str) -> Stream:
    """The stream over a connected socket. With ``tls``, its certificate must be valid for ``host``. Raises OSError."""
    try:
        _, stream = await asyncio.get_running_loop().create_connection(
            Stream, sock=connected, ssl=tls, server_hostname=host if tls else None
        )
    except BaseException:
        connected.close()
        raise
    return stream


async def _connect_one(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.get_running_loop().sock_connect(connection, (address, port))
    except BaseException:
        connection.close()
        raise
    return connection
