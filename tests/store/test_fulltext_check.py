"""The full-text index against the texts: each word at its offset, and no other."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.store import connection, fulltext_check, schema
from ingest.store.fulltext_check import IndexState

TEXTS = ("The lighthouse keeper counts boats.", "집중호우가 내렸다. 池百合子", "Ærø, ﬁne: ＮＨＫ ｶﾅ", "")


@pytest.fixture
def archive(archive: Any) -> Any:
    for link, text in zip(archive.queue("a", "b", "c", "d"), TEXTS, strict=True):
        archive.save_article(link, text, authors=("Kim Ha", "김하늘"), next_check=archive.now)
    archive.save_article(archive.due()[0], TEXTS[0] + " There are eleven of them today, said the captain.")
    return archive


def compare(path: Path) -> tuple[IndexState, IndexState]:
    states = []
    for index in ("articles_fts", "versions_fts"):
        db = connection.open_file(path, schema.articles_file, read_only=True)
        with closing(db.conn):
            states.append(fulltext_check.compare(db, index))
    return states[0], states[1]


def test_words_of_all_scripts_are_as_they_were_indexed(archive: Any, path: Path) -> None:
    assert archive.row("SELECT count(*) AS n FROM versions")["n"] == 1
    for state in compare(path):
        assert (state.fits, state.missing.count, state.surplus.count) == (True, 0, 0)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE articles SET title = 'Counted bridges' WHERE id = 2",
        "UPDATE articles SET authors = '[\"김하\"]' WHERE id = 2",
        "UPDATE articles SET text = replace(text, '호우', '우호') WHERE id = 2",
        "UPDATE articles SET text = CAST(x'ff' || text AS TEXT) || ' more' WHERE id = 3",
    ],
)
def test_another_word_anywhere_does_not_fit(archive: Any, path: Path, change: str) -> None:
    archive.store._db.execute(change)
    of_articles, of_versions = compare(path)
    assert (of_articles.fits, of_versions.fits) == (False, True)


def test_rows_without_words_and_words_without_rows_are_named(archive: Any, path: Path) -> None:
    db = archive.store._db
    db.execute("DELETE FROM versions")
    db.execute("INSERT INTO articles_fts(articles_fts, rowid, title, authors, text) VALUES ('delete', 4, 'x', '', '')")
    of_articles, of_versions = compare(path)
    assert (str(of_articles.missing), str(of_versions.surplus)) == ("4", "1")
