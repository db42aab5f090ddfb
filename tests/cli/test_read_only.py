"""The commands that only read, for a user who cannot write the folder of the database."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from other_user import as_nobody, let_in

from ingest.browse import server
from ingest.browse.server import command_line
from ingest.cli import cli

_IS_HIDDEN = os.getuid() == 0 and not all(above.stat().st_mode & 0o001 for above in Path(server.__file__).parents)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(_IS_HIDDEN, reason="the package is installed where other users may not look"),
]


@pytest.fixture
def folder(desk: Any) -> Iterator[Path]:
    """A folder with a database that nobody has open."""
    desk("fetch")
    folder: Path = desk.folder / "db"
    # The interpreter imports what the commands need as long as it may read everything. Datasette leaves files open.
    other = shutil.copytree(folder, desk.folder / "other")
    for words in (["status"], ["search", "quorum"], ["export"]):
        assert invoke(other, *words).startswith("0")
    get(other, "/")
    assert not list(folder.glob("*-wal"))
    let_in(folder)
    yield folder
    folder.chmod(0o755)


def invoke(folder: Path, *words: str) -> str:
    """The exit status of an `ingest` command, and what it prints."""
    result = CliRunner().invoke(cli, ["--db", str(folder / "articles.db"), *words])
    return f"{result.exit_code} {result.output}{result.exception or ''}"


def get(folder: Path, path: str) -> str:
    """A page of `ingest browse`."""
    from datasette.cli import cli as datasette  # noqa: PLC0415 — slow

    words = command_line(folder / "articles.db", port=0, host="127.0.0.1", open_browser=False)
    result = CliRunner().invoke(datasette, [*words, "--get", path])
    return f"{result.exit_code} {result.output}{result.exception or ''}"


def freeze(folder: Path) -> None:
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)


def assert_all_can_be_read(folder: Path, articles: int) -> None:
    assert "town" in as_nobody(lambda: invoke(folder, "status"))
    assert f"{articles} article" in as_nobody(lambda: invoke(folder, "search", "quorum")).splitlines()[-1]
    exported = as_nobody(lambda: invoke(folder, "export"))
    assert (exported[0], exported.count('"id"')) == ("0", articles)
    counted = as_nobody(lambda: get(folder, "/articles.json?sql=select+count(*)+as+n+from+articles&_shape=array"))
    assert f'"n": {articles}' in counted
    assert "ingest.css" in as_nobody(lambda: get(folder, "/"))


def test_a_database_that_nobody_has_open_can_be_read(folder: Path):
    freeze(folder)
    before = sorted(folder.iterdir())
    assert_all_can_be_read(folder, 2)
    assert sorted(folder.iterdir()) == before


def test_what_another_user_is_writing_can_be_read_up_to_the_newest_article(folder: Path):
    with closing(sqlite3.connect(folder / "articles.db", isolation_level=None)) as writer:
        writer.execute("UPDATE articles SET title = 'Renamed in the WAL' WHERE id = 1")
        assert (folder / "articles.db-wal").exists()
        freeze(folder)
        assert_all_can_be_read(folder, 2)
        assert "Renamed in the WAL" in as_nobody(lambda: invoke(folder, "export"))


def test_a_copy_whose_newest_part_cannot_be_read_there_is_explained_and_not_read_without_it(folder: Path):
    with closing(sqlite3.connect(folder / "articles.db", isolation_level=None)) as writer:
        writer.execute("UPDATE articles SET title = 'Renamed in the WAL' WHERE id = 1")
        wal = (folder / "articles.db-wal").read_bytes()
    (folder / "articles.db-wal").write_bytes(wal)
    freeze(folder)
    said = as_nobody(lambda: invoke(folder, "export"))
    assert "its newest part is in articles.db-wal" in said
    assert '"title"' not in said


def mounted(folder: Path, at: Path) -> bool:
    """Whether the folder could be shown as a read-only disk at ``at``."""
    at.mkdir()
    if os.getuid() or subprocess.run(["mount", "--bind", str(folder), str(at)], check=False).returncode:
        return False
    subprocess.run(["mount", "-o", "remount,bind,ro", str(at)], check=True)
    return True


def test_browse_goes_on_with_what_is_written_after_it_has_begun(folder: Path, desk: Any):
    disk = desk.folder / "disk"
    if not mounted(folder, disk):
        pytest.skip("a read-only disk can only be mounted by root")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ingest", "--db", str(disk / "articles.db"), "browse", "--port", str(port)]
    browse = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, "What a quorum is")
        with closing(sqlite3.connect(folder / "articles.db", isolation_level=None)) as writer:
            writer.execute("UPDATE articles SET title = 'Renamed in the WAL' WHERE id = 1")
            wait_for(port, "Renamed in the WAL")
    finally:
        browse.terminate()
        browse.wait(20)
        subprocess.run(["umount", "-l", str(disk)], check=True)


def wait_for(port: int, text: str) -> None:
    end = time.monotonic() + 40
    said = ""
    while text not in said:
        assert time.monotonic() < end, said[-500:]
        try:
            with urlopen(f"http://127.0.0.1:{port}/articles/articles.json?_shape=array", timeout=10) as answer:
                said = answer.read().decode()
        except OSError as error:
            said = str(error)
        time.sleep(0.2)
