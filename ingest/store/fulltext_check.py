"""Whether a full-text index holds the words of its table: of every row, each word at its offset, and no other.

The indexes hold no text (``content=''``), so SQLite cannot compare them by itself. Here the index is copied into a
temporary one that has the texts of its table as its content, and FTS5 compares these two: it adds up a checksum over
the index and one over the words of the texts, in C and in little memory. A copy takes as much of the temporary folder
as the index takes of the database; a second index of the texts would take five times as long.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.article import fulltext
from ingest.store import connection, search
from ingest.store.walk import Ids

if TYPE_CHECKING:
    from sqlite_utils import Database

#: The tables that FTS5 keeps for a contentless index.
_SHADOWS = ("data", "idx", "docsize", "config")


@dataclass(slots=True)
class IndexState:
    """What was found: ids of rows whose words are missing, of words whose row is missing, and whether all fits."""

    missing: Ids
    surplus: Ids
    fits: bool = True


def compare(db: Database, index: search.Index) -> IndexState:
    """Compares an index with its table, which must be readable: what fails here is taken for damage of the index.

    Leaves temporary tables behind, for which ``db`` must have no use: it is to be closed afterwards.
    """
    table = search.TABLES[index]
    state = IndexState(Ids(), Ids())
    try:
        _find(db, f"SELECT id FROM {table} NOT INDEXED WHERE id NOT IN (SELECT id FROM {index}_docsize)", state.missing)  # noqa: S608
        _find(db, f"SELECT id FROM {index}_docsize WHERE id NOT IN (SELECT id FROM {table})", state.surplus)  # noqa: S608
        _copy(db, index, table)
        db.execute("INSERT INTO temp.copied_index(copied_index, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if not connection.is_damage(error):
            raise
        state.fits = False
    return state


def _copy(db: Database, index: str, table: str) -> None:
    db.conn.create_function("index_words", 1, _words, deterministic=True)
    # As bytes, because a function gets no text that is not valid UTF-8.
    words = ", ".join(f"index_words(CAST({source} AS BLOB)) AS {name}" for name, source in search.SOURCES.items())
    db.execute(f"CREATE TEMP VIEW copied_words AS SELECT id, {words} FROM main.{table}")  # noqa: S608 - ours
    db.execute(
        "CREATE VIRTUAL TABLE temp.copied_index USING fts5("
        f"{', '.join(search.COLUMNS)}, content='copied_words', content_rowid='id', tokenize='{search.TOKENIZER}')"
    )
    for shadow in _SHADOWS:
        db.execute(f"DELETE FROM temp.copied_index_{shadow}")  # noqa: S608 - ours
        db.execute(f"INSERT INTO temp.copied_index_{shadow} SELECT * FROM main.{index}_{shadow}")  # noqa: S608 - ours


def _words(text: bytes) -> str:
    return fulltext.index_words(text.decode("utf-8", "replace"))


def _find(db: Database, query: str, found: Ids) -> None:
    for (number,) in db.execute(query + " ORDER BY id"):
        found.add(number)
