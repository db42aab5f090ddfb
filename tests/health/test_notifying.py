"""Notifications as an operator configures them, through the commands that run something."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ENVIRONMENT = os.environ | {"INGEST_HOOK": "hush"}


@pytest.fixture
def folder(tmp_path: Path, web: Any, hook: Any) -> Path:
    """A source with three articles, and a webhook for its events."""
    paths = [f"/2026/story-{number}" for number in range(3)]
    web.feed("/feed.xml", *paths)
    for path in paths:
        web.article(path, f"Story {path}", *(f"Sentence {n} about {path}, which is long enough." for n in range(20)))
    (tmp_path / "sources.yaml").write_text(
        "settings:\n  delay: 0\n  allow_addresses: [127.0.0.0/8]\n  notify:\n"
        f"    - {{webhook: '{hook.url}', secret: 'env:INGEST_HOOK', events: [article.new, source.failing, "
        f"source.recovered]}}\nsources:\n  - {{name: town, url: '{web.origin}/feed.xml', kind: feed}}\n"
    )
    return tmp_path


def ingest(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ingest", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
    )


def wait_until(true: Callable[[], Any]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "db" / "articles.db")) as db:
        return db.execute(sql).fetchall()


def urls(hook: Any) -> list[str]:
    return sorted(event["article"]["url"].rpartition("/")[2] for event in hook.got if "article" in event)


def test_fetch_delivers_what_it_stores_before_it_ends(folder: Path, hook: Any):
    done = ingest(folder, "fetch")
    assert done.returncode == 0, done.stderr
    assert urls(hook) == ["story-0", "story-1", "story-2"]
    assert rows(folder, "SELECT * FROM notifications") == []


def test_a_source_that_fails_and_is_mended_is_reported_once_each(folder: Path, web: Any, hook: Any):
    ingest(folder, "fetch")
    feed = web.pages.pop("/feed.xml")
    ingest(folder, "fetch")
    ingest(folder, "fetch")
    web.pages["/feed.xml"] = feed
    ingest(folder, "fetch")
    ingest(folder, "fetch")
    told = [event for event in hook.got if "failure" in event]
    assert [(event["event"], event["source"]) for event in told] == [
        ("source.failing", "town"),
        ("source.recovered", "town"),
    ]
    assert told[0]["failure"]["error"] == "http_4xx"


def test_a_process_killed_between_commit_and_delivery_delivers_after_its_restart(folder: Path, hook: Any):
    hook.script = [lambda request: hook.released.wait(60) and False]  # The first delivery hangs.
    service = subprocess.Popen([sys.executable, "-m", "ingest", "serve"], cwd=folder, env=ENVIRONMENT)
    try:
        wait_until(
            lambda: (folder / "db/articles.db").exists() and rows(folder, "SELECT count(*) FROM sqlite_master")[0][0]
        )
        wait_until(lambda: hook.requests and rows(folder, "SELECT count(*) FROM articles") == [(3,)])
    finally:
        service.send_signal(signal.SIGKILL)
        service.wait()
    assert hook.got == []
    assert ingest(folder, "fetch").returncode == 0
    assert urls(hook) == ["story-0", "story-1", "story-2"]
    assert hook.requests[0][1] == hook.requests[1][1], "the event that was under way comes again as it was"


def test_a_receiver_that_hangs_makes_neither_fetch_nor_the_service_late(folder: Path, hook: Any):
    hook.script = [lambda request: hook.released.wait(120) and False] * 10
    began = time.monotonic()
    assert ingest(folder, "fetch").returncode == 0
    assert time.monotonic() - began < 20
    service = subprocess.Popen([sys.executable, "-m", "ingest", "serve"], cwd=folder, env=ENVIRONMENT)
    try:
        wait_until(lambda: len(hook.requests) >= 2)
        began = time.monotonic()
        service.send_signal(signal.SIGTERM)
        assert service.wait(30) == 0
        assert time.monotonic() - began < 10
    finally:
        service.kill()
    assert rows(folder, "SELECT count(*) FROM deliveries") == [(3,)]
