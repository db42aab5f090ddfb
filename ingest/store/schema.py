"""The migrations of both database files, in the order in which they are applied.

Each is a file in ``migrations/`` (``m…`` for articles, ``p…`` for raw pages), applied in the order of the names. A
database records the names of those it has had, so a released one is never edited: a change is a new file.
docs/schema.md describes what they add up to. Times in the tables are text, UTC, ISO 8601 to the second
(``2026-01-06T05:18:00Z``): as text they sort and compare as times do.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_FOLDER = files("ingest.store").joinpath("migrations")


def names(prefix: str) -> tuple[str, ...]:
    """The migrations whose name begins with ``prefix``, in the order in which they are applied."""
    found = (path.name.removesuffix(".sql") for path in _FOLDER.iterdir() if path.name.endswith(".sql"))
    return tuple(sorted(name for name in found if name.startswith(prefix)))


ARTICLES_FILE = names("m")
PAGES_FILE = names("p")


def sql(name: str) -> str:
    """The text of the migration called ``name``."""
    return _FOLDER.joinpath(f"{name}.sql").read_text(encoding="utf-8")


def statements(script: str) -> Iterator[str]:
    """One by one: `sqlite3.Cursor.executescript` would commit the transaction that a migration is applied in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _migrations(of: str, names: tuple[str, ...]) -> Migrations:
    migrations = Migrations(of)
    for name in names:

        @migrations(name=name)
        def apply(db: Database, name: str = name) -> None:
            for statement in statements(sql(name)):
                db.execute(statement)

    return migrations


articles_file = _migrations("ingest", ARTICLES_FILE)
pages_file = _migrations("ingest-pages", PAGES_FILE)
