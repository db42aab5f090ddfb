"""Tables on a terminal and in a pipe."""

import pytest

from ingest.cli.tables import aligned, print_table


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
