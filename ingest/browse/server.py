"""Runs Datasette with one database, also while ingest writes to it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SETTINGS = {
    "default_page_size": "50",
    "facet_time_limit_ms": "1000",
    "suggest_facets": "off",  # ours are configured; trying every column costs more than the page itself
    "sql_time_limit_ms": "5000",
    "truncate_cells_html": "240",
    "max_csv_mb": "0",  # no limit: an export that stops at 100 MB looks complete
}


def serve(database: Path, *, port: int = 8001, host: str = "127.0.0.1", open_browser: bool = False) -> None:
    """Serves ``database`` until interrupted. Never as immutable, which would hide the rows in the WAL."""
    import click  # noqa: PLC0415 — Datasette imports this module as its plugin
    from datasette.cli import cli  # noqa: PLC0415 — as above, and slow to import

    words = command_line(database, port=port, host=host, open_browser=open_browser)
    # Serving ends with Ctrl-C; some versions of uvicorn raise it again after their shutdown.
    with suppress(KeyboardInterrupt, click.Abort):
        cli.main(args=words, standalone_mode=False)


def command_line(database: Path, *, port: int, host: str, open_browser: bool) -> list[str]:
    """The arguments of the `datasette` command that serves the same, where this package is installed."""
    words = ["serve", str(database.absolute()), "--port", str(port), "--host", host]
    for name, value in _SETTINGS.items():
        words += ["--setting", name, value]
    return [*words, "--open"] if open_browser else words
