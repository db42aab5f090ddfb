"""Delivery to receivers that hang, fail, answer slowly, are down, and come back."""

from __future__ import annotations

import asyncio
import hmac
import itertools
import json
import re
import sys
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from ingest.errors import StoreError
from ingest.health import notifications as health_notifications
from ingest.health.notifications import LONGEST_RETRY, retry_after
from ingest.model import Receiver
from ingest.run.notifying import _StoreQueue

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "operating.md"
Request = BaseHTTPRequestHandler


def status(code: int, **headers: str) -> Any:
    def respond(request: Request) -> bool:
        request.send_response(code)
        for name, value in {"Content-Length": "0", **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        return False

    return respond


def close(request: Request) -> bool:
    """Hangs up without an answer."""
    request.close_connection = True
    request.connection.close()
    return False


def dribble(request: Request) -> bool:
    """A byte of the status line now and then: each read succeeds, the answer never comes."""
    request.close_connection = True
    for byte in itertools.cycle(b"HTTP/1.1 200 OK ".replace(b" ", b"_")):
        request.wfile.write(bytes([byte]))
        time.sleep(0.05)
    return False


def slow_body(request: Request) -> bool:
    """Acknowledges at once, and takes for ever over the rest of the answer."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    return True


def late(request: Request) -> bool:
    time.sleep(0.5)
    return True


def test_a_webhook_gets_each_event_once_in_order_and_signed(desk: Any, hook: Any):
    desk.receivers = (desk.to(hook, secret="hush"),)
    desk.deliver(30, until=lambda: len(hook.got) == 30)
    assert hook.events == list(range(1, 31))
    headers, body = hook.requests[0]
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Ingest-Signature"] == "sha256=" + hmac.new(b"hush", body, "sha256").hexdigest()
    assert hook.got[0] == {
        "id": 1, "event": "finding.opened", "at": "2026-03-04T05:06:07Z", "source": "",
        "finding": {
            "source": "", "kind": "kind-1", "since": "2026-03-04T05:06:07Z", "closed_at": None,
            "message": "Something is wrong.", "evidence": [],
        },
    }  # fmt: skip
    assert desk.rows("SELECT * FROM notifications") == desk.rows("SELECT * FROM deliveries") == []


def test_the_documented_lines_verify_the_signature(desk: Any, hook: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("INGEST_HOOK", "hush")
    desk.receivers = (desk.to(hook, secret="hush"),)
    desk.deliver(1, until=lambda: hook.events == [1])
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    documented: dict[str, Any] = {}
    exec(code, documented)
    headers, body = hook.requests[0]
    assert documented["is_genuine"](body, headers["X-Ingest-Signature"])
    assert not documented["is_genuine"](body + b" ", headers["X-Ingest-Signature"])
    assert not documented["is_genuine"](body, "")


def test_without_a_secret_there_is_no_signature(desk: Any, hook: Any):
    desk.receivers = (desk.to(hook),)
    desk.deliver(1, until=lambda: hook.events == [1])
    assert "X-Ingest-Signature" not in hook.requests[0][0]


@pytest.mark.parametrize(
    "trouble",
    [status(500), status(503), status(429), status(404), status(301, Location="/elsewhere"), close, dribble],
    ids=["500", "503", "429", "404", "redirect", "hangs up", "byte by byte"],
)
def test_what_a_failing_webhook_missed_comes_again_in_order(desk: Any, hook: Any, trouble: Any):
    desk.receivers = (desk.to(hook),)
    desk.timeout = 0.5
    hook.script = [trouble, trouble]
    with capture_logs() as logs:
        desk.deliver(3, until=lambda: hook.events == [1, 2, 3])
    assert len(hook.requests) == 5
    assert [line["event"] for line in logs] == [
        "notification not delivered, tried again later",
        "notifications are delivered again",
    ]


def test_a_redirect_is_not_followed(desk: Any, hook: Any):
    desk.receivers = (desk.to(hook),)
    hook.script = [status(307, Location=hook.url + "-elsewhere")]
    desk.deliver(1, until=lambda: hook.events == [1])
    assert len(hook.requests) == 2


def test_an_answer_that_is_late_but_in_time_acknowledges_once(desk: Any, hook: Any):
    desk.receivers = (desk.to(hook),)
    hook.script = [late]
    desk.deliver(2, until=lambda: hook.events == [1, 2])
    assert len(hook.requests) == 2


def test_a_2xx_acknowledges_although_the_rest_of_the_answer_never_comes(desk: Any, hook: Any):
    desk.receivers = (desk.to(hook),)
    hook.script = [slow_body]
    desk.deliver(2, until=lambda: hook.events == [1, 2])
    assert len(hook.requests) == 2


def test_a_webhook_that_is_down_gets_everything_when_it_comes_back(desk: Any, hook: Any):
    port = hook.port
    hook.close()
    desk.receivers = (desk.to(hook),)

    async def work(store: Any, _: Any) -> None:
        await desk.note(store, 3)
        await asyncio.sleep(0.3)
        back = type(hook)(port)
        try:
            end = time.monotonic() + 20
            while back.events != [1, 2, 3]:
                assert time.monotonic() < end
                await asyncio.sleep(0.01)
        finally:
            await asyncio.to_thread(back.close)

    desk.run(work)
    hook.close = lambda: None


def test_a_hanging_receiver_delays_neither_others_nor_the_store_nor_the_end(desk: Any, hook: Any):
    other = type(hook)()
    desk.receivers = (desk.to(hook), desk.to(other, "other"))
    desk.timeout = 60
    desk.seconds = 0.2
    hook.script = [lambda request: hook.released.wait(60) and False]
    began = time.monotonic()
    try:
        desk.deliver(20, until=lambda: len(other.got) == 20)
    finally:
        other.close()
    assert time.monotonic() - began < 15
    assert hook.got == []
    assert desk.rows("SELECT receiver, count(*) FROM deliveries GROUP BY 1") == [("hook", 20)]


def test_an_event_that_is_refused_steps_aside_for_the_next_ones(desk: Any, hook: Any):
    desk.receivers = (desk.to(hook),)
    hook.script = [status(422)]
    desk.deliver(3, until=lambda: len(hook.got) == 3)
    assert sorted(hook.events) == [1, 2, 3]
    assert hook.events != [1, 2, 3]


def test_what_waits_is_delivered_by_the_next_process_with_the_same_id(desk: Any, hook: Any):
    desk.receivers = (desk.to(hook),)
    hook.script = [status(500)] * 100
    desk.deliver(2, until=lambda: len(hook.requests) >= 2)
    hook.script = []
    desk.deliver(0, until=lambda: hook.events == [1, 2])


def test_the_end_of_a_run_delivers_what_is_queued_by_then(desk: Any, hook: Any):
    desk.receivers = (desk.to(hook),)
    desk.seconds = 10
    desk.deliver(50, until=lambda: True)
    assert hook.events == list(range(1, 51))


def test_a_delivery_under_way_at_the_end_is_not_repeated(desk: Any, hook: Any):
    desk.receivers = (desk.to(hook),)
    hook.script = [late]
    desk.deliver(1, until=lambda: len(hook.requests) == 1)
    assert hook.events == [1]
    assert desk.rows("SELECT * FROM deliveries") == []


def test_an_event_whose_acknowledgement_cannot_be_stored_yet_is_not_delivered_twice(
    desk: Any, hook: Any, monkeypatch: pytest.MonkeyPatch
):
    acknowledge, refused = _StoreQueue.acknowledge, iter([True, True])

    async def without_room(self: _StoreQueue, receiver: str, notification: int) -> None:
        if next(refused, False):
            raise StoreError("articles.db: the disk is full")
        await acknowledge(self, receiver, notification)

    monkeypatch.setattr(_StoreQueue, "acknowledge", without_room)
    monkeypatch.setattr(health_notifications, "_POLL", 0.01)
    desk.receivers = (desk.to(hook),)
    with capture_logs() as logs:
        desk.deliver(2, until=lambda: hook.events == [1, 2])
    assert len(hook.requests) == 2
    assert [line["event"] for line in logs] == ["the queue of notifications cannot be used for now"]


def test_after_days_it_is_given_up_with_a_warning_and_counted(desk: Any, hook: Any):
    desk.receivers = (desk.to(hook),)
    hook.script = [status(500)] * 1000
    desk.deliver(2, until=lambda: bool(hook.requests))
    desk.now = desk.now.replace(month=4)
    with capture_logs() as logs:
        desk.deliver(0, until=lambda: "notifications given up" in {line["event"] for line in logs})
    given_up = [line for line in logs if line["event"] == "notifications given up"]
    assert [(line["log_level"], line["receiver"], line["count"]) for line in given_up] == [("warning", "127.0.0.1", 2)]
    assert desk.rows("SELECT given_up FROM receivers") == [(2,)]
    assert desk.rows("SELECT * FROM notifications") == []


def test_no_log_line_names_the_url_or_the_secret(desk: Any, hook: Any):
    receiver = Receiver("hook", "hooks.example", webhook=f"http://127.0.0.1:{hook.port}/k9q2\x01", secret="hush")
    unreachable = Receiver("down", "hooks.example", webhook="http://127.0.0.1:1/k9q2", secret="hush")
    desk.receivers = (receiver, unreachable)
    with capture_logs() as logs:
        desk.deliver(1, until=lambda: len(logs) >= 2)
    assert "k9q2" not in str(logs)
    assert "hush" not in str(logs)
    assert "k9q2" not in str(desk.rows("SELECT * FROM deliveries"))


def command(tmp_path: Path, code: str) -> Receiver:
    script = tmp_path / "tell.py"
    script.write_text(code)
    return Receiver("command", "tell", command=(sys.executable, str(script), str(tmp_path)))


TAKES = "import pathlib, sys; (pathlib.Path(sys.argv[1]) / 'told').open('a').write(sys.stdin.read() + '\\n')"


def told(tmp_path: Path) -> list[str]:
    path = tmp_path / "told"
    return path.read_text().splitlines() if path.exists() else []


def test_a_command_gets_each_event_on_its_standard_input(desk: Any, tmp_path: Path):
    desk.receivers = (command(tmp_path, TAKES),)
    desk.deliver(3, until=lambda: len(told(tmp_path)) == 3)
    assert [json.loads(line)["id"] for line in told(tmp_path)] == [1, 2, 3]


def test_a_command_that_fails_gets_the_event_again(desk: Any, tmp_path: Path):
    fails_once = (
        "import pathlib, sys\n"
        "tried = pathlib.Path(sys.argv[1]) / 'tried'\n"
        "if not tried.exists(): tried.touch(); sys.exit(3)\n"
    )
    desk.receivers = (command(tmp_path, fails_once + TAKES),)
    with capture_logs() as logs:
        desk.deliver(1, until=lambda: len(told(tmp_path)) == 1)
    assert logs[0]["why"] == "exit status 3"


def test_a_command_that_takes_too_long_is_killed_with_its_children(desk: Any, tmp_path: Path):
    code = (
        "import pathlib, subprocess, sys, time\n"
        "child = subprocess.Popen(['sleep', '600'])\n"
        "(pathlib.Path(sys.argv[1]) / 'child').write_text(str(child.pid))\n"
        "time.sleep(600)\n"
    )
    desk.receivers = (command(tmp_path, code),)
    desk.timeout = 2
    with capture_logs() as logs:
        desk.deliver(1, until=lambda: bool(logs))
    assert logs[0]["why"] == "no end within 2 s"
    child = int((tmp_path / "child").read_text())
    end = time.monotonic() + 10
    while Path(f"/proc/{child}/stat").exists() and Path(f"/proc/{child}/stat").read_text().split()[2] != "Z":
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_command_that_is_not_there_is_said_to_be_so(desk: Any):
    desk.receivers = (Receiver("command", "tell", command=("/nowhere/tell",)),)
    with capture_logs() as logs:
        desk.deliver(1, until=lambda: bool(logs))
    assert logs[0]["why"] == "cannot be started: FileNotFoundError"


def test_retries_come_at_growing_intervals_up_to_an_hour():
    assert [retry_after(failures, 0.5) for failures in (1, 2, 3, 4)] == [5, 10, 20, 40]
    assert retry_after(3, 0.0) == 10
    assert retry_after(3, 1.0) == 30
    assert retry_after(10_000, 0.5) == LONGEST_RETRY
