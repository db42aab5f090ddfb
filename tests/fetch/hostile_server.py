"""A server on loopback that behaves as badly as servers do. `BEHAVIOURS` maps a path to what it does."""

from __future__ import annotations

import asyncio
import base64
import gzip
import socket
import ssl
import struct
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Self

import brotli
import zstandard

from ingest.fetch.client import Fetcher
from ingest.model import Settings

BODY = b"<html><body><p>The ferry to the island leaves at noon, weather permitting.</p></body></html>"
ALLOW = ("127.0.0.0/27",)
#: On loopback too, but not allowed: nothing may ever be heard there.
FORBIDDEN = "127.0.0.66"


@dataclass
class Visit:
    """One request, and the means to answer it."""

    path: str
    headers: dict[str, str]
    at: float
    number: int
    """How many requests for this path came before."""
    origin: str
    writer: asyncio.StreamWriter = field(repr=False)
    hang_up: bool = False

    @property
    def step(self) -> int:
        """The number in the query, 0 without one."""
        return int(self.path.partition("?")[2] or 0)

    async def send(self, *parts: bytes, pause: float = 0.0) -> None:
        for part in parts:
            self.writer.write(part)
            await self.writer.drain()
            await asyncio.sleep(pause)

    async def answer(self, body: bytes = BODY, status: str = "200 OK", *headers: str) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
        await self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    async def chunked(self, *chunks: bytes, end: bytes = b"0\r\n\r\n") -> None:
        await self.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        await self.send(*(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks), end)

    def reset(self) -> None:
        connection = self.writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.hang_up = True


Behaviour = Callable[[Visit], Awaitable[None]]


class HostileServer:
    """Serves `BEHAVIOURS`, and the ``routes`` that a test adds, on loopback addresses at one port."""

    def __init__(self, **routes: Behaviour) -> None:
        self.routes: dict[str, Behaviour] = dict(BEHAVIOURS) | routes
        self.robots: Behaviour | None = None
        self.visits: list[Visit] = []
        self.forbidden: list[bytes] = []
        self.connections = 0
        self.open = self.most_open = 0
        self.port = 0
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self, *, robots: bool = False) -> list[str]:
        return [visit.path for visit in self.visits if robots or visit.path != "/robots.txt"]

    async def __aenter__(self) -> Self:
        first = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = first.sockets[0].getsockname()[1]
        others = [await asyncio.start_server(self._serve, f"127.0.0.{n}", self.port) for n in (2, 3)]
        self._servers = [first, *others, await asyncio.start_server(self._overhear, FORBIDDEN, self.port)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for server in self._servers:
            server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def serve_tls(self, certificate: ssl.SSLContext) -> int:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=certificate)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def _overhear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.forbidden.append(await reader.read(100))
        writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        self.connections += 1
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._answer_one(reader, writer):
                    pass
        finally:
            self.open -= 1
            writer.transport.abort()

    async def _answer_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split()[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        number = self.paths(robots=True).count(path)
        origin = f"http://{writer.get_extra_info('sockname')[0]}:{self.port}"
        visit = Visit(path, headers, time.monotonic(), number, origin, writer)
        self.visits.append(visit)
        name = path.removeprefix("/").partition("?")[0]
        if name == "robots.txt":
            await (self.robots(visit) if self.robots else visit.answer(b"", "404 Not Found"))
        else:
            await self.routes.get(name, Visit.answer)(visit)
        return not visit.hang_up


@asynccontextmanager
async def fetching(
    server: HostileServer | None = None, **settings: object
) -> AsyncIterator[tuple[HostileServer, Fetcher]]:
    """A running server, and a fetcher that may visit it."""
    chosen = {"delay": 0.0, "deadline": 10.0, "allow_addresses": ALLOW, "max_bytes": 200_000} | settings
    async with server or HostileServer() as running, Fetcher(Settings(**chosen)) as fetcher:  # type: ignore[arg-type]
        yield running, fetcher


BEHAVIOURS: dict[str, Behaviour] = {}


def route(behaviour: Behaviour) -> Behaviour:
    BEHAVIOURS[behaviour.__name__.strip("_").replace("_", "-")] = behaviour
    return behaviour


# --- slow and endless


@route
async def hang(visit: Visit) -> None:
    await asyncio.sleep(60)


@route
async def hang_after_head(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
    await asyncio.sleep(60)


@route
async def drip_head(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    await visit.send(*[b"z"] * 10_000, pause=0.02)


@route
async def drip_body(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
    await visit.send(*[b"z"] * 10_000, pause=0.02)


@route
async def drip_chunks(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    await visit.send(*[b"1\r\nz\r\n"] * 10_000, pause=0.02)


@route
async def slow_chain(visit: Visit) -> None:
    await asyncio.sleep(0.2)
    await visit.answer(b"", "302 Found", f"Location: /slow-chain?{visit.step + 1}")


@route
async def endless_body(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        await visit.send(b"<p>again</p>" * 1000)


@route
async def endless_chunks(visit: Visit) -> None:
    await visit.chunked(*[b"<p>again</p>" * 1000] * 10_000)


@route
async def announced_10_gigabytes(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n" + BODY)
    await asyncio.sleep(60)


# --- broken framing


@route
async def silence(visit: Visit) -> None:
    visit.hang_up = True


@route
async def reset_before_answer(visit: Visit) -> None:
    visit.reset()


@route
async def reset_in_body(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf", pause=0.05)
    visit.reset()


@route
async def short_body(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + BODY)
    visit.hang_up = True


@route
async def missing_last_chunk(visit: Visit) -> None:
    await visit.chunked(BODY, end=b"")
    visit.hang_up = True


@route
async def bad_chunk_size(visit: Visit) -> None:
    await visit.chunked(end=b"zz\r\n" + BODY)


@route
async def impossible_chunk_size(visit: Visit) -> None:
    await visit.chunked(end=b"FFFFFFFFFFFFFFFF\r\n" + BODY)
    visit.hang_up = True


@route
async def chunks_of_one_byte(visit: Visit) -> None:
    await visit.chunked(end=b"1\r\nz\r\n" * 190_000 + b"0\r\n\r\n")


@route
async def chunk_extension_flood(visit: Visit) -> None:
    await visit.chunked(end=b"5;" + b"x=y;" * 100_000 + b"\r\nhello\r\n0\r\n\r\n")


@route
async def trailer_flood(visit: Visit) -> None:
    await visit.chunked(BODY, end=b"0\r\n" + b"X-Late: yes\r\n" * 100_000)


@route
async def header_flood(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\n" + b"X-More: yes\r\n" * 100_000 + b"\r\n")


@route
async def many_small_headers(visit: Visit) -> None:
    await visit.answer(BODY, "200 OK", *["A: b"] * 600)


@route
async def interim_flood(visit: Visit) -> None:
    while True:
        await visit.send(b"HTTP/1.1 103 Early Hints\r\nLink: </style>\r\n\r\n" * 100)


@route
async def unasked_upgrade(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n")


@route
async def garbage(visit: Visit) -> None:
    await visit.send(bytes(range(256)) * 4)
    visit.hang_up = True


@route
async def no_status_line(visit: Visit) -> None:
    await visit.send(BODY)
    visit.hang_up = True


@route
async def status_in_words(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 twohundred OK\r\nContent-Length: 0\r\n\r\n")


@route
async def two_lengths(visit: Visit) -> None:
    await visit.answer(BODY, "200 OK", "Content-Length: 5")


# --- content codings


def _zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def _zstd_zeros(blocks: int) -> bytes:
    """RLE blocks: four bytes for 128 kB each."""
    block = (131_072 << 3) | 2
    head = zstandard.FRAME_HEADER + b"\x00\x50"
    return head + (block.to_bytes(3, "little") + b"\0") * blocks + (block | 1).to_bytes(3, "little") + b"\0"


def coded(name: str, coding: str, body: bytes) -> None:
    async def behaviour(visit: Visit) -> None:
        await visit.answer(body, "200 OK", f"Content-Encoding: {coding}")

    BEHAVIOURS[name] = behaviour


coded("gzip-bomb", "gzip", _zeros(30))
coded("deflate-bomb", "deflate", zlib.compress(bytes(30_000_000)))
coded("brotli-bomb", "br", brotli.compress(bytes(30_000_000), quality=3))
coded("zstd-bomb", "zstd", _zstd_zeros(16_000))
coded("bomb-in-a-bomb", "gzip, gzip", gzip.compress(_zeros(30)))
coded("three-codings", "gzip, gzip, gzip", gzip.compress(gzip.compress(gzip.compress(BODY))))
coded("a-thousand-codings", ",".join(["gzip"] * 1000), BODY)
coded("unknown-coding", "x-nonesuch", BODY)
coded("not-gzip-at-all", "gzip", BODY)
coded("wrong-checksum", "gzip", gzip.compress(BODY)[:-8] + bytes(4) + len(BODY).to_bytes(4, "little"))
coded("cut-gzip", "gzip", gzip.compress(BODY * 50)[:-30])
coded("cut-brotli", "br", brotli.compress(BODY * 50)[:-3])
coded("cut-zstd", "zstd", zstandard.compress(BODY * 50)[:-3])
coded("cut-deflate", "deflate", zlib.compress(BODY * 50)[:-6])
coded("empty-members", "gzip", gzip.compress(b"") * 9_000 + gzip.compress(BODY))


@route
async def packed_file_bomb(visit: Visit) -> None:
    await visit.answer(_zeros(30), "200 OK", "Content-Type: application/gzip")


# --- statuses and redirects


def status(name: str, line: str, *headers: str) -> None:
    async def behaviour(visit: Visit) -> None:
        await visit.answer(BODY, line, *headers)

    BEHAVIOURS[name] = behaviour


for number in (206, 300, 305, 400, 401, 402, 403, 404, 407, 410, 418, 429, 451, 500, 502, 503, 599, 600, 999):
    status(str(number), f"{number} Whatever")
status("304", "304 Not Modified", 'ETag: "v2"')
status("429-in-seconds", "429 Slow Down", "Retry-After: 120")
status("429-in-words", "429 Slow Down", "Retry-After: after lunch")
status("503-in-seconds", "503 Busy", "Retry-After: 120")
status("503-at-a-date", "503 Busy", "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT")
status("image", "200 OK", "Content-Type: image/png")
status("pdf", "200 OK", "Content-Type: Application/PDF; x=y")


def redirect(name: str, location: str, line: str = "302 Found") -> None:
    async def behaviour(visit: Visit) -> None:
        target = location.replace("PORT", visit.origin.rpartition(":")[2])
        await visit.answer(b"moved", line, *([f"Location: {target}"] if target else []))

    BEHAVIOURS[name] = behaviour


redirect("circle", "/circle")
redirect("without-a-target", "")
redirect("to-a-file", "file:///etc/passwd")
redirect("to-gopher", "gopher://127.0.0.1:70/_x")
redirect("to-nonsense", "http://[::1")
redirect("to-no-host", "http:///path")
redirect("to-credentials", "http://127.0.0.1:1@127.0.0.66:PORT/")
redirect("to-a-backslash", "http://127.0.0.66:PORT\\@127.0.0.1/")
for number in (301, 302, 303, 307, 308):
    redirect(f"{number}-inside", f"http://{FORBIDDEN}:PORT/secret", f"{number} Moved")
redirect("two-steps-inside", "http://127.0.0.2:PORT/302-inside")
redirect("without-a-scheme-inside", f"//{FORBIDDEN}:PORT/secret")
redirect("mapped-inside", f"http://[::ffff:{FORBIDDEN}]:PORT/secret")
redirect("to-broken-punycode", "http://xn--a.example/")
redirect("decimal-inside", "http://2130706498:PORT/secret")


@route
async def endless_redirects(visit: Visit) -> None:
    await visit.answer(b"", "302 Found", f"Location: /endless-redirects?{visit.step + 1}")


@route
async def redirect_with_a_bomb(visit: Visit) -> None:
    bomb = base64.b64decode("H4sIAAAAAAACAw==") + bytes(500_000)
    await visit.answer(bomb, "302 Found", "Location: /plain", "Content-Encoding: gzip")


@route
async def redirect_with_an_endless_body(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 302 Found\r\nLocation: /plain\r\n\r\n")
    while True:
        await visit.send(b"endless" * 1000)
