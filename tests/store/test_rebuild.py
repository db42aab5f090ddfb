"""What can be made again from the tables is made again, and a table that is damaged is left as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from damaging import flip_page

from ingest.errors import DamagedError, StoreError
from ingest.store import Reader, Store
from ingest.store.check import check
from ingest.store.lock import only_writer
from ingest.store.rebuild import rebuild


@pytest.fixture
def held(archive: Any, path: Path) -> Path:
    for number, link in enumerate(archive.queue(*map(str, range(40)))):
        archive.keep(archive.page(link.url))
        archive.save_article(link, f"Story {number} of the lighthouse. " * 30, next_check=archive.now)
    archive.save_article(archive.due()[0], "Story 0 of the lighthouse, and a correction. " * 30)
    archive.store.close()
    return path


def rows(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as db:
        tables = ("articles", "links", "sources", "versions", "sqlite_sequence", "_sqlite_migrations")
        return [db.execute(f"SELECT * FROM {table}").fetchall() for table in tables]


@pytest.mark.parametrize(
    "index", ["articles_fts_data", "articles_fts_docsize", "versions_fts_data", "articles_text_hash", "links_turn"]
)
def test_a_damaged_index_is_made_again_and_every_row_is_as_before(held: Path, index: str) -> None:
    before = rows(held)
    flip_page(held, index)
    assert check(held).damage
    assert rebuild(held) == [held]
    assert check(held).damage == []
    assert rows(held) == before
    with Reader.open(held) as reader:
        assert len(reader.search("lighthouse", 100)) == 40
    with Store.open(held) as store:
        assert len(store.due_times()) == 2


def test_an_index_of_the_raw_pages_is_made_again_only_if_it_is_damaged(held: Path) -> None:
    pages = held.parent / "pages.db"
    before = pages.read_bytes()
    rebuild(held)
    assert pages.read_bytes() == before
    flip_page(pages, "pages_url")
    assert rebuild(held) == [held, pages]
    assert check(held).damage == []


def test_words_views_indexes_and_statistics_are_as_in_a_new_database(held: Path) -> None:
    with closing(sqlite3.connect(held)) as db, db:
        db.execute("DROP VIEW source_health")
        db.execute("CREATE VIEW source_health AS SELECT 1")
        db.execute("DROP INDEX links_url")
        db.execute("INSERT INTO articles_fts(rowid, title, authors, text) VALUES (3, 'heron', '', '')")
    rebuild(held)
    assert check(held).damage == []
    with Reader.open(held) as reader:
        assert reader.search("heron") == []
        assert reader.status()[0]["articles"] == 40
    with closing(sqlite3.connect(held)) as db:
        assert db.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'articles_published'").fetchone()[0][:2] == "40"


def test_what_an_operator_added_is_kept(held: Path) -> None:
    with closing(sqlite3.connect(held)) as db, db:
        db.execute("CREATE TABLE my_notes (article INTEGER, note TEXT)")
        db.execute("INSERT INTO my_notes VALUES (3, 'read again')")
        db.execute("CREATE INDEX mine ON my_notes(article)")
        db.execute("CREATE VIEW my_view AS SELECT note, title FROM my_notes JOIN articles ON articles.id = article")
        db.execute("CREATE TRIGGER my_trigger AFTER DELETE ON articles BEGIN DELETE FROM my_notes; END")
    rebuild(held)
    with closing(sqlite3.connect(held)) as db:
        assert db.execute("SELECT * FROM my_view").fetchall() == [("read again", "Bridges counted")]
        kept = db.execute("SELECT name FROM sqlite_master WHERE name LIKE 'my%' OR name = 'mine'").fetchall()
    assert {name for (name,) in kept} == {"my_notes", "mine", "my_view", "my_trigger"}


def test_a_virtual_table_of_another_program_is_refused(held: Path) -> None:
    with closing(sqlite3.connect(held)) as db, db:
        db.execute("CREATE VIRTUAL TABLE mine USING fts5(words)")
    before = rows(held)
    with pytest.raises(StoreError, match="the virtual table mine is not ingest's"):
        rebuild(held)
    assert rows(held) == before


@pytest.mark.parametrize("table", ["articles", "links", "versions"])
def test_a_damaged_table_is_left_as_it_is(held: Path, table: str) -> None:
    flip_page(held, table, 0)
    before = held.read_bytes()
    with pytest.raises(DamagedError, match="nothing was changed"):
        rebuild(held)
    assert held.read_bytes() == before
    assert sorted(path.name for path in held.parent.iterdir() if "rebuilding" in path.name) == []


def test_nothing_is_rebuilt_while_another_process_writes(held: Path) -> None:
    with only_writer(held), pytest.raises(StoreError, match="is writing to it"):
        rebuild(held)


def test_a_reader_goes_on_meanwhile_and_sees_the_new_index_afterwards(held: Path) -> None:
    with Reader.open(held) as reader, closing(sqlite3.connect(held)) as other:
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM articles").fetchone() == (40,)
        rebuild(held)
        assert other.execute("SELECT count(*) FROM articles").fetchone() == (40,)
        assert len(reader.search("lighthouse", 100)) == 40


def test_what_a_killed_rebuild_left_is_in_nobodys_way(held: Path) -> None:
    held.with_name("articles.db.rebuilding").write_bytes(b"half a file")
    rebuild(held)
    assert check(held).damage == []
