"""Searches in Datasette follow the rules of `ingest search`, in our databases alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.browse.sql_functions import register_functions


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute("CREATE VIRTUAL TABLE texts USING fts5(text)")
        opened.execute("INSERT INTO texts VALUES ('The ferry leaves at noon')")
        register_functions(opened)
        yield opened


def test_the_search_of_another_database_is_that_of_datasette(browser: Any, foreign: Path) -> None:
    browser.files.append(foreign)
    sql = "SELECT escape_fts('집중호우')"
    assert browser.query("recipes", sql) == '"집중호우"'
    assert browser.query("articles", sql) == '"집중 중호 호우"'


@pytest.mark.parametrize("words", [None, "", "   ", '"', "*", "-", "()"])
def test_a_search_without_words_matches_nothing_and_is_no_error(
    connection: sqlite3.Connection, words: str | None
) -> None:
    found = connection.execute("SELECT count(*) FROM texts WHERE texts MATCH escape_fts(?)", [words]).fetchone()
    assert found == (0,)


@pytest.mark.parametrize(("words", "count"), [("ferry", 1), ("ferry noon", 1), ("ferry train", 0), (12, 0)])
def test_all_words_of_a_search_have_to_be_in_the_text(
    connection: sqlite3.Connection, words: str | int, count: int
) -> None:
    found = connection.execute("SELECT count(*) FROM texts WHERE texts MATCH escape_fts(?)", [words]).fetchone()
    assert found == (count,)


def test_a_snippet_shows_the_words_and_an_empty_text_has_none(connection: sqlite3.Connection) -> None:
    text = "Nothing happened. " * 60 + "Then the ferry left. " + "Nothing happened. " * 60
    snippet = connection.execute("SELECT ingest_snippet(?, 'ferry')", [text]).fetchone()[0]
    assert "ferry" in snippet
    assert len(snippet) < len(text) / 2
    assert connection.execute("SELECT ingest_snippet(NULL, NULL)").fetchone() == ("",)
