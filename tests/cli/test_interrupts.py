"""A run that is ended by Ctrl-C or SIGTERM."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_with_130_and_the_next_goes_on(desk: Any, web: Any, number: int):
    held = threading.Event()
    web.pages["/2026/quorum"].wait = held
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "fetch"],
        cwd=desk.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + 20
    while "/2026/quorum" not in web.asked and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(number)
    _, said = process.communicate(timeout=20)
    held.set()
    assert process.returncode == 130
    assert "nothing is lost" in said
    assert "Traceback" not in said
    desk("fetch")
    status = json.loads(desk("status", "--json").stdout)
    assert status[0]["articles"] == 2
