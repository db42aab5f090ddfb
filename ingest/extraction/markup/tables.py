"""Tells data tables from tables that lay out a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LONGEST_CELL = 600  # letters on average; longer ones are the columns of a page


def is_data_table(table: LexborNode) -> bool:
    """Whether it has at least two columns, no table inside, and cells shorter than an article.

    The layout tables of old pages fail one of these tests; their content is rendered without a table.
    """
    if table.attributes.get("role") == "presentation" or table.css_first("td table, th table") is not None:
        return False
    cells = table.css("td, th")
    rows = table.css("tr")
    if len(cells) <= len(rows):
        return False
    return sum(len(cell.text()) for cell in cells) <= _LONGEST_CELL * len(cells)
