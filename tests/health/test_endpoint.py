"""`/health` and `/metrics` over HTTP, also for clients that are no Prometheus."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from ingest.health.counters import Counters
from ingest.health.endpoint import serving
from ingest.health.metrics import registry


@dataclass
class Measured:
    links_queued: int = 0
    newest_age: dict[str, float] = field(default_factory=dict)
    findings: dict[tuple[str, str], int] = field(default_factory=dict)
    size: int = 0


@pytest.fixture
def state() -> list[Any]:
    return [(200, {"status": "ok"})]


@pytest.fixture
def port(state: list[Any]) -> Iterator[int]:
    listening = socket.create_server(("127.0.0.1", 0))
    port: int = listening.getsockname()[1]
    with serving(listening, lambda: state[0], registry(Counters(), lambda: 0, Measured)):
        yield port


def get(port: int, path: str, method: str = "GET") -> httpx.Response:
    with httpx.Client(trust_env=False) as client:
        return client.request(method, f"http://127.0.0.1:{port}{path}")


def raw(port: int, request: bytes) -> bytes:
    """What comes back; nothing, if the server hangs up over it."""
    found = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection, suppress(ConnectionError):
        connection.sendall(request)
        with suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
        while piece := connection.recv(65_536):
            found += piece
    return found


def test_health_is_json_with_the_status_of_the_service(port: int, state: list[Any]):
    assert get(port, "/health").json() == {"status": "ok"}
    state[0] = (503, {"status": "broken"})
    response = get(port, "/health")
    assert (response.status_code, response.headers["Content-Type"]) == (503, "application/json")


def test_metrics_are_prometheus_text(port: int):
    response = get(port, "/metrics")
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    assert "\ningest_links_queued 0.0\n" in response.text


def test_other_paths_and_methods_are_answered_with_what_there_is(port: int):
    assert (get(port, "/").status_code, get(port, "/").text) == (404, "/health or /metrics\n")
    assert get(port, "/health", "POST").status_code == 405
    assert (get(port, "/health", "HEAD").status_code, get(port, "/health", "HEAD").content) == (200, b"")


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
        b"GET " + b"/x" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /health HTTP/1.1\r\n\r\n",
        b"GET /metrics?name[]=%00%ff&format=\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /%2e%2e/%00 HTTP/1.0\r\nConnection: close\r\n\r\n",
        b"POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    ],
)
def test_odd_requests_are_survived_without_a_log_line(port: int, request_bytes: bytes, caplog: Any, capfd: Any):
    with capture_logs() as logs, caplog.at_level(logging.INFO):
        raw(port, request_bytes)
        assert get(port, "/health").status_code == 200
    assert logs == []
    assert capfd.readouterr().err == ""


def test_clients_that_say_nothing_hold_nobody_up(port: int):
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    try:
        for connection in silent:
            connection.sendall(b"GET /health HTTP/1.1\r\n")
        assert get(port, "/health").status_code == 200
    finally:
        for connection in silent:
            connection.close()


def test_a_bug_is_logged_and_answered_with_500(port: int, state: list[Any]):
    state[0] = None  # Cannot be unpacked.
    with capture_logs() as logs:
        assert get(port, "/health").status_code == 500
    assert [line["event"] for line in logs] == ["bug while answering"]


def test_it_ends_with_its_block_although_clients_are_connected():
    listening = socket.create_server(("127.0.0.1", 0))
    address = listening.getsockname()
    before = threading.active_count()
    with serving(listening, lambda: (200, {}), registry(Counters(), lambda: 0, Measured)):
        get(address[1], "/health")
        client = socket.create_connection(address)
    assert threading.active_count() == before
    client.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address)


def test_the_answer_is_small_json_for_people_too(port: int, state: list[Any]):
    state[0] = (200, {"why": "Länge"})
    assert "Länge" in get(port, "/health").text
    assert json.loads(get(port, "/health").text)
