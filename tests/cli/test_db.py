"""`ingest db`: what is damaged is told in sentences, and made again where that is possible."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from damaging import flip_page, replace_bytes

from ingest.store.lock import only_writer

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(desk: Any) -> Any:
    desk("fetch")
    return desk


def database(desk: Any) -> Any:
    return desk.folder / "db" / "articles.db"


def test_a_sound_database_is_told_in_a_line(desk: Any):
    assert desk("db", "check").stdout == "db/articles.db: 2 articles, 0 versions, 2 links, 2 pages read; no damage\n"


def test_damage_ends_it_with_3_and_each_line_says_what_to_do(desk: Any):
    with closing(sqlite3.connect(database(desk))) as db, db:
        db.execute("UPDATE articles SET text = 'other' WHERE id = 1")
    lines = desk("db", "check", status=3).stdout.splitlines()
    assert lines[0].startswith("db/articles.db: articles are not as they were stored: 1; `ingest reextract` reads them")
    assert lines[1].startswith(
        "db/articles.db: the full-text index articles_fts does not hold the words of articles; `in"
    )
    assert lines[2] == "db/articles.db: 2 articles, 0 versions, 2 links, 2 pages read; 2 kinds of damage"
    said = json.loads(desk("db", "check", "--json", status=3).stdout)
    assert [damage["kind"] for damage in said["damage"]] == ["article", "index"]


def test_it_looks_beside_a_writer_and_a_rebuild_does_not(desk: Any):
    with only_writer(database(desk)):
        desk("db", "check")
        assert "is writing to it" in desk("db", "rebuild", status=3).stderr
    assert desk("db", "rebuild").stdout == "db/articles.db: rebuilt from its tables\n"


def test_a_text_that_changed_on_the_disk_is_read_again_from_its_raw_page(desk: Any):
    before = desk.rows("SELECT id, title, text, html FROM articles")
    assert replace_bytes(database(desk), b"for the 9th time", b"for th\xff 9th time")
    desk("db", "check", status=3)
    assert "2 unchanged" in desk("reextract").stdout
    desk("db", "rebuild")
    desk("db", "check")
    assert desk.rows("SELECT id, title, text, html FROM articles") == before
    assert desk.rows("SELECT * FROM versions") == []


def test_a_rebuild_of_an_index_lets_runs_go_on(desk: Any):
    flip_page(database(desk), "articles_fts_data")
    desk("fetch", status=3)
    desk("db", "rebuild")
    desk("fetch")
    assert desk("search", "quorum").stdout.splitlines()[-1] == "2 articles"


def test_a_rebuild_that_would_lose_rows_says_which_and_changes_nothing(desk: Any):
    flip_page(database(desk), "links")
    before = database(desk).read_bytes()
    said = desk("db", "rebuild", status=3)
    assert "not rebuilt, and nothing was changed" in said.stderr
    assert "rows of the table links cannot be read: 1–2; restore a backup" in said.stdout
    assert database(desk).read_bytes() == before


def test_a_database_that_cannot_be_opened_is_told_too(desk: Any):
    database(desk).write_bytes(b"Dear diary, " * 1_000)
    assert "it cannot be read as a database" in desk("db", "check", status=3).stdout
    desk("db", "rebuild", status=3)


def test_without_a_database_it_is_a_usage_error(desk: Any):
    assert "no such database yet" in desk("--db", "none.db", "db", "check", status=2).stderr
    assert "rebuild" in desk("db", "--help").stdout
