"""Damages database files as a failing disk does: bytes on the disk change, and nobody tells SQLite."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

PAGE = 4096


def pages_of(path: Path, name: str) -> list[int]:
    """The numbers of the leaf pages of a table or index, as far as it is one b-tree; no process may have it open."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        rows = db.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path", [name])
        return [number for (number,) in rows]


def flip_page(path: Path, name: str, which: int = -1) -> int:
    """Flips every bit at the beginning of a leaf page of this table or index. Returns the number of the page."""
    number = pages_of(path, name)[which]
    with path.open("r+b") as file:
        file.seek((number - 1) * PAGE + (100 if number == 1 else 0))
        begin = file.read(64)
        file.seek(-64, 1)
        file.write(bytes(byte ^ 0xFF for byte in begin))
    return number


def replace_bytes(path: Path, old: bytes, new: bytes) -> int:
    """Replaces some bytes of the same number wherever they stand in the file. Returns how often they stood there."""
    assert len(old) == len(new)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    content = path.read_bytes()
    path.write_bytes(content.replace(old, new))
    return content.count(old)


def lose_root(path: Path, name: str) -> None:
    """Makes an index begin at a page that is no index's, also for processes that have the file open."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA writable_schema = ON")
        with db:
            db.execute("UPDATE sqlite_master SET rootpage = 2 WHERE name = ?", [name])
            version = db.execute("PRAGMA schema_version").fetchone()[0]
            db.execute(f"PRAGMA schema_version = {version + 1}")
