"""A receiver of webhooks on loopback that misbehaves as told, and a queue of events in a real database."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ingest.health.notifications import Notifier
from ingest.model import Finding, Receiver
from ingest.run.notifying import _StoreQueue
from ingest.store import notifications
from ingest.store.thread import StoreThread

PATIENCE = 20.0
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


class Hook:
    """Answers 204, unless ``script`` has something else for the next request; ``got`` holds what it acknowledged."""

    def __init__(self, port: int = 0) -> None:
        self.got: list[dict[str, Any]] = []
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.script: list[Callable[[BaseHTTPRequestHandler], bool]] = []
        self.released = threading.Event()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.requests.append((dict(self.headers), body))
                if not hook.script or hook.script.pop(0)(self):
                    hook.got.append(json.loads(body))
                    answer(self, 204)

            def log_message(self, *_: object) -> None:
                """Tests read `requests`."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """The client may hang up."""

        self._server = Server(("127.0.0.1", port), Handler)
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def events(self) -> list[int]:
        return [event["id"] for event in self.got]

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def answer(request: BaseHTTPRequestHandler, status: int, **headers: str) -> bool:
    request.send_response(status)
    for name, value in {"Content-Length": "0", **headers}.items():
        request.send_header(name, value)
    request.end_headers()
    return False


@pytest.fixture
def hook() -> Iterator[Hook]:
    server = Hook()
    yield server
    server.close()


@dataclass
class Desk:
    """Queues events, and delivers them until something is true. Times are short; each test says what they are for."""

    path: Path
    receivers: tuple[Receiver, ...] = ()
    timeout: float = 5.0
    first_retry: float = 0.05
    seconds: float = 0.0
    """For `Notifier.finish`."""
    now: datetime = NOW
    events: int = field(default=0, init=False)

    def to(self, hook: Hook, key: str = "hook", **fields: Any) -> Receiver:
        return Receiver(key, "127.0.0.1", webhook=hook.url, **fields)

    def run(self, work: Callable[[StoreThread, Notifier], Awaitable[Any]]) -> None:
        async def run() -> None:
            store = StoreThread(self.path)
            try:
                await store(lambda opened: opened.notifications.subscribe(self.receivers, (), self.now))
                queue = _StoreQueue(store, lambda: self.now)
                pace = {"timeout": self.timeout, "first_retry": self.first_retry}
                async with Notifier(self.receivers, queue, random=lambda: 0.5, **pace) as notifier:
                    await work(store, notifier)
                    await notifier.finish(self.seconds)
            finally:
                store.close()

        asyncio.run(run())

    async def note(self, store: StoreThread, count: int = 1) -> None:
        for _ in range(count):
            self.events += 1
            finding = Finding("", f"kind-{self.events}", NOW, "Something is wrong.")
            await store(
                lambda opened, about=finding: notifications.note_finding(opened._db, "finding.opened", about, NOW)
            )

    def deliver(self, count: int, until: Callable[[], bool]) -> None:
        """Queues so many events, and works until ``until`` is true."""

        async def work(store: StoreThread, _: Notifier) -> None:
            await self.note(store, count)
            await becomes(until)

        self.run(work)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []

        async def work() -> None:
            store = StoreThread(self.path)
            found.extend(await store(lambda opened: opened._db.execute(sql).fetchall()))
            store.close()

        asyncio.run(work())
        return found


async def becomes(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.01)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "articles.db")
