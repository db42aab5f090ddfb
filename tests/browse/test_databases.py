"""Which databases are ours, whatever they are called and whatever else is served beside them."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from ingest.browse.databases import ingest_databases, is_ingest_connection, is_ingest_database, serves_only_ingest


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "damaged.db"
    path.write_bytes(b"no database at all" * 100)
    return path


def test_a_database_under_another_name_is_known_as_ours(browser: Any, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "my news.2026.db"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    browser.files[:] = [copy]
    home = browser.get("/")
    assert "ingest-sources" in home.text
    path = re.search(r'href="(/[^"]+/articles/\d+)"', home.text)
    assert path
    article = browser.get(path[1])
    assert "ingest-article" in article.text
    assert "content-security-policy" in article.headers


def test_only_databases_that_ingest_made_are_ours(database: Path, foreign: Path) -> None:
    both = Datasette([str(foreign), str(database)], memory=True)
    assert ingest_databases(both) == ["articles"]
    assert [is_ingest_database(both, name) for name in ("articles", "recipes", "_memory", "none")] == [True] + [
        False
    ] * 3
    assert not serves_only_ingest(both)


def test_a_database_in_memory_beside_ours_does_not_count(database: Path, foreign: Path) -> None:
    assert serves_only_ingest(Datasette([str(database)], memory=True))
    assert not serves_only_ingest(Datasette([str(foreign)]))
    assert not serves_only_ingest(Datasette([], memory=True))


def test_a_file_that_is_no_database_is_not_ours(damaged: Path) -> None:
    assert not is_ingest_database(Datasette([str(damaged)]), "damaged")


def test_an_open_connection_says_whose_database_it_is(database: Path, foreign: Path, damaged: Path) -> None:
    found = []
    for path in (database, foreign, damaged):
        with closing(sqlite3.connect(path)) as connection:
            found.append(is_ingest_connection(connection))
    assert found == [True, False, False]
