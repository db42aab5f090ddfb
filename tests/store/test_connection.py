"""Files that cannot be used, and what the operator is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import StoreError
from ingest.store import Store

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def _opened_elsewhere(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_database_is_made_with_the_folder_it_stands_in(tmp_path: Path) -> None:
    Store.open(tmp_path / "new" / "articles.db").close()
    assert sorted(each.name for each in (tmp_path / "new").iterdir()) == ["articles.db", "pages.db"]


def test_pages_of_another_database_stand_beside_it_under_its_name(tmp_path: Path) -> None:
    Store.open(tmp_path / "demo.db").close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["demo-pages.db", "demo.db"]


def test_names_with_uri_syntax_are_just_names(tmp_path: Path) -> None:
    path = tmp_path / "a?mode=ro#50%25.db"
    Store.open(path).close()
    assert path.is_file()


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file"):
        Store.open(tmp_path / "file" / "articles.db")


def test_a_place_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    for path in (Path("/proc/self/articles.db"), tmp_path):
        with pytest.raises(StoreError, match=f"{path}: cannot be opened"):
            Store.open(path)


def test_a_file_that_can_only_be_read_is_explained(path: Path) -> None:
    Store.open(path).close()
    with Store.open(path) as store:
        store._db.execute("PRAGMA query_only = 1")
        with pytest.raises(StoreError, match="cannot be opened for writing"):
            store.configure([], NOW)


def test_a_file_that_is_no_database_is_left_as_it_is(path: Path) -> None:
    path.write_bytes(b"Dear diary, " * 1_000)
    with pytest.raises(StoreError, match="not an SQLite database"):
        Store.open(path)
    assert path.read_bytes() == b"Dear diary, " * 1_000


def test_the_database_of_another_program_is_left_as_it_is(path: Path) -> None:
    _opened_elsewhere(path, "CREATE TABLE articles(x)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_database_of_a_newer_version_is_refused(path: Path) -> None:
    Store.open(path).close()
    _opened_elsewhere(path, "INSERT INTO _sqlite_migrations(migration_set, name) VALUES ('ingest', 'm999_tomorrow')")
    for read_only in (False, True):
        with pytest.raises(StoreError, match="newer version"):
            Store.open(path, read_only=read_only)


def test_a_damaged_database_is_explained(desk: Any, path: Path) -> None:
    for queued in desk.queue(*map(str, range(200))):
        desk.save_article(queued, f"{queued.key} " * 100)
    desk.store.close()
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xaa" * (path.stat().st_size - 4096 * 4))
    with pytest.raises(StoreError, match="damaged"), Store.open(path) as store:
        list(store.export())


def test_a_full_disk_loses_only_what_was_not_acknowledged(desk: Any) -> None:
    first, *rest = desk.queue("a", *map(str, range(200)))
    desk.save_article(first)
    pages = desk.store._db.execute("PRAGMA page_count").fetchone()[0]
    desk.store._db.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(StoreError, match="disk is full"):  # noqa: PT012 - which of them is the last is SQLite's affair
        for queued in rest:
            desk.save_article(queued, f"{queued.key} " * 3_000)
    assert desk.row("SELECT title FROM articles WHERE id = 1")["title"] == "Bridges counted"
    desk.store._db.execute("PRAGMA max_page_count = 1000000")
    for queued in desk.due():
        desk.save_article(queued, f"{queued.key} " * 3_000)
    assert desk.row("SELECT count(*) AS n FROM articles")["n"] == 201


def test_reading_needs_a_database_and_makes_none(path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database yet"):
        Store.open(path, read_only=True)
    assert not path.exists()


def test_a_reader_sees_what_is_committed_while_the_writer_goes_on(desk: Any, path: Path) -> None:
    first, second = desk.queue("a", "b")
    desk.save_article(first)
    with desk.store.transaction(), Store.open(path, read_only=True) as reader:
        desk.save_article(second, "another text")
        assert [row["id"] for row in reader.latest()] == [1]
    with Store.open(path, read_only=True) as reader:
        assert [row["id"] for row in reader.latest()] == [2, 1]


def test_a_reader_cannot_write(desk: Any, path: Path) -> None:
    with Store.open(path, read_only=True) as reader, pytest.raises(StoreError, match="cannot be opened for writing"):
        reader.configure([], NOW)
