"""Copies a database and its raw pages while they are written, checks the copies, and puts them in their place together.

Both files are read in snapshots that are taken at the start, that of the articles first: the writer commits raw pages
before the articles they belong to, so an article in the copy has its page. A writer is never waited for, and never
waits: in WAL mode it goes on beside a snapshot.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import DamagedError, StoreError
from ingest.store import check, connection, schema

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils.migrations import Migrations

#: Pages that are copied between two reports of progress: 16 MB.
_PAGES_AT_A_TIME = 4_096


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A file of the backup, and its size in bytes."""

    path: Path
    size: int


def backup(
    path: Path, target: Path, *, overwrite: bool = False, on_progress: check.Progress = check.no_progress
) -> list[BackedUp]:
    """Copies ``path`` to ``target``, and the raw pages, if there are any, beside it (`connection.pages_path`).

    Raises `DamagedError` if a copy turns out to be damaged, which means that the database is, and `StoreError` if a
    file cannot be used or, unless ``overwrite``, exists already. Then whatever was at ``target`` is still there.
    """
    refusal = unsuitable(path, target, overwrite=overwrite)
    if refusal:
        raise StoreError(refusal)
    copies = {path: target, connection.pages_path(path): connection.pages_path(target)}
    # Named by the rule that the pages of a database are found by, so that the copies can be checked as a database.
    part = target.with_name(f"{target.stem}.part{target.suffix}")
    parts = {path: part, connection.pages_path(path): connection.pages_path(part)}
    try:
        with connection.store_errors(target):
            _copy(path, parts, on_progress)
            _check(path, part, on_progress)
            return _put_in_place([(parts[source], copies[source]) for source in copies if parts[source].exists()])
    finally:
        for copy in parts.values():
            copy.unlink(missing_ok=True)


def unsuitable(path: Path, target: Path, *, overwrite: bool = False) -> str:
    """Why a database cannot be backed up to ``target``; empty if nothing is in the way."""
    sources = {source.resolve() for source in (path, connection.pages_path(path))}
    for copy in (target, connection.pages_path(target)):
        if copy.resolve() in sources:
            return f"{copy}: this is a file of {path} itself; name another one"
        if copy.exists() and not overwrite:
            return f"{copy}: exists already; name another file, or overwrite it with --force"
        log = copy.with_name(copy.name + "-wal")
        if log.exists() and log.stat().st_size:
            return f"{copy}: is in use as a database; name another file"
    return ""


def _copy(path: Path, parts: dict[Path, Path], on_progress: check.Progress) -> None:
    with ExitStack() as opened:
        snapshots = [
            (source, opened.enter_context(closing(_snapshot(source, migrations))))
            for source, migrations in zip(parts, (schema.articles_file, schema.pages_file), strict=True)
            if source == path or source.is_file()
        ]
        for source, snapshot in snapshots:
            parts[source].unlink(missing_ok=True)
            with closing(sqlite3.connect(parts[source], isolation_level=None)) as copy:
                _copy_file(snapshot, copy, source.name, on_progress)
            _sync(parts[source])


def _snapshot(path: Path, migrations: Migrations) -> sqlite3.Connection:
    db: sqlite3.Connection = connection.open_file(path, migrations, read_only=True, older_too=True).conn
    db.execute("BEGIN")
    # The snapshot is that of the first read. It is held to the end: then a copy in steps never begins anew.
    db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return db


def _copy_file(snapshot: sqlite3.Connection, copy: sqlite3.Connection, name: str, on_progress: check.Progress) -> None:
    copy.execute("PRAGMA synchronous = OFF")

    def report(_: int, remaining: int, total: int) -> None:
        on_progress(f"copying {name}", total - remaining, total)

    snapshot.backup(copy, pages=_PAGES_AT_A_TIME, progress=report)
    # One file without a log beside it, which can also be opened where nothing can be written.
    copy.execute("PRAGMA journal_mode = DELETE").fetchall()


def _check(path: Path, part: Path, on_progress: check.Progress) -> None:
    found = check.check(part, on_progress).damage
    if found:
        damaged = path if found[0].file == str(part) else connection.pages_path(path)
        raise DamagedError(
            f"{damaged}: no backup was made, because this file is damaged ({found[0].message}); `ingest db check` says"
            " what to do"
        )


def _put_in_place(files: list[tuple[Path, Path]]) -> list[BackedUp]:
    done = [BackedUp(target, part.stat().st_size) for part, target in files]
    # The raw pages first, so that the articles at the target have theirs at any moment.
    for part, target in reversed(files):
        part.replace(target)
    _sync(files[0][1].parent)
    return done


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
