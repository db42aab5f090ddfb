"""`ingest browse`, as an operator starts and ends it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from typing import Any
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.slow


def test_without_a_database_it_says_what_to_do(desk: Any):
    said = desk("--db", "none.db", "browse", status=2)
    assert said.stderr.splitlines()[-1] == (
        "Error: none.db: no such database yet; run `ingest fetch` first, or name one with --db"
    )
    assert not (desk.folder / "none.db").exists()


def test_a_port_that_does_not_exist_is_refused(desk: Any):
    assert "70000 is not in the range" in desk("browse", "--port", "70000", status=2).stderr


def test_the_articles_are_served_at_the_port_until_ctrl_c(desk: Any):
    desk("fetch")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "ingest", "browse", "--port", str(port)],
        cwd=desk.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert "What a quorum is" in read(f"http://127.0.0.1:{port}/articles/articles", server)
    finally:
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=30)
    assert server.returncode == 0
    assert "Traceback" not in said


def read(address: str, server: subprocess.Popen[str]) -> str:
    """The page, as soon as the server answers."""
    end = time.monotonic() + 30
    while True:
        try:
            with urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > end or server.poll() is not None:
                raise
            time.sleep(0.05)
