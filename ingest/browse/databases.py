"""Which of the databases that Datasette serves are ours. Reads nothing else of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

_MARK = "SELECT 1 FROM _sqlite_migrations WHERE migration_set = 'ingest'"


def ours(datasette: Any) -> list[str]:
    """The names of our databases, in the order they are served."""
    return [name for name in datasette.databases if is_ours(datasette, name)]


def is_ours(datasette: Any, name: str) -> bool:
    """Whether ingest made this database."""
    database = datasette.databases.get(name)
    return bool(database and database.path and not database.is_memory and _made_by_ingest(str(database.path)))


def all_ours(datasette: Any) -> bool:
    """Whether there is nothing else that our pages could disturb."""
    names = [name for name, each in datasette.databases.items() if not each.is_memory]
    return bool(names) and len(ours(datasette)) == len(names)


def is_ours_open(connection: sqlite3.Connection) -> bool:
    """`is_ours`, asked of an open connection."""
    try:
        return connection.execute(_MARK).fetchone() is not None
    except sqlite3.Error:
        return False


@lru_cache(maxsize=1_000)
def _made_by_ingest(path: str) -> bool:
    uri = f"file:{quote(str(Path(path).absolute()))}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            return is_ours_open(connection)
    except sqlite3.Error:
        return False
