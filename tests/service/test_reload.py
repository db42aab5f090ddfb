"""A sources.yaml that changes while the service runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from daemons import Daemon, stories, wait_until, write_sources

from ingest.store import FindingRow, Reader

pytestmark = pytest.mark.slow


def write(folder: Path, web: Any, *feeds: str) -> None:
    write_sources(folder, *(web.origin + feed for feed in feeds))


def replaced(folder: Path, web: Any, *feeds: str) -> None:
    """As most editors write: another file, which then gets the name."""
    (folder / "new").mkdir()
    write(folder / "new", web, *feeds)
    (folder / "new" / "sources.yaml").rename(folder / "sources.yaml")


def findings(daemon: Daemon) -> list[FindingRow]:
    with Reader.open(daemon.database) as reader:
        return reader.findings()


@pytest.mark.parametrize("save", [write, replaced])
def test_a_changed_file_is_taken_up_within_ten_seconds(serve: Callable[..., Daemon], web: Any, save: Any):
    first, second = stories(web, 2)
    web.feed("/one.xml", first)
    web.feed("/two.xml", second)
    daemon = serve("/one.xml")
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 1, "the first source")
    save(daemon.folder, web, "/one.xml", "/two.xml")
    began = time.monotonic()
    wait_until(lambda: "reloaded" in daemon.log(), "the new file")
    assert time.monotonic() - began < 10
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 2, "the second source")
    assert web.asked.count("/one.xml") == 1
    assert daemon.stop() < 10


def test_a_file_that_is_written_slowly_is_not_taken_for_wrong(serve: Callable[..., Daemon], web: Any):
    web.feed("/one.xml", *stories(web, 1))
    daemon = serve("/one.xml")
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 1, "the first source")
    with (daemon.folder / "sources.yaml").open("w") as file:
        for part in ("sources:", "\n  - {name: s0, ", f"url: '{web.origin}/one.xml', ki", "nd: feed}\n"):
            file.write(part)
            file.flush()
            time.sleep(1.3)
    wait_until(lambda: "reloaded" in daemon.log(), "the whole file")
    assert "is wrong" not in daemon.log()


def test_a_broken_file_is_told_and_the_old_one_kept_until_it_is_mended(serve: Callable[..., Daemon], web: Any):
    first, second = stories(web, 2)
    web.feed("/one.xml", first)
    web.feed("/two.xml", second)
    daemon = serve("/one.xml")
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 1, "the first source")
    (daemon.folder / "sources.yaml").write_text("sources: nonsense")
    wait_until(lambda: "going on with the old one" in daemon.log(), "the mistakes in the log")
    time.sleep(3)
    assert daemon.log().count("going on with the old one") == 1
    (finding,) = findings(daemon)
    assert (finding["source"], finding["kind"], finding["closed_at"]) == ("", "configuration", None)
    assert "goes on with an old sources.yaml" in finding["message"]
    assert f"{daemon.folder}/sources.yaml:1: sources" in finding["message"]
    assert daemon.count("SELECT active FROM sources WHERE name = 's0'") == 1
    (daemon.folder / "sources.yaml").unlink()
    wait_until(lambda: "no such file" in daemon.log(), "that it is gone")
    wait_until(lambda: "no such file" in findings(daemon)[0]["message"], "the same finding with the newest mistake")
    assert findings(daemon)[0]["since"] == finding["since"]
    write(daemon.folder, web, "/one.xml", "/two.xml")
    wait_until(lambda: daemon.count("SELECT count(*) FROM articles") == 2, "the second source")
    assert findings(daemon) == []
    assert daemon.stop() < 10
