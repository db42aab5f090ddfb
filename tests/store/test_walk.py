"""Ids as ranges, and rows that are read past a damaged page."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from damaging import flip_page
from sqlite_utils import Database

from ingest.store import walk
from ingest.store.walk import Ids


def test_ids_are_told_as_ranges() -> None:
    ids = Ids()
    for number in (3, 5, 6, 7, 20):
        ids.add(number)
    assert (str(ids), ids.count) == ("3, 5–7, 20", 5)


def test_many_ids_are_counted_and_the_first_are_told() -> None:
    ids = Ids()
    for number in range(0, 100_000, 2):
        ids.add(number)
    assert ids.count == 50_000
    assert len(ids.ranges) == 10_000
    assert str(ids).endswith("38, …")


def test_every_row_is_read_but_those_of_the_damaged_page(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    present = [number for number in range(1, 3_000) if number % 7]
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT)")
        db.executemany("INSERT INTO t VALUES (?, ?)", [(number, f"word {number}" * 9) for number in present])
        db.execute("CREATE INDEX words ON t(word)")
    for which in (-1, 0, 30):
        flip_page(path, "t", which)
    lost = Ids()
    with closing(sqlite3.connect(path)) as db:
        read = [row["id"] for row in walk.rows(Database(db), "t", "id, word", lost)]
    assert read == sorted(read)
    assert lost.ranges[0][0] == 1
    assert lost.ranges[-1][1] == present[-1]
    unreadable = {number for begin, end in lost.ranges for number in range(begin, end + 1)}
    assert set(read) == set(present) - unreadable
    assert len(unreadable) < 200
