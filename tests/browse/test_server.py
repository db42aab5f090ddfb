"""`serve` runs Datasette as an operator would."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from ingest.browse.server import command_line


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _read(url: str) -> str:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urlopen(url, timeout=10) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_a_database_is_served_until_interrupted(database: Path) -> None:
    port = _free_port()
    code = f"from pathlib import Path\nfrom ingest.browse import serve\nserve(Path({str(database)!r}), port={port})"
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        assert "집중호우에 도로 통제" in _read(f"http://127.0.0.1:{port}/articles/articles")
        assert ".ingest-list" in _read(f"http://127.0.0.1:{port}/-/static-plugins/ingest/ingest.css")
    finally:
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=20)
    assert b"Traceback" not in errors


def test_live_databases_are_never_served_as_immutable() -> None:
    words = command_line(Path("-i"), port=1, host="127.0.0.1", open_browser=True)
    assert words[:2] == ["serve", str(Path("-i").absolute())]
    assert not {"-i", "--immutable"} & set(words)
    assert words[-1] == "--open"
