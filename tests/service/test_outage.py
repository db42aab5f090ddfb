"""A database that cannot be used for a while: the service waits, loses nothing and blames nobody."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from daemons import Daemon, stories, wait_until, write_sources

pytestmark = pytest.mark.slow

_OUTAGE = "the database cannot be used"


@contextmanager
def gated(web: Any, paths: list[str]) -> Iterator[threading.Event]:
    """Pages that come when the event is set."""
    gate = threading.Event()
    for path in paths:
        web.pages[path].wait = gate
    yield gate
    gate.set()


def assert_nothing_was_lost_and_nobody_blamed(daemon: Daemon, articles: int) -> None:
    began = time.monotonic()
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == articles, "all articles", seconds=60)
    assert time.monotonic() - began < 60
    wait_until(lambda: daemon.log().count("event='ran'") >= 1, "the end of the run")
    assert daemon.log().count(_OUTAGE) == 1
    assert "the database can be used again" in daemon.log()
    assert "Traceback" not in daemon.log()
    with closing(sqlite3.connect(daemon.database)) as db:
        assert db.execute("SELECT failures, error, message FROM sources").fetchall() == [(0.0, None, None)]
        links = "SELECT state, attempts, error FROM links GROUP BY 1, 2, 3"
        assert db.execute(links).fetchall() == [("done", 0, None)]
    assert daemon.stop() < 10


def test_another_program_that_writes_for_long_is_waited_for(serve: Callable[..., Daemon], web: Any):
    paths = stories(web, 6)
    web.feed("/feed.xml", *paths)
    with gated(web, paths) as gate:
        daemon = serve("/feed.xml")
        wait_until(lambda: paths[0] in web.asked, "the first page is asked for")
        with closing(sqlite3.connect(daemon.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            gate.set()
            wait_until(lambda: _OUTAGE in daemon.log(), "that the database is in use", seconds=45)
            asked = len(web.asked)
            time.sleep(5)
            assert len(web.asked) == asked
            other.execute("ROLLBACK")
        assert_nothing_was_lost_and_nobody_blamed(daemon, 6)


@pytest.mark.skipif(sys.platform != "linux", reason="limits a process that runs already")
def test_files_that_cannot_grow_are_waited_for(serve: Callable[..., Daemon], web: Any):
    """A limit of the file size does to a process what a full disk does to all."""
    paths = stories(web, 6)
    web.feed("/feed.xml", *paths)
    with gated(web, paths) as gate:
        daemon = serve("/feed.xml")
        wait_until(lambda: paths[0] in web.asked, "the first page is asked for")
        size = daemon.database.with_name("articles.db-wal").stat().st_size
        resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        gate.set()
        wait_until(lambda: _OUTAGE in daemon.log(), "that the disk is full")
        time.sleep(5)
        resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert_nothing_was_lost_and_nobody_blamed(daemon, 6)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.getuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_waited_for(tmp_path: Path, small_disk: Path, web: Any):
    paths = stories(web, 6)
    web.feed("/feed.xml", *paths)
    write_sources(tmp_path, web.origin + "/feed.xml")
    with gated(web, paths) as gate:
        daemon = Daemon(tmp_path, small_disk / "articles.db")
        try:
            wait_until(lambda: paths[0] in web.asked, "the first page is asked for")
            filler = small_disk / "filler"
            with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):  # noqa: PT012
                while True:
                    file.write(b"x" * 4096)
            gate.set()
            wait_until(lambda: _OUTAGE in daemon.log(), "that the disk is full")
            assert "the disk is full; nothing was lost, free some space" in daemon.log()
            asked = len(web.asked)
            time.sleep(5)
            assert len(web.asked) == asked
            filler.unlink()
            assert_nothing_was_lost_and_nobody_blamed(daemon, 6)
        finally:
            daemon.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_log_on_a_full_disk_does_not_end_the_service(tmp_path: Path, web: Any):
    web.feed("/feed.xml", *stories(web, 3))
    write_sources(tmp_path, web.origin + "/feed.xml")
    with Path("/dev/full").open("w") as full:
        daemon = Daemon(tmp_path, log=full)
        try:
            wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 3, "three articles")
            assert daemon.stop() < 10
            assert daemon.process.returncode == 0
        finally:
            daemon.close()
