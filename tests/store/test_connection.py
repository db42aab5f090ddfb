"""Files that cannot be used, and the advice that the operator gets."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest import schedule
from ingest.errors import StoreError
from ingest.store import Reader, Store

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def _opened_elsewhere(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_database_is_made_with_its_folder(tmp_path: Path) -> None:
    Store.open(tmp_path / "new" / "articles.db").close()
    assert sorted(each.name for each in (tmp_path / "new").iterdir()) == ["articles.db", "pages.db"]


def test_pages_of_another_database_are_beside_it_under_its_name(tmp_path: Path) -> None:
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


def test_a_path_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    for path in (Path("/proc/self/articles.db"), tmp_path):
        with pytest.raises(StoreError, match=f"{path}: cannot be opened"):
            Store.open(path)


def test_a_file_that_can_only_be_read_is_explained(path: Path) -> None:
    Store.open(path).close()
    with Store.open(path) as store:
        store._db.execute("PRAGMA query_only = 1")
        with pytest.raises(StoreError, match="cannot be opened for writing"):
            store.configure([], NOW, schedule.starts_over)


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
    for opened in (Store, Reader):
        with pytest.raises(StoreError, match="newer version"):
            opened.open(path)


def test_a_damaged_database_is_explained(archive: Any, path: Path) -> None:
    for queued in archive.queue(*map(str, range(200))):
        archive.save_article(queued, f"{queued.key} " * 100)
    archive.store.close()
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xaa" * (path.stat().st_size - 4096 * 4))
    with pytest.raises(StoreError, match="damaged"), Reader.open(path) as reader:
        list(reader.export())


def test_a_full_disk_loses_only_what_was_not_acknowledged(archive: Any) -> None:
    first, *rest = archive.queue("a", *map(str, range(200)))
    archive.save_article(first)
    pages = archive.store._db.execute("PRAGMA page_count").fetchone()[0]
    archive.store._db.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(StoreError, match="disk is full"):  # noqa: PT012 - which of them is the last is SQLite's affair
        for queued in rest:
            archive.save_article(queued, f"{queued.key} " * 3_000)
    assert archive.row("SELECT title FROM articles WHERE id = 1")["title"] == "Bridges counted"
    archive.store._db.execute("PRAGMA max_page_count = 1000000")
    for queued in archive.due():
        archive.save_article(queued, f"{queued.key} " * 3_000)
    assert archive.row("SELECT count(*) AS n FROM articles")["n"] == 201


def test_reading_needs_a_database_and_makes_none(path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database yet"):
        Reader.open(path)
    assert not path.exists()


def test_a_reader_sees_what_is_committed_while_the_writer_goes_on(archive: Any, path: Path) -> None:
    first, second = archive.queue("a", "b")
    archive.save_article(first)
    with archive.store.transaction(), Reader.open(path) as reader:
        archive.save_article(second, "another text")
        assert [row["id"] for row in reader.latest()] == [1]
    with Reader.open(path) as reader:
        assert [row["id"] for row in reader.latest()] == [2, 1]


def test_a_reader_cannot_write(archive: Any, path: Path) -> None:
    with Reader.open(path) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader._db.execute("DELETE FROM articles")
