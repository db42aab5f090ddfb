"""How the service ends: in good order after one signal, at once after two, and within ten seconds in any case."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from daemons import PATIENCE, Daemon, stories, wait_until

pytestmark = pytest.mark.slow


def children(pid: int) -> set[int]:
    """Of all threads of a process (Linux)."""
    tasks = Path(f"/proc/{pid}/task")
    return {int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()}


def alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists() and _state(pid) != "Z"}


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def _burn() -> None:
    while True:
        pass


@pytest.fixture
def reading(serve: Callable[..., Daemon], web: Any) -> Daemon:
    """A service in the middle of a source whose pages do not come."""
    paths = stories(web, 6)
    web.feed("/feed.xml", *paths)
    for path in paths[1:]:
        web.pages[path].wait = threading.Event()
    daemon = serve("/feed.xml")
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 1, "a first article")
    return daemon


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_one_signal_ends_it_within_ten_seconds_on_a_loaded_machine_and_leaves_no_worker(reading: Daemon):
    workers = children(reading.process.pid)
    assert workers
    stress = [multiprocessing.get_context("fork").Process(target=_burn) for _ in range(2 * (os.cpu_count() or 1))]
    for process in stress:
        process.start()
    try:
        assert reading.stop() < 10
    finally:
        for process in stress:
            process.kill()
            process.join()
    assert reading.process.returncode == 0
    assert not alive(workers)
    assert "Traceback" not in reading.log()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize(("first", "second"), [(signal.SIGTERM, signal.SIGTERM), (signal.SIGINT, signal.SIGINT)])
def test_two_signals_end_it_at_once_and_leave_no_worker(reading: Daemon, first: int, second: int):
    workers = children(reading.process.pid)
    reading.process.send_signal(first)
    wait_until(lambda: "stopping" in reading.log(), "that it stops")
    reading.process.send_signal(second)
    began = time.monotonic()
    reading.process.wait(PATIENCE)
    assert time.monotonic() - began < 1
    wait_until(lambda: not alive(workers), "the end of its workers")
    assert "Traceback" not in reading.log()
    assert reading.count("SELECT count(*) FROM links WHERE state = 'queued'") == 5


def test_one_signal_ends_it_within_ten_seconds_while_another_process_writes(reading: Daemon, web: Any):
    with closing(sqlite3.connect(reading.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for page in web.pages.values():
            if page.wait:
                page.wait.set()
        time.sleep(2)
        assert reading.stop() < 10
        other.execute("ROLLBACK")
    assert reading.process.returncode == 0
    assert "Traceback" not in reading.log()
