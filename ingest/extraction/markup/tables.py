"""Whether a table holds data or only lays out a page. Renders nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LONGEST_CELL = 600  # letters on average; more is a page set in columns


def is_data_table(table: LexborNode) -> bool:
    """At least two columns, no table inside, cells shorter than an article.

    The layout tables of old pages fail one of these; they are read as if the table were not there.
    """
    if table.attributes.get("role") == "presentation" or table.css_first("td table, th table") is not None:
        return False
    cells = table.css("td, th")
    rows = table.css("tr")
    if len(cells) <= len(rows):
        return False
    return sum(len(cell.text()) for cell in cells) <= _LONGEST_CELL * len(cells)
