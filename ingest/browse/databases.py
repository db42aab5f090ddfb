"""Which of the databases that Datasette serves were made by ingest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.store import connection

_MIGRATED_BY_INGEST = "SELECT 1 FROM _sqlite_migrations WHERE migration_set = 'ingest'"


def ingest_databases(datasette: Any) -> list[str]:
    """The names of the databases that ingest made, in the order in which Datasette serves them."""
    return [name for name in datasette.databases if is_ingest_database(datasette, name)]


def is_ingest_database(datasette: Any, name: str) -> bool:
    """Whether ingest made the database of this name; False for databases in memory."""
    database = datasette.databases.get(name)
    return bool(database and database.path and not database.is_memory and _made_by_ingest(str(database.path)))


def serves_only_ingest(datasette: Any) -> bool:
    """Whether every database but those in memory was made by ingest, so that the home page can be ours."""
    names = [name for name, each in datasette.databases.items() if not each.is_memory]
    return bool(names) and len(ingest_databases(datasette)) == len(names)


def is_ingest_connection(opened: sqlite3.Connection) -> bool:
    """`is_ingest_database` for an open connection."""
    try:
        return opened.execute(_MIGRATED_BY_INGEST).fetchone() is not None
    except sqlite3.Error:
        return False


@lru_cache(maxsize=1_000)
def _made_by_ingest(path: str) -> bool:
    try:
        with closing(sqlite3.connect(connection.uri(Path(path), "ro"), uri=True)) as opened:
            return is_ingest_connection(opened)
    except sqlite3.Error:
        return False
