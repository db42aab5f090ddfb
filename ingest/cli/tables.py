"""Prints tables for people: as wide as a terminal, or as lines of text in a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.cli.terminal import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

#: A cell of a table is cut to so many characters.
_CELL_CHARACTERS = 160
#: Longer cells do not widen their column in a pipe.
_COLUMN_CHARACTERS = 40


def print_table(titles: Sequence[str], rows: Iterable[Sequence[str]], *, no_wrap: Collection[str] = ()) -> None:
    """Prints a table as wide as the terminal; in a pipe, each row is a line, with two spaces or more between its cells.

    On a terminal the columns with the titles ``no_wrap`` stay on one line, and rows with ``*`` in their second cell
    are bold.
    """
    cells = [[plain(cell, _CELL_CHARACTERS) for cell in row] for row in rows]
    if sys.stdout.isatty():
        Console().print(rich_table(titles, cells, no_wrap))
        return
    for line in aligned(titles, cells):
        click.echo(line)


def aligned(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yields one line for the titles and one for each row; the cells of a column begin below each other."""
    columns = zip(titles, *rows, strict=True)
    widths = [min(max(map(len, column)), _COLUMN_CHARACTERS) for column in columns]
    for row in (titles, *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def rich_table(titles: Sequence[str], rows: Iterable[Sequence[str]], no_wrap: Collection[str] = ()) -> Table:
    """Builds the table of a terminal, of cells that are plain text."""
    table = Table(box=None, pad_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold", no_wrap=title in no_wrap)
    for row in rows:
        table.add_row(*map(Text, row), style="bold" if "*" in row[1:2] else "")
    return table
