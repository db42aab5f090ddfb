"""Rows of articles as lines of JSON and CSV that other programs read back, and spreadsheets open without harm."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.export.rows import csv_lines, json_lines


def cells(value: object) -> list[str]:
    """The one cell of a table with this value, as a reader of CSV sees it."""
    header, line = csv_lines([{"title": value}], ["title"])
    assert header == "title\n"
    return next(csv.reader(io.StringIO(line)))


@pytest.mark.parametrize(
    "start", ["=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x1b=1", "\uff1d1", "＋1", "－1", "＠1"]
)
def test_every_beginning_of_a_formula_is_neutralised(start: str) -> None:
    assert cells(start)[0].startswith("'")


@pytest.mark.parametrize("text", ["Sum = 1", "a+b", "'quoted'", "한국", "1 - 1", ""])
def test_other_text_is_not_changed(text: str) -> None:
    assert cells(text) == [text]


def test_line_breaks_stay_and_other_control_characters_go() -> None:
    assert cells("One.\r\n\r\nTwo\tand\x00 three\x1b[31m,\x85 four.") == ["One.\n\nTwo and three[31m, four."]


def test_cells_of_several_columns_come_in_the_order_that_was_asked_for() -> None:
    rows = [{"id": 1, "title": 'A "quoted", word', "tags": ["a", "ü"], "dates": {"where": None}, "section": None}]
    columns = ["title", "id", "tags", "dates", "section"]
    table = list(csv.reader(io.StringIO("".join(csv_lines(rows, columns)))))
    assert table == [columns, ['A "quoted", word', "1", '["a", "ü"]', '{"where": null}', ""]]


def test_without_rows_there_is_a_header_in_csv_and_nothing_in_json() -> None:
    assert list(csv_lines([], ["id", "title"])) == ["id,title\n"]
    assert list(json_lines([])) == []


def test_lists_and_objects_stay_what_they_are_in_json() -> None:
    rows: list[dict[str, Any]] = [{"id": 1, "tags": ["a"], "origins": {"title": "site:x"}, "section": None}, {"id": 2}]
    assert [json.loads(line) for line in json_lines(rows)] == rows


@given(st.dictionaries(st.sampled_from(["title", "text"]), st.text(max_size=60)))
def test_any_text_is_one_line_of_json_and_comes_back_as_it_was(row: dict[str, str]) -> None:
    (line,) = json_lines([row])
    assert json.loads(line) == row
    assert len(line.splitlines()) == 1
    assert not [character for character in line[:-1] if ord(character) < 32 or 127 <= ord(character) < 160]


def test_letters_beyond_ascii_are_not_escaped() -> None:
    assert list(json_lines([{"title": "집중호우"}])) == ['{"title": "집중호우"}\n']
    assert list(json_lines([{"title": "a\x7f\u2028b"}])) == ['{"title": "a\\u007f\\u2028b"}\n']
