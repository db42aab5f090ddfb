"""Bytes over one connection on loopback: which address, when they arrive, and how it ends."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from ingest.fetch.http.stream import Stream, connect, open_stream

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def streaming(serve: Serve) -> AsyncIterator[Stream]:
    """A stream to a server that does this with its connection."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        finally:
            writer.close()

    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        stream = await open_stream(await connect(["127.0.0.1"], port), None, "127.0.0.1")
        try:
            yield stream
        finally:
            stream.abort()
            await asyncio.sleep(0)


def test_what_was_sent_arrives_and_then_the_end() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline())

    async def run() -> None:
        async with streaming(serve) as stream:
            stream.write(b"noon\n")
            assert await stream.read() == b"noon\n"
            assert stream.received == 5
            assert await stream.read() == b""
            assert await stream.read() == b""
            assert not stream.is_quiet

    asyncio.run(run())


def test_a_stream_is_quiet_until_something_arrives_that_nobody_has_read() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"unasked")
        await reader.read()

    async def run() -> None:
        async with streaming(serve) as stream:
            assert stream.is_quiet
            stream.write(b"\n")
            async with asyncio.timeout(5):
                while stream.is_quiet:
                    await asyncio.sleep(0.01)
            assert await stream.read() == b"unasked"
            assert stream.is_quiet

    asyncio.run(run())


def test_a_server_that_sends_more_than_is_read_has_to_wait() -> None:
    sent = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
        for _ in range(1000):
            writer.write(bytes(65_536))
            await writer.drain()
            sent += 65_536

    async def run() -> int:
        async with streaming(serve) as stream:
            async with asyncio.timeout(5):
                while stream.received <= 256 * 1024:
                    await asyncio.sleep(0.01)
            await asyncio.sleep(0.2)
            waiting = stream.received
            assert waiting < 2_000_000
            assert sent < 65_536_000
            total = 0
            async with asyncio.timeout(30):
                while data := await stream.read():
                    total += len(data)
            return total

    assert asyncio.run(run()) == 65_536_000


def test_a_connection_that_breaks_is_an_error_after_what_had_arrived() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"half")
        await reader.readline()
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    async def run() -> None:
        async with streaming(serve) as stream:
            assert await stream.read() == b"half"
            stream.write(b"\n")
            with pytest.raises(ConnectionResetError):
                await stream.read()

    asyncio.run(run())


@asynccontextmanager
async def listening(address: str) -> AsyncIterator[int]:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(greet, address, 0) as server:
        yield server.sockets[0].getsockname()[1]


def test_addresses_are_tried_until_one_accepts() -> None:
    async def run() -> tuple[str, int]:
        async with listening("127.0.0.1") as port:
            connected = await connect(["127.0.0.9", "127.0.0.8", "127.0.0.1", "127.0.0.7"], port)
            with connected:
                return connected.getpeername()[0], port

    assert asyncio.run(run())[0] == "127.0.0.1"


def test_four_addresses_are_tried_at_most_with_both_families_among_them() -> None:
    async def run(addresses: list[str]) -> str:
        async with listening("127.0.0.1") as port:
            with await connect(addresses, port) as connected:
                return str(connected.getpeername()[0])

    dead = [f"127.0.0.{number}" for number in range(11, 20)]
    assert asyncio.run(run([*dead[:3], "127.0.0.1"])) == "127.0.0.1"
    with pytest.raises(ConnectionRefusedError):
        asyncio.run(run([*dead[:4], "127.0.0.1"]))
    assert asyncio.run(run(["::1", "::2", "::3", "::4", "::5", "127.0.0.1"])) == "127.0.0.1"


def test_where_nobody_listens_the_last_refusal_is_raised() -> None:
    async def run() -> None:
        async with listening("127.0.0.1") as port:
            with pytest.raises(ConnectionRefusedError):
                await connect(["127.0.0.9"], port)

    asyncio.run(run())
