"""Runs Datasette over one database, also while ingest is writing to it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SETTINGS = {
    "default_page_size": "50",
    "facet_time_limit_ms": "1000",
    "suggest_facets": "off",  # ours are chosen; trying all columns costs more than the page
    "sql_time_limit_ms": "5000",
    "truncate_cells_html": "240",
    "max_csv_mb": "0",  # no end: an export that stops at 100 MB looks like a whole one
}


def serve(database: Path, *, port: int = 8001, host: str = "127.0.0.1", open_browser: bool = False) -> None:
    """Serves ``database`` until interrupted. Never as immutable: rows that are still in the WAL would be missing."""
    import click  # noqa: PLC0415 - this module is imported by Datasette itself
    from datasette.cli import cli  # noqa: PLC0415

    words = arguments(database, port=port, host=host, open_browser=open_browser)
    # Ctrl-C is how serving ends; some versions of uvicorn raise it again when they are done.
    with suppress(KeyboardInterrupt, click.Abort):
        cli.main(args=words, standalone_mode=False)


def arguments(database: Path, *, port: int, host: str, open_browser: bool) -> list[str]:
    """The words of the command line that does the same without us (where this package is installed)."""
    words = ["serve", str(database.absolute()), "--port", str(port), "--host", host]
    for name, value in _SETTINGS.items():
        words += ["--setting", name, value]
    return [*words, "--open"] if open_browser else words
