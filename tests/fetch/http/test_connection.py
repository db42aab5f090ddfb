"""HTTP/1.1 as servers speak it and misspeak it, byte by byte over loopback."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from ingest.errors import FetchError
from ingest.fetch.http.connection import ClosedBeforeResponseError, Connection
from ingest.fetch.http.stream import connect, open_stream

URL = "http://harbour.example/page"
OK = b"HTTP/1.1 200 OK\r\n"
SHORT = OK + b"Content-Length: 4\r\n\r\nnoon"


@asynccontextmanager
async def connected(*responses: bytes, close: bool = True) -> AsyncIterator[Connection]:
    """A connection to a server that answers each request with the next of these; closed after the last one."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            for response in responses:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(response)
            if not close:
                await reader.read()
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        connection = Connection(await open_stream(await connect(["127.0.0.1"], port), None, "127.0.0.1"))
        try:
            yield connection
        finally:
            connection.close()
            await asyncio.sleep(0)


async def exchange(connection: Connection, url: str = URL) -> tuple[int, bytes]:
    head = await connection.send(httpx.Request("GET", url))
    return head.status_code, b"".join([data async for data in connection.body(url)])


def run(scenario: Callable[[Connection], Awaitable[Any]], *responses: bytes, close: bool = True) -> Any:
    async def inner() -> Any:
        async with connected(*responses, close=close) as connection:
            async with asyncio.timeout(10):
                return await scenario(connection)

    return asyncio.run(inner())


def failure(response: bytes) -> str:
    """The error class of a response, and a message of one line."""
    with pytest.raises(FetchError) as caught:
        run(exchange, response)
    assert caught.value.message.isprintable()
    assert caught.value.url == URL
    return caught.value.code


BODIES = {
    "length": SHORT,
    "chunks": OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nno\r\n2;x=y\r\non\r\n0\r\nX-Late: yes\r\n\r\n",
    "to the end": OK + b"\r\nnoon",
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\n\r\nnoon",
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 19 + SHORT,
    "both lengths": OK + b"Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnoon\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("response", BODIES.values(), ids=BODIES.keys())
def test_a_body_is_read_to_its_end_however_it_is_marked(response: bytes) -> None:
    assert run(exchange, response) == (200, b"noon")


BROKEN = {
    "no answer": (b"", "protocol"),
    "short": (OK + b"Content-Length: 9\r\n\r\nnoon", "truncated"),
    "no last chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\n4\r\nnoon\r\n", "truncated"),
    "impossible chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\n00fffffffffffffff\r\n", "protocol"),
    "no chunk size": (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", "protocol"),
    "two lengths": (OK + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nnoon", "protocol"),
    "upgrade": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", "protocol"),
    "no status": (b"HTTP/1.1 OK\r\n\r\n", "protocol"),
    "status 600": (b"HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n", "protocol"),
    "hints without end": (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 20 + SHORT, "protocol"),
    "HTML": (b"<html>noon</html>\r\n\r\n", "protocol"),
}


@pytest.mark.parametrize(("response", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_answer_is_cut_off_or_against_the_protocol(response: bytes, code: str) -> None:
    assert failure(response) == code


def test_five_hundred_header_fields_are_read_and_more_are_refused() -> None:
    def response(fields: int) -> bytes:
        return OK + b"A: b\r\n" * (fields - 1) + b"Content-Length: 4\r\n\r\nnoon"

    assert run(exchange, response(500)) == (200, b"noon")
    assert failure(response(501)) == "protocol"


def test_chunks_may_be_small_or_many_but_not_both() -> None:
    def response(chunks: int, size: int) -> bytes:
        return (
            OK + b"Transfer-Encoding: chunked\r\n\r\n" + (b"%x\r\n%s\r\n" % (size, b"z" * size)) * chunks + b"0\r\n\r\n"
        )

    assert run(exchange, response(1_500, 1))[1] == b"z" * 1_500
    assert run(exchange, response(5_000, 16))[1] == b"z" * 80_000
    assert failure(response(5_000, 1)) == "protocol"


def test_a_connection_serves_again_after_a_complete_response() -> None:
    async def scenario(connection: Connection) -> list[tuple[int, bytes]]:
        results = []
        for _ in range(3):
            results.append(await exchange(connection))
            assert connection.is_quiet
            assert connection.start_next_cycle()
        return results

    assert run(scenario, SHORT, SHORT, SHORT, close=False) == [(200, b"noon")] * 3


def test_a_connection_with_bytes_that_were_sent_ahead_does_not_serve_again() -> None:
    async def scenario(connection: Connection) -> bool:
        await exchange(connection)
        return connection.start_next_cycle()

    assert not run(scenario, SHORT + SHORT, close=False)


@pytest.mark.parametrize("response", [OK + b"Connection: close\r\nContent-Length: 4\r\n\r\nnoon", BODIES["to the end"]])
def test_a_connection_that_the_server_closes_does_not_serve_again(response: bytes) -> None:
    async def scenario(connection: Connection) -> bool:
        await exchange(connection)
        return connection.start_next_cycle() and connection.is_quiet

    assert not run(scenario, response)


def test_a_response_that_was_not_read_to_its_end_does_not_serve_again() -> None:
    async def scenario(connection: Connection) -> bool:
        await connection.send(httpx.Request("GET", URL))
        return connection.start_next_cycle()

    assert not run(scenario, SHORT, close=False)


def test_a_used_connection_that_was_closed_is_told_from_a_server_that_does_not_answer() -> None:
    async def scenario(connection: Connection) -> None:
        await exchange(connection)
        connection.start_next_cycle()
        await exchange(connection)

    with pytest.raises(ClosedBeforeResponseError):
        run(scenario, SHORT)


def test_a_url_that_no_request_line_can_hold_is_a_bad_url() -> None:
    async def scenario(connection: Connection) -> None:
        request = httpx.Request("GET", URL, headers={"X-Odd": "a\x00b"})
        await connection.send(request)

    with pytest.raises(FetchError) as caught:
        run(scenario, SHORT)
    assert caught.value.code == "bad_url"
