"""Looks for damage in the two files of a database. Reads one snapshot of each, beside a writer; writes nothing.

Whatever is damaged, the rest is looked at, too. Memory does not grow with the files: rows are read one by one, and of
their ids only ranges are kept.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from ingest.errors import DamagedError, ExtractError
from ingest.store import article_rows, connection, fulltext_check, raw_pages, schema, search, values, versions, walk
from ingest.store.damage import FETCH_AGAIN, MOVE_AWAY, REBUILD, REREAD, RESTORE, RESTORE_ROWS, CheckReport, Damage
from ingest.store.walk import Ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlite_utils.migrations import Migrations

    from ingest.store.damage import Kind

    #: Called with what is looked at, how much of it is done, and how much there is (0: nobody knows).
    Progress = Callable[[str, int, int], None]

#: Messages of SQLite that are counted, and shown.
_MESSAGES, _SHOWN = 1_000, 3
_STEP = 1_000
_TIMES_OF_ARTICLES = ("published", "modified", "fetched_at", "first_seen", "last_changed")
_TIMES_OF_LINKS = ("found_at", "next_try", "checked_at")


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Default progress callback; does nothing."""


def check(path: Path, on_progress: Progress = no_progress) -> CheckReport:
    """Looks at every page, row, hash and index of the database, and at every raw page beside it.

    Of a database of an older version only the structure is looked at. Raises `StoreError` if there is no such
    database, or it is one of another program or a newer version.
    """
    report = CheckReport(path)
    with _snapshot(path, schema.articles_file, report) as db:
        if db:
            _ArticlesFile(db, path, report, on_progress).check()
    pages = connection.pages_path(path)
    if not pages.is_file():
        report.missing.append(str(pages))
        return report
    with _snapshot(pages, schema.pages_file, report) as db:
        if db:
            _PagesFile(db, pages, report, on_progress).check()
    return report


def has_damaged_structure(pages: Path) -> bool:
    """Whether the pages of a file of raw pages do not fit together, or it lacks an index."""
    report = CheckReport(pages)
    with _snapshot(pages, schema.pages_file, report) as db:
        if db:
            _PagesFile(db, pages, report, no_progress).check_structure(is_lost=False)
    return bool(report.damage)


@contextmanager
def _snapshot(path: Path, migrations: Migrations, report: CheckReport) -> Iterator[Database | None]:
    """The file as it is now, however long it is read; None, and damage, if it cannot even be opened."""
    try:
        db = connection.open_file(path, migrations, read_only=True, older_too=True)
    except DamagedError as error:
        advice = MOVE_AWAY if connection.is_pages_path(path) else RESTORE
        report.damage.append(Damage(str(path), "file", f"it cannot be read as a database ({error.__cause__})", advice))
        yield None
        return
    with closing(db.conn), connection.store_errors(path):
        db.execute("PRAGMA cell_size_check = ON")
        # On disk, whatever SQLite was built to do: the copy of an index may be larger than memory.
        db.execute("PRAGMA temp_store = FILE")
        db.execute("BEGIN")
        yield db


class _File:
    """What is looked at in both files."""

    migrations: Migrations
    #: What to do if rows are lost.
    advice = RESTORE

    def __init__(self, db: Database, path: Path, report: CheckReport, on_progress: Progress) -> None:
        self._db = db
        self._path = path
        self._report = report
        self._on_progress = on_progress
        self.is_older = connection.is_older(db, self.migrations)
        if self.is_older:
            report.older.append(str(path))

    def found(self, kind: Kind, message: str, advice: str, ids: Ids | None = None, count: int = 1) -> None:
        if ids:
            message, count = f"{message}: {ids}", ids.count
        damage = Damage(str(self._path), kind, message, advice, count, str(ids) if ids else "")
        self._report.damage.append(damage)

    def check_tables(self, walked: tuple[str, ...]) -> bool:
        """Whether all tables can be read but the ``walked`` ones, whose rows are read elsewhere."""
        self._on_progress("tables", 0, 0)
        unreadable = [name for name in self._tables() if name not in walked and not self._is_readable(name)]
        for name in unreadable:
            self.found("table", f"rows of the table {name} cannot be read", self.advice)
        return not unreadable

    def check_structure(self, *, is_lost: bool) -> None:
        """Compares the pages with each other. ``is_lost``: there are rows that cannot be read."""
        self._on_progress("structure", 0, 0)
        messages = self._messages()
        if messages:
            said = "; ".join(messages[:_SHOWN]) + "; …" * (len(messages) > _SHOWN)
            advice = self.advice if is_lost else REBUILD
            self.found("structure", f"its pages do not fit together ({said})", advice, count=len(messages))
        if not self.is_older:
            self._check_schema()

    def _messages(self) -> list[str]:
        asked = f"SELECT integrity_check FROM pragma_integrity_check({_MESSAGES}) LIMIT ?"  # noqa: S608 - a number
        found: list[str] = []
        try:
            found.extend(said for (said,) in self._db.execute(asked, [_MESSAGES]))
        except sqlite3.DatabaseError as error:
            # The row before an error is lost on its way, unless it is the last that is asked for.
            last = self._db.execute(asked, [len(found) + 1]).fetchall()
            found = [*(said for (said,) in last), str(error)]
        lines = [" ".join(line.split()) for said in found for line in said.splitlines()]
        return [line for line in lines if line not in {"ok", "*** in database main ***"}]

    def _tables(self) -> list[str]:
        """The tables that hold something of their own: the full-text indexes can be made again."""
        found = self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        return [name for (name,) in found if not name.startswith(tuple(search.TABLES))]

    def _is_readable(self, table: str) -> bool:
        try:
            for _ in self._db.execute(f'SELECT * FROM "{table}" NOT INDEXED'):  # noqa: S608 - from the schema
                pass
        except sqlite3.DatabaseError:
            return False
        return True

    def _check_schema(self) -> None:
        """Compares indexes and views with those of a new file; others, which an operator added, are left alone."""
        asked = "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'view') AND sql IS NOT NULL"
        held = dict(self._db.execute(asked).fetchall())
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
            new = Database(empty, execute_plugins=False)
            self.migrations.apply(new)
            for name, sql in new.execute(asked):
                if held.get(name) != sql:
                    state = "is another one than it was made as" if name in held else "is missing"
                    self.found("schema", f"the index or view {name} {state}", REBUILD)

    def walk(self, table: str, columns: str, is_intact: Callable[[dict[str, Any]], bool]) -> tuple[Ids, Ids]:
        """Reads the rows of a table. Returns the ids of those that cannot be read, and of those that have changed."""
        lost, changed, count = Ids(), Ids(), 0
        total = self._total(table)
        for row in walk.rows(self._db, table, columns, lost):
            count += 1
            if count % _STEP == 0:
                self._on_progress(table, count, total)
            if not is_intact(row):
                changed.add(row["id"])
        self._report.checked[table] = count
        return lost, changed

    def _total(self, table: str) -> int:
        try:
            return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - ours
        except sqlite3.DatabaseError:
            return 0


class _ArticlesFile(_File):
    migrations = schema.articles_file

    def check(self) -> None:
        self._check_references()
        if self.is_older:
            self.check_structure(is_lost=not self.check_tables(()))
            return
        is_lost = not self.check_tables(("articles", "versions", "links"))
        for table, noun, kind, is_intact, advice in _ROWS:
            lost, changed = self.walk(table, "*", is_intact)
            is_lost = is_lost or lost.count > 0
            if lost.count:
                self.found(kind, f"{noun} cannot be read", RESTORE, lost)
            if changed.count:
                self.found(kind, f"{noun} are not as they were stored", advice, changed)
        self.check_structure(is_lost=is_lost)
        if not is_lost:
            for index in search.TABLES:
                self._check_index(index)

    def _check_references(self) -> None:
        broken: dict[tuple[str, str], Ids] = {}
        try:
            for table, row_id, parent, _ in self._db.execute("PRAGMA foreign_key_check"):
                broken.setdefault((table, parent), Ids()).add(row_id or 0)
        except sqlite3.DatabaseError:
            # What cannot be read is told by its table.
            return
        for (table, parent), ids in broken.items():
            self.found("reference", f"rows of {table} name rows of {parent} that are not there", RESTORE_ROWS, ids)

    def _check_index(self, index: search.Index) -> None:
        self._on_progress(index, 0, 0)
        # A connection that has met damage takes no temporary tables any more.
        with _snapshot(self._path, self.migrations, self._report) as db:
            if db is None:
                return
            state = fulltext_check.compare(db, index)
        table = search.TABLES[index]
        if state.missing.count:
            self.found("index", f"the full-text index {index} lacks rows of {table}", REBUILD, state.missing)
        if state.surplus.count:
            gone = f"the full-text index {index} has words of rows of {table} that are not there"
            self.found("index", gone, REBUILD, state.surplus)
        if not state.fits and not state.missing.count and not state.surplus.count:
            self.found("index", f"the full-text index {index} does not hold the words of {table}", REBUILD)


class _PagesFile(_File):
    migrations = schema.pages_file
    advice = MOVE_AWAY

    def check(self) -> None:
        if self.is_older:
            self.check_structure(is_lost=not self.check_tables(()))
            return
        is_readable = self.check_tables(("pages",))
        lost, changed = self.walk("pages", f"id, {raw_pages.COLUMNS}", _is_intact_page)
        if lost.count:
            self.found("raw_page", "raw pages cannot be read", MOVE_AWAY, lost)
        if changed.count:
            self.found("raw_page", "raw pages are not as they were kept", FETCH_AGAIN, changed)
        self.check_structure(is_lost=not is_readable or lost.count > 0)


def _is_intact_article(row: dict[str, Any]) -> bool:
    return article_rows.is_intact(article_rows.decoded(row)) and _has_times(row, _TIMES_OF_ARTICLES)


def _is_intact_version(row: dict[str, Any]) -> bool:
    return versions.is_intact(versions.decoded(row))


def _is_intact_link(row: dict[str, Any]) -> bool:
    try:
        values.hints(row["hints"])
    except DamagedError:
        return False
    return _has_times(row, _TIMES_OF_LINKS)


def _has_times(row: dict[str, Any], columns: tuple[str, ...]) -> bool:
    try:
        return all(values.moment(row[name]) is not None for name in columns if row[name] is not None)
    except DamagedError:
        return False


def _is_intact_page(row: dict[str, Any]) -> bool:
    try:
        raw = raw_pages.of_row(list(row.values())[1:])
        return bool(raw.page and raw.last_seen)
    except ExtractError:
        return False


#: Tables whose rows are looked at one by one: what a row is called, and what to do if it is not as it was stored.
_ROWS: tuple[tuple[str, str, Kind, Callable[[dict[str, Any]], bool], str], ...] = (
    ("articles", "articles", "article", _is_intact_article, REREAD),
    ("versions", "versions of articles", "version", _is_intact_version, RESTORE_ROWS),
    ("links", "rows of the table links", "table", _is_intact_link, RESTORE_ROWS),
)
