from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.markup.tables import is_data_table


def judged(html: str) -> bool:
    table = LexborHTMLParser(html).css_first("table")
    assert table is not None
    return is_data_table(table)


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><th>Year</th><th>Bridges</th></tr><tr><td>2025</td><td>4</td></tr></table>",
        "<table><tr><td>2025</td><td>4</td></tr></table>",
        "<table><tr><td>Title</td></tr><tr><td>2025</td><td>4</td></tr></table>",
        f"<table><tr><td>{'x' * 600}</td><td>{'x' * 600}</td></tr></table>",
        f"<table><tr><td>{'x' * 1200}</td><td></td></tr></table>",
    ],
)
def test_rows_of_several_short_cells_are_data(table: str) -> None:
    assert judged(table)


@pytest.mark.parametrize(
    "table",
    [
        "<table></table>",
        "<table><tr><td>One column</td></tr><tr><td>of cells</td></tr></table>",
        "<table role='presentation'><tr><td>2025</td><td>4</td></tr></table>",
        "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>4</td></tr></table>",
        "<table><tr><th><table><tr><td>a</td><td>b</td></tr></table></th><td>4</td></tr></table>",
        f"<table><tr><td>{'x' * 1201}</td><td></td></tr></table>",
    ],
)
def test_what_sets_a_page_in_columns_is_no_data(table: str) -> None:
    assert not judged(table)
