"""Makes a database again from its tables: full-text indexes, other indexes, views and statistics.

A new file is written beside the database, table by table, and takes the place of its contents in one transaction once
it is whole. Damaged indexes are never read nor their pages freed, so that a wrong reference in one cannot cost a page
of a table; whatever fails or is killed on the way leaves the database as it was.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sqlite_utils import Database

from ingest.errors import DamagedError, StoreError
from ingest.store import check, connection, schema, search
from ingest.store.lock import only_writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils.migrations import Migrations


def rebuild(path: Path, on_progress: check.Progress = check.no_progress) -> list[Path]:
    """Rebuilds the database, and the file of raw pages if its structure is damaged. Returns the files rebuilt.

    Raises `DamagedError` if rows of a table cannot be read, and `StoreError` if the database cannot be used or another
    process writes to it. Takes twice the space of the database until it has ended.
    """
    with only_writer(path):
        _rebuild_file(path, schema.articles_file, on_progress)
        pages = connection.pages_path(path)
        if not pages.is_file() or not check.has_damaged_structure(pages):
            return [path]
        _rebuild_file(pages, schema.pages_file, on_progress)
        return [path, pages]


def _rebuild_file(path: Path, migrations: Migrations, on_progress: check.Progress) -> None:
    with connection.store_errors(path):
        # Refuses a file of another program or version.
        with closing(connection.open_file(path, migrations, read_only=True).conn) as old:
            page_size = old.execute("PRAGMA page_size").fetchone()[0]
        with _scratch(path) as scratch, closing(_new_file(scratch, page_size)) as new:
            _fill(Database(new, execute_plugins=False), path, migrations, on_progress)
            on_progress(f"{path.name}: to its place", 0, 0)
            with closing(sqlite3.connect(path, timeout=connection.BUSY)) as target:
                new.backup(target)
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@contextmanager
def _scratch(path: Path) -> Iterator[Path]:
    """A name beside the file for a new one, which is deleted at the end, as is what a killed process has left."""
    scratch = path.with_name(path.name + ".rebuilding")
    scratch.unlink(missing_ok=True)
    try:
        yield scratch
    finally:
        scratch.unlink(missing_ok=True)


def _new_file(scratch: Path, page_size: int) -> sqlite3.Connection:
    # It is deleted if anything happens to it, so that nothing has to be undone or survive a power failure.
    new = sqlite3.connect(connection.uri(scratch, "rwc"), uri=True, isolation_level=None)
    for pragma in (f"page_size = {page_size}", "journal_mode = OFF", "synchronous = OFF"):
        new.execute(f"PRAGMA {pragma}").fetchall()
    new.text_factory = connection.decode
    return new


def _fill(new: Database, path: Path, migrations: Migrations, on_progress: check.Progress) -> None:
    """Raises `DamagedError` if a table of the file at ``path`` cannot be read to its end."""
    migrations.apply(new)
    new.execute("ATTACH ? AS old", [connection.uri(path, "ro")])
    new.execute("BEGIN")
    try:
        _copy_tables(new, on_progress)
    except sqlite3.DatabaseError as error:
        if not connection.is_damage(error) and not isinstance(error, sqlite3.IntegrityError):
            raise
        raise DamagedError(
            f"{path}: not rebuilt, and nothing was changed: rows of its tables cannot be read ({error}); `ingest db"
            " check` says which, and what to do"
        ) from error
    for index in search.TABLES if migrations is schema.articles_file else ():
        on_progress(index, 0, 0)
        search.index_all(new, index)
    for _, sql in _others(new, "index", "view", "trigger"):
        new.execute(sql)
    new.execute("COMMIT")
    new.execute("DETACH old")
    on_progress("statistics", 0, 0)
    new.execute("ANALYZE")
    found = new.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise StoreError(f"{path}: not rebuilt, and nothing was changed: the new file is not sound ({found})")


def _copy_tables(new: Database, on_progress: check.Progress) -> None:
    """Copies the rows of every table, also of those that an operator added, without a look at any index."""
    added = _others(new, "table")
    virtual = [name for name, sql in added if "VIRTUAL" in sql.upper()]
    if virtual:
        raise StoreError(
            f"not rebuilt: the virtual table {virtual[0]} is not ingest's; drop it, and make it again later"
        )
    for _, sql in added:
        new.execute(sql)
    asked = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT GLOB 'sqlite_*'"
    names = [name for (name,) in new.execute(asked) if not name.startswith(tuple(search.TABLES))]
    for name in [*names, "sqlite_sequence"]:
        columns = ", ".join(f'"{row[1]}"' for row in new.execute(f'PRAGMA old.table_info("{name}")'))
        if columns:
            on_progress(name, 0, 0)
            new.execute(f'DELETE FROM main."{name}"')  # noqa: S608 - names of the schema
            new.execute(f'INSERT INTO main."{name}"({columns}) SELECT {columns} FROM old."{name}" NOT INDEXED')  # noqa: S608


def _others(new: Database, *kinds: str) -> list[tuple[str, str]]:
    """Name and SQL of the things of these kinds that the old file has and the new one has not."""
    asked = (
        "SELECT type, name, sql FROM old.sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*'"
        " AND name NOT IN (SELECT name FROM main.sqlite_master)"
    )
    return [(name, sql) for kind, name, sql in new.execute(asked).fetchall() if kind in kinds]
