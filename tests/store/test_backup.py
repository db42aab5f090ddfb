"""A backup is whole, whatever is written meanwhile, and a bad one never takes the place of a good one."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from damaging import flip_page

from ingest.errors import DamagedError, StoreError
from ingest.store import Reader, Store
from ingest.store.backup import backup
from ingest.store.check import check


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups" / "monday.db"


def fill(archive: Any, *names: str) -> None:
    for link in archive.queue(*names):
        archive.keep(archive.page(link.url))
        archive.save_article(link, f"Story {link.url} of the lighthouse. " * 30)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_a_database_with_its_raw_pages(archive: Any, path: Path, target: Path) -> None:
    fill(archive, "a", "b", "c")
    done = backup(path, target)
    assert [copy.path.name for copy in done] == ["monday.db", "monday-pages.db"]
    assert [copy.size for copy in done] == [copy.path.stat().st_size for copy in done]
    assert names(target.parent) == ["monday-pages.db", "monday.db"]
    with Reader.open(target) as reader:
        assert list(reader.export()) == list(archive.reader.export())
        assert len(list(reader.raw_pages())) == 3
    assert check(target).damage == []


def test_a_backup_goes_on_when_it_is_restored(archive: Any, path: Path, target: Path) -> None:
    fill(archive, "a", "b")
    backup(path, target)
    archive.store.close()
    for file in path.parent.glob("*.db*"):
        file.unlink()
    target.rename(path)
    (target.parent / "monday-pages.db").rename(path.parent / "pages.db")
    with Store.open(path) as archive.store:
        fill(archive, "c")
        assert archive.row("SELECT count(*) AS n FROM articles")["n"] == 3


def test_a_backup_beside_a_busy_writer_ends_and_every_article_has_its_page(
    archive: Any, path: Path, target: Path
) -> None:
    fill(archive, *map(str, range(200)))
    stop = threading.Event()

    def write() -> None:
        number = 1_000
        with Store.open(path) as archive.store:
            while not stop.is_set():
                fill(archive, str(number))
                number += 1

    archive.store.close()
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(5):
            backup(path, target, overwrite=True)
            with Reader.open(target) as reader:
                articles = {row["url"] for row in reader.export()}
                assert articles <= {raw.url for raw, _ in reader.raw_pages()}
    finally:
        stop.set()
        writer.join()
    assert len(articles) > 200


def test_an_older_backup_is_not_overwritten_unasked(archive: Any, path: Path, target: Path) -> None:
    fill(archive, "a")
    backup(path, target)
    before = target.read_bytes()
    fill(archive, "b")
    with pytest.raises(StoreError, match="exists already"):
        backup(path, target)
    assert target.read_bytes() == before
    backup(path, target, overwrite=True)
    with Reader.open(target) as reader:
        assert len(reader.latest()) == 2


@pytest.mark.parametrize(
    ("file", "table"), [("articles.db", "links"), ("articles.db", "articles"), ("pages.db", "pages")]
)
def test_a_damaged_database_leaves_the_older_backup(
    archive: Any, path: Path, target: Path, file: str, table: str
) -> None:
    fill(archive, *map(str, range(30)))
    backup(path, target)
    archive.store.close()
    before = {copy: copy.read_bytes() for copy in target.parent.iterdir()}
    flip_page(path.parent / file, table, 0)
    with pytest.raises(DamagedError, match=f"{file}: no backup was made"):
        backup(path, target, overwrite=True)
    assert {copy: copy.read_bytes() for copy in target.parent.iterdir()} == before


def test_a_text_that_changed_on_the_disk_is_not_backed_up(archive: Any, path: Path, target: Path) -> None:
    fill(archive, "a")
    archive.store._db.execute("UPDATE articles SET text = 'something else'")
    with pytest.raises(DamagedError, match="articles are not as they were stored: 1"):
        backup(path, target)
    assert names(target.parent) == []


def test_without_raw_pages_the_articles_are_backed_up(archive: Any, path: Path, target: Path) -> None:
    fill(archive, "a")
    archive.store.close()
    (path.parent / "pages.db").unlink()
    assert [copy.path for copy in backup(path, target)] == [target]


def test_a_database_of_an_older_version_can_be_backed_up_before_it_is_brought_up_to_date(
    archive: Any, path: Path, target: Path
) -> None:
    fill(archive, "a")
    archive.store._db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm008_notifications'")
    backup(path, target)
    with closing(sqlite3.connect(target)) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_the_database_itself_and_a_database_in_use_are_no_targets(archive: Any, path: Path, target: Path) -> None:
    fill(archive, "a")
    for itself in (path, path.parent / "pages.db"):
        with pytest.raises(StoreError, match="is a file of"):
            backup(path, itself, overwrite=True)
    with Store.open(target) as other:
        other.keep_pauses({}, archive.now)
        with pytest.raises(StoreError, match="is in use as a database"):
            backup(path, target, overwrite=True)


def test_a_folder_that_is_not_there_is_no_target(archive: Any, path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened for writing"):
        backup(path, tmp_path / "unmounted" / "monday.db")
    assert not (tmp_path / "unmounted").exists()
