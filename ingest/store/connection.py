"""Opens the SQLite files, begins transactions, and turns what SQLite raises into `StoreError`. Knows no table."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlite_utils import Database

from ingest.errors import DamagedError, StoreError
from ingest.store import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlite_utils.migrations import Migrations

#: Seconds to wait for another process that is writing.
BUSY = 30.0
# Seconds that a writer waits inside SQLite, where nothing can end it, before it looks whether it is to wait on.
_BUSY_AT_A_TIME = 2.0

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

#: KB. A cache fills as slowly as its file grows and is never freed: for a file that is appended to and hardly ever
#: read, a large one would look like a leak for days.
LARGE_CACHE, SMALL_CACHE = 32_000, 2_000

#: Bytes. A writer checks the structure of a file up to this size before it writes (docs/decisions/0028): half a second.
_CHECKED_AT_START = 512 * 1024 * 1024
#: Bytes of free space below which a disk counts as full once it has been full.
_LEAST_SPACE = 1 << 20
_DISK_FULL = "the disk is full; nothing was lost, free some space and start again"

PRAGMAS = (
    "cell_size_check = ON",
    "journal_mode = WAL",
    "synchronous = NORMAL",  # docs/decisions/0003-synchronous-normal.md
    "foreign_keys = ON",
    "journal_size_limit = 67108864",
)


def pages_path(path: Path) -> Path:
    """The file of raw pages: ``pages.db`` beside ``articles.db``, ``x-pages.db`` beside any other ``x.db``."""
    return path.with_name("pages.db" if path.stem == "articles" else f"{path.stem}-pages.db")


def is_pages_path(path: Path) -> bool:
    """Whether a file has the name of one of raw pages."""
    return path.name == "pages.db" or path.name.endswith("-pages.db")


def open_file(
    path: Path,
    migrations: Migrations,
    *,
    cache: int = SMALL_CACHE,
    read_only: bool = False,
    older_too: bool = False,
) -> Database:
    """Opens or creates one file and brings its tables up to date. Raises `StoreError`.

    ``cache`` is the KB of the file that a writer keeps in memory; with ``older_too`` a reader gets the tables of an
    older version as they are.
    The connection may be made in one thread and used in another, never in two at once.
    """
    with store_errors(path):
        database = _connect(path, read_only=read_only)
        try:
            _check_owner(database, migrations, path, may_be_older=older_too or not read_only)
            if not read_only:
                for pragma in (*PRAGMAS, f"cache_size = -{cache}"):
                    database.execute(f"PRAGMA {pragma}").fetchall()
                _check_structure(database, path)
                migrations.apply(database)
                database.execute(f"PRAGMA busy_timeout = {_BUSY_AT_A_TIME * 1000:.0f}")
        except BaseException:
            database.conn.close()
            raise
    return database


def _never() -> bool:
    return False


@contextmanager
def transaction(database: Database, give_up: Callable[[], bool] = _never) -> Iterator[None]:
    """All or nothing. Inside another one it is a savepoint, whose failure leaves the outer one as it was.

    Another process that writes is waited for, 30 seconds at most, until ``give_up`` is true.
    """
    if database.conn.in_transaction:
        with _savepoint(database):
            yield
        return
    _begin(database, give_up)
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.conn.in_transaction:
            database.execute("ROLLBACK")
        raise


def _begin(database: Database, give_up: Callable[[], bool]) -> None:
    end = time.monotonic() + BUSY
    while True:
        try:
            # IMMEDIATE: a transaction that begins by reading cannot wait for another one when it comes to write.
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            locked = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not locked or give_up() or time.monotonic() >= end:
                raise
        else:
            return


@contextmanager
def _savepoint(database: Database) -> Iterator[None]:
    """Savepoints of one name nest: each is released, or rolled back, by the block that set it."""
    database.execute("SAVEPOINT inner")
    try:
        yield
    except BaseException:
        # A full disk ends the whole transaction by itself.
        if database.conn.in_transaction:
            database.execute("ROLLBACK TO inner")
            database.execute("RELEASE inner")
        raise
    database.execute("RELEASE inner")


@contextmanager
def rolled_back(database: Database) -> Iterator[None]:
    """A transaction whose writes are undone at its end."""
    with transaction(database):
        database.execute("SAVEPOINT rolled_back")
        try:
            yield
        finally:
            database.execute("ROLLBACK TO rolled_back")
            database.execute("RELEASE rolled_back")


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Raises `StoreError` for a file that cannot be used, with advice; `DamagedError` if that is why.

    Errors of our own SQL pass unchanged.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not isinstance(error, sqlite3.OperationalError) and type(error) is not sqlite3.DatabaseError:
            raise
        if is_damage(error):
            raise DamagedError(f"{path}: {_damage_advice(path, error)}") from error
        raise StoreError(f"{path}: {_advice(error)}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


def check_space(path: Path) -> None:
    """Raises `StoreError` if the disk of a file has no room for the pages and articles of a few minutes."""
    if shutil.disk_usage(path.parent).free < _LEAST_SPACE:
        raise StoreError(f"{path}: {_DISK_FULL}")


def rewrite_header(database: Database) -> None:
    """Writes the first page of a file as it is: shows whether the file can be written at all."""
    version = database.execute("PRAGMA user_version").fetchone()[0]
    database.execute(f"PRAGMA user_version = {int(version)}")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is damaged, or none of its own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def uri(path: Path, mode: str) -> str:
    """The URI of a file for SQLite: a mode is ``ro`` or ``rwc``."""
    immutable = "&immutable=1" if mode == "ro" and frozen.is_frozen(path) else ""
    return f"file:{quote(str(path.absolute()))}?mode={mode}{immutable}"


def _connect(path: Path, *, read_only: bool) -> Database:
    if read_only and not path.is_file():
        raise StoreError(f"{path}: there is no database yet; `ingest fetch` or `ingest demo` makes one")
    if read_only:
        frozen.check_readable(path)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(
        uri(path, "ro" if read_only else "rwc"), uri=True, timeout=BUSY, isolation_level=None, check_same_thread=False
    )
    # A damaged byte is shown as a replacement character; `ingest db check` finds it by the hash of its text.
    connection.text_factory = decode
    # Plugins of sqlite-utils that happen to be installed must not run on this file.
    return Database(connection, execute_plugins=False)


def decode(column: bytes) -> str:
    """The text of a column, also if bytes of it have changed on the disk."""
    return column.decode("utf-8", "replace")


def _check_structure(database: Database, path: Path) -> None:
    """Raises `DamagedError` for a file whose pages do not fit together, unless it is too large to look at each time."""
    if path.stat().st_size > _CHECKED_AT_START:
        return
    found = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise DamagedError(f"{path}: {_damage_advice(path, found)}")


def _check_owner(database: Database, migrations: Migrations, path: Path, *, may_be_older: bool) -> None:
    try:
        tables = database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0]
    except UnicodeDecodeError as error:
        # SQLite quotes what it cannot read of the schema, and Python cannot read that either.
        raise DamagedError(f"{path}: {_damage_advice(path, 'its schema is no text')}") from error
    applied, known = _versions(database, migrations)
    if tables and not applied:
        raise StoreError(f"{path}: this is a database of another program; choose another file with --db")
    if not applied <= known:
        raise StoreError(f"{path}: written by a newer version of ingest; upgrade ingest, or choose another file")
    if not may_be_older and applied != known:
        raise StoreError(f"{path}: written by an older version of ingest; `ingest fetch` brings it up to date")


def is_older(database: Database, migrations: Migrations) -> bool:
    """Whether a file that was opened with ``older_too`` lacks migrations."""
    applied, known = _versions(database, migrations)
    return applied != known


def _versions(database: Database, migrations: Migrations) -> tuple[set[str], set[str]]:
    """The migrations that a file has had, and all."""
    with closing(sqlite3.connect(":memory:")) as empty:
        known = {migration.name for migration in migrations.pending(Database(empty, execute_plugins=False))}
    return {migration.name for migration in migrations.applied(database)}, known


def _advice(error: sqlite3.DatabaseError) -> str:
    text = str(error)
    if "readonly" in text or "unable to open" in text:
        return f"cannot be opened for writing ({text}); check that the folder and the file belong to this user"
    if "full" in text:
        return _DISK_FULL
    if "locked" in text:
        return f"another process has been writing for {BUSY:g} s; is a second `ingest` running?"
    return text


def _damage_advice(path: Path, found: object) -> str:
    what = " ".join(str(found).split())
    if is_pages_path(path):
        return (
            f"the raw pages are damaged ({what}); move this file away, and `ingest` goes on with a new one: nothing is"
            " lost but the kept pages"
        )
    if "not a database" in what:
        return (
            "this file is not an SQLite database; choose another one with --db, or restore a backup if this one's first"
            " page is damaged"
        )
    return f"the database is damaged ({what}), and nothing is written to it; `ingest db check` says what to do"
