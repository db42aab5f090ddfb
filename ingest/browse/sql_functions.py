"""SQL functions, so that Datasette searches as `ingest search` does. Searches nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.article import fulltext

if TYPE_CHECKING:
    import sqlite3

#: Finds nothing, and is no syntax error.
_NOTHING = '""'


def register(connection: sqlite3.Connection) -> None:
    """Adds ``ingest_snippet(text, words)`` and puts our reading of a search in the place of Datasette's."""
    connection.create_function("escape_fts", 1, _query, deterministic=True)
    connection.create_function("ingest_snippet", 2, _snippet, deterministic=True)


def _query(words: str | None) -> str:
    return fulltext.match_query(str(words or "")) or _NOTHING


def _snippet(text: str | None, words: str | None) -> str:
    return fulltext.snippet(str(text or ""), str(words or ""))
