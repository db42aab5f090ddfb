"""Reads a table row by row past pages that cannot be read, so that what is lost can be told from what is not."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_AT_A_TIME = 200
_MOST_RANGES = 10_000
#: In a sentence.
_SHOWN_RANGES = 20


@dataclass(slots=True)
class Ids:
    """Ids in ascending order, as ranges: 7, 120–179. Only the first ranges are kept, so that memory is bounded."""

    count: int = 0
    ranges: list[tuple[int, int]] = field(default_factory=list)

    def add(self, number: int) -> None:
        self.count += 1
        if self.ranges and self.ranges[-1][1] == number - 1:
            self.ranges[-1] = (self.ranges[-1][0], number)
        elif len(self.ranges) < _MOST_RANGES:
            self.ranges.append((number, number))

    def __str__(self) -> str:
        shown = [str(a) if a == b else f"{a}–{b}" for a, b in self.ranges[:_SHOWN_RANGES]]
        return ", ".join(shown + ["…"] * (len(self.ranges) > _SHOWN_RANGES))


def rows(db: Database, table: str, columns: str, lost: Ids) -> Iterator[dict[str, Any]]:
    """Yields the rows of a table with an integer ``id``, in its order. Ids that cannot be read are added to ``lost``.

    Where a page is damaged, each id that may be in it is looked up by itself.
    """
    last, select = 0, f"SELECT {columns} FROM {table}"  # noqa: S608 - ours
    while True:
        count = 0
        try:
            for row in db.query(f"{select} WHERE id > ? ORDER BY id LIMIT ?", [last, _AT_A_TIME]):
                count, last = count + 1, row["id"]
                yield row
        except sqlite3.DatabaseError:
            end = _highest_id(db, table)
            if last >= end:
                return
            tried = min(last + _AT_A_TIME, end)
            for number in range(last + 1, tried + 1):
                yield from _row(db, select, number, lost)
            last = tried
            continue
        if count < _AT_A_TIME:
            return


def _row(db: Database, select: str, number: int, lost: Ids) -> Iterator[dict[str, Any]]:
    try:
        found = list(db.query(f"{select} WHERE id = ?", [number]))
    except sqlite3.DatabaseError:
        lost.add(number)
        return
    yield from found


def _highest_id(db: Database, table: str) -> int:
    """From the table or, if that cannot be read, from one of its indexes; 0 if that cannot be read either."""
    indexes = [f" INDEXED BY {name}" for (name,) in _indexes(db, table)]
    for hint in ("", *indexes):
        try:
            return int(db.execute(f"SELECT coalesce(max(+id), 0) FROM {table}{hint}").fetchone()[0])  # noqa: S608
        except sqlite3.DatabaseError:
            continue
    return 0


def _indexes(db: Database, table: str) -> list[tuple[str]]:
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
        " AND sql NOT LIKE '% WHERE %'"
    )
    return list(db.execute(asked, [table]))
