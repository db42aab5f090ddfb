"""Serves ``/health`` and ``/metrics`` over HTTP, in a thread with an event loop of its own.

A scrape of many sources, or a client that is slow, holds up no fetch.
"""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog
import uvicorn
from prometheus_client import make_asgi_app

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Iterator, MutableMapping

    from prometheus_client import CollectorRegistry

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    Health = Callable[[], tuple[int, dict[str, Any]]]

log = structlog.get_logger()

#: More clients than this at a time are answered with 503.
_CLIENTS = 50
_SECONDS_TO_END = 1.0


@contextmanager
def serving(listening: socket.socket, health: Health, registry: CollectorRegistry) -> Iterator[None]:
    """Answers on a bound socket while the block runs, and closes it. Both are asked anew for each answer."""
    config = uvicorn.Config(
        _App(health, registry),
        http="h11",
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        limit_concurrency=_CLIENTS,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    # In a thread that is not the main one, uvicorn leaves the signals to the service.
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listening])), name="endpoint", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(_SECONDS_TO_END + 1)


class _App:
    """The ASGI application."""

    def __init__(self, health: Health, registry: CollectorRegistry) -> None:
        self._health = health
        self._metrics = make_asgi_app(registry)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        try:
            if scope["method"] not in {"GET", "HEAD"}:
                await _answer(send, 405, "text/plain; charset=utf-8", b"GET only\n", (b"allow", b"GET, HEAD"))
            elif scope["path"] == "/metrics":
                await self._metrics(scope, receive, send)
            elif scope["path"] == "/health":
                status, state = self._health()
                await _answer(send, status, "application/json", json.dumps(state, ensure_ascii=False).encode())
            else:
                await _answer(send, 404, "text/plain; charset=utf-8", b"/health or /metrics\n")
        except Exception:
            log.exception("bug while answering", path=scope.get("path"))
            raise


async def _answer(send: Send, status: int, content_type: str, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    fields = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})
