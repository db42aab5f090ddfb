"""A run that is ended by Ctrl-C or SIGTERM."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def run_that_waits_for_a_page(desk: Any, web: Any) -> tuple[subprocess.Popen[str], threading.Event]:
    """A run that has requested a page; the event lets the page arrive."""
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
    return process, held


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_with_130_and_the_next_goes_on(desk: Any, web: Any, number: int):
    process, held = run_that_waits_for_a_page(desk, web)
    process.send_signal(number)
    _, said = process.communicate(timeout=20)
    held.set()
    assert process.returncode == 130
    assert "nothing is lost" in said
    assert "Traceback" not in said
    desk("fetch")
    status = json.loads(desk("status", "--json").stdout)
    assert status[0]["articles"] == 2


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.3, 0.6])
def test_ctrl_c_while_workers_start_prints_no_traceback(desk: Any, web: Any, seconds: float):
    """A terminal sends it to all processes of the group, also to workers that are still importing."""
    held = threading.Event()
    web.pages["/2026/quorum"].wait = held
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "fetch"],
        cwd=desk.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    end = time.monotonic() + 20
    while not web.asked and time.monotonic() < end:
        time.sleep(0.002)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    held.set()
    assert process.returncode == 130
    assert said.strip() == "interrupted; nothing is lost: the next run goes on from here"


def test_a_second_signal_ends_a_command_at_once_that_waits_for_a_lock(desk: Any, web: Any):
    desk("fetch")
    web.feed("/feed.xml", "/2026/quorum", "/2026/other")
    with closing(sqlite3.connect(desk.folder / "db/articles.db", isolation_level=None)) as other:
        process = subprocess.Popen(
            [sys.executable, "-m", "ingest", "fetch"], cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        asked = len(web.asked)
        end = time.monotonic() + 20
        while len(web.asked) == asked and time.monotonic() < end:
            time.sleep(0.002)
        other.execute("BEGIN IMMEDIATE")
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        process.communicate(timeout=20)
        assert time.monotonic() - began < 2
        other.execute("ROLLBACK")


@pytest.mark.skipif(sys.platform != "linux", reason="limits a process that runs already")
def test_a_run_on_a_full_disk_ends_with_3_and_the_next_goes_on(desk: Any, web: Any):
    """A limit of the file size does to a process what a full disk does to all."""
    process, held = run_that_waits_for_a_page(desk, web)
    size = (desk.folder / "db/articles.db-wal").stat().st_size
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    held.set()
    _, said = process.communicate(timeout=30)
    assert process.returncode == 3
    assert "Traceback" not in said
    desk("fetch")
    (town,) = json.loads(desk("status", "--json").stdout)
    assert (town["articles"], town["failed"], town["error"]) == (2, 0, None)
