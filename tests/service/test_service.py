"""The service as an operator meets it: a process, signals, a database."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from daemons import PATIENCE, Daemon, stories, wait_until, write_sources
from damaging import lose_root

pytestmark = pytest.mark.slow


def test_articles_land_and_sigterm_ends_it(serve: Callable[..., Daemon], web: Any):
    web.feed("/feed.xml", *stories(web, 3))
    daemon = serve("/feed.xml")
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 3, "three articles")
    assert daemon.stop() < 10
    assert daemon.process.returncode == 0
    assert "Traceback" not in daemon.log()


def test_sigterm_in_the_middle_of_a_run_loses_nothing(serve: Callable[..., Daemon], web: Any):
    paths = stories(web, 6)
    web.feed("/feed.xml", *paths)
    held = threading.Event()
    for path in paths[2:]:
        web.pages[path].wait = held
    daemon = serve("/feed.xml")
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") >= 1, "a first article")
    assert daemon.stop() < 10
    held.set()
    assert daemon.count("SELECT count(*) FROM links") == 6
    articles = daemon.count("SELECT count(*) FROM articles")
    assert daemon.count("SELECT count(*) FROM links WHERE state = 'queued'") == 6 - articles
    again = Daemon(daemon.folder)
    try:
        # The source is not due yet, but its links are there: a run is forced by the one-shot command after it.
        assert again.stop() < 10
        subprocess.run(
            [sys.executable, "-m", "ingest", "--sources", str(again.folder / "sources.yaml"), "--db",
             str(again.database), "fetch"], check=True, capture_output=True,
        )  # fmt: skip
    finally:
        again.close()
    assert again.count("SELECT count(*) FROM articles") == 6


def test_a_run_that_fails_is_a_warning(serve: Callable[..., Daemon]):
    daemon = serve("/none.xml")
    wait_until(lambda: "event='ran'" in daemon.log(), "a run")
    (line,) = [line for line in daemon.log().splitlines() if "event='ran'" in line]
    assert "level='warning'" in line
    assert "outcome='failed'" in line


def test_sighup_reads_the_sources_anew_and_survives_mistakes(serve: Callable[..., Daemon], web: Any):
    first, second = stories(web, 2)
    web.feed("/one.xml", first)
    web.feed("/two.xml", second)
    daemon = serve("/one.xml")
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 1, "the first source")
    (daemon.folder / "sources.yaml").write_text("sources: nonsense")
    daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "going on with the old one" in daemon.log(), "the mistakes in the log")
    write_sources(daemon.folder, web.origin + "/one.xml", web.origin + "/two.xml")
    daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 2, "the second source")
    assert daemon.stop() < 10


def test_a_second_writer_is_refused_with_its_reason(serve: Callable[..., Daemon], web: Any):
    web.feed("/feed.xml", *stories(web, 1))
    daemon = serve("/feed.xml")
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 1, "an article")
    files = ["--sources", str(daemon.folder / "sources.yaml"), "--db", str(daemon.database)]
    second = subprocess.run(
        [sys.executable, "-m", "ingest", *files, "fetch"], check=False, capture_output=True, text=True
    )
    assert second.returncode == 3
    assert f"another ingest (process {daemon.process.pid}) is writing" in second.stderr


def write_entries(folder: Path, **feeds: str) -> None:
    entries = "".join(f"  - {{name: {name}, url: '{url}', kind: feed, every: 1d}}\n" for name, url in feeds.items())
    settings = "settings: {delay: 0, allow_addresses: [127.0.0.0/8]}\n"
    (folder / "sources.yaml").write_text(f"{settings}sources:\n{entries}")


def test_a_reload_asks_new_and_moved_sources_only(tmp_path: Path, web: Any):
    first, second, third = stories(web, 3)
    web.feed("/one.xml", first)
    web.feed("/wrong.xml")
    web.feed("/two.xml", second)
    web.feed("/three.xml", third)
    write_entries(tmp_path, one=web.origin + "/one.xml", two=web.origin + "/wrong.xml")
    daemon = Daemon(tmp_path)
    try:
        wait_until(lambda: daemon.log().count("event='ran'") == 2, "both sources")
        write_entries(
            tmp_path, one=web.origin + "/one.xml", two=web.origin + "/two.xml", three=web.origin + "/three.xml"
        )
        daemon.process.send_signal(signal.SIGHUP)
        wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 3, "the moved and the new source")
        assert daemon.stop() < 10
    finally:
        daemon.close()
    assert daemon.count("SELECT count(*) FROM fetches WHERE url LIKE '%/one.xml'") == 1


def test_changed_settings_are_said_to_wait_for_the_next_start(serve: Callable[..., Daemon], web: Any):
    web.feed("/feed.xml", *stories(web, 1))
    daemon = serve("/feed.xml")
    wait_until(lambda: "event='ran'" in daemon.log(), "a run")
    written = (daemon.folder / "sources.yaml").read_text().replace("delay: 0", "delay: 2")
    (daemon.folder / "sources.yaml").write_text(written)
    daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "takes effect at the next start" in daemon.log(), "a word about the settings")
    assert daemon.stop() < 10


def test_damage_that_a_run_meets_ends_the_service_with_3(serve: Callable[..., Daemon], web: Any):
    web.feed("/feed.xml", "/a")
    web.article("/a", "A story", "This story is on its way while the disk under the database fails.")
    web.pages["/a"].wait = threading.Event()
    daemon = serve("/feed.xml")
    wait_until(lambda: "/a" in web.asked, "the article is asked for")
    lose_root(daemon.database, "articles_text_hash")
    web.pages["/a"].wait.set()
    assert daemon.process.wait(PATIENCE) == 3
    assert "the database is damaged" in daemon.log().splitlines()[-1]
    assert "Traceback" not in daemon.log()
    assert daemon.count("SELECT count(*) FROM articles") == 0
