"""Tables on a terminal and in a pipe."""

from io import StringIO

import pytest
from rich.console import Console
from rich.table import Table

from ingest.cli.tables import aligned, print_table, rich_table


def test_the_cells_of_a_column_begin_below_each_other():
    assert list(aligned(("name", "n"), [("a", "1"), ("longer", "22")])) == ["name    n", "a       1", "longer  22"]


def test_a_table_without_rows_is_its_titles():
    assert list(aligned(("name", "n"), [])) == ["name  n"]


def test_one_long_cell_does_not_push_the_other_rows_to_the_right():
    short = list(aligned(("a", "b"), [("x" * 100, "y"), ("z", "w")]))[2]
    assert len(short) == 43
    assert short == "z" + " " * 41 + "w"


def test_in_a_pipe_a_row_is_a_line_whatever_its_cells_hold(capsys: pytest.CaptureFixture[str]):
    print_table(("name", "text"), [("a", "two\nlines\x1b[0m"), ("b", "c" * 200)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "a     two lines [0m"
    assert lines[2] == "b     " + "c" * 159 + "…"
    assert len(lines) == 3


def shown(table: Table, width: int) -> list[str]:
    screen = StringIO()
    Console(file=screen, width=width, force_terminal=True, color_system="standard").print(table)
    return screen.getvalue().splitlines()


def test_on_a_terminal_the_row_that_is_taken_is_bold():
    taken, other, starred = shown(rich_table(("field", "", "answer"), [
        ("title", "*", "Otters"), ("title", "", "Home"), ("*", "", "*"),
    ]), 40)[1:]  # fmt: skip
    assert "\x1b[1m" in taken
    assert "\x1b[1m" not in other + starred


def test_on_a_narrow_terminal_only_the_columns_that_may_wrap_do():
    rows = [("council", "adjourned for lack of a quorum")]
    lines = shown(rich_table(("name", "text"), rows, no_wrap=("name",)), 20)
    assert lines[1].startswith("council")
    assert len(lines) > 3
    assert len(shown(rich_table(("name", "text"), rows, no_wrap=("name", "text")), 20)) == 2
