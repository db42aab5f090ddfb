"""Rows of articles as JSON lines and as CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# Spreadsheets take a cell for a formula that begins with one of these; the fullwidth forms in East Asian versions.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# Escaped besides the characters below U+0020, which JSON always escapes.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029]")
_REMOVED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One line for each row, a JSON object; lists and objects stay lists and objects."""
    for row in rows:
        line = json.dumps(row, ensure_ascii=False)
        yield _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", line) + "\n"


def csv_lines(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """A header line and one record for each row (RFC 4180, with ``\\n`` as line end); lists and objects as JSON text.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front. Line breaks between paragraphs are
    kept, tabs become spaces, and other control characters are removed.
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
    safe = _REMOVED.sub("", value.replace("\r\n", "\n").replace("\t", " "))
    return "'" + safe if value.startswith(_FORMULA_STARTS) or safe.startswith(_FORMULA_STARTS) else safe
