"""Articles as JSON lines and as CSV. Reads no database, writes no file."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# Spreadsheets take a cell that begins so for a formula; the wide forms count in East Asian ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# JSON itself escapes those below U+0020.
_CONTROLS = re.compile("[\x7f-\x9f\u2028\u2029]")
_NOT_IN_CELLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A JSON object a row, with real lists and objects."""
    for row in rows:
        line = json.dumps(row, ensure_ascii=False)
        yield _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", line) + "\n"


def csv_lines(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """A header and a record a row (RFC 4180, but for the line end ``\\n``); lists and objects as JSON text.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front. Of control characters only the line
    breaks between paragraphs stay.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for cells in _records(rows, columns):
        writer.writerow(cells)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _records(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[Sequence[object]]:
    yield columns
    for row in rows:
        yield [_cell(row[column]) for column in columns]


def _cell(value: object) -> object:
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str):
        return value
    safe = _NOT_IN_CELLS.sub("", value.replace("\r\n", "\n").replace("\t", " "))
    return "'" + safe if value.startswith(_FORMULA) or safe.startswith(_FORMULA) else safe
