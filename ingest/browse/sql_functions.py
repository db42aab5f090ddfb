"""SQL functions with which Datasette searches by the same rules as `ingest search`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.article import fulltext

if TYPE_CHECKING:
    import sqlite3

#: A valid query that matches nothing.
_MATCHES_NOTHING = '""'


def register_functions(connection: sqlite3.Connection) -> None:
    """Adds ``ingest_snippet(text, words)``, and replaces Datasette's ``escape_fts(words)``."""
    connection.create_function("escape_fts", 1, _escape_fts, deterministic=True)
    connection.create_function("ingest_snippet", 2, _snippet, deterministic=True)


def _escape_fts(words: str | None) -> str:
    return fulltext.match_query(str(words or "")) or _MATCHES_NOTHING


def _snippet(text: str | None, words: str | None) -> str:
    return fulltext.snippet(str(text or ""), str(words or ""))
