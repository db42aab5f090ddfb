"""Runs Datasette with one database, also while ingest writes to it."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from ingest.store import frozen

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
    """Serves ``database`` until interrupted.

    As immutable, which would hide the rows in the WAL, only where it can be read in no other way, and no longer than
    nobody writes to it.
    """
    import click  # noqa: PLC0415 — Datasette imports this module as its plugin
    from datasette.cli import cli  # noqa: PLC0415 — as above, and slow to import

    words = command_line(database, port=port, host=host, open_browser=open_browser)
    if frozen.is_frozen(database):
        threading.Thread(target=_start_again_when_written, args=(database,), daemon=True).start()
    # Serving ends with Ctrl-C; some versions of uvicorn raise it again after their shutdown.
    with suppress(KeyboardInterrupt, click.Abort):
        cli.main(args=words, standalone_mode=False)


def command_line(database: Path, *, port: int, host: str, open_browser: bool) -> list[str]:
    """The arguments of the `datasette` command that serves the same, where this package is installed."""
    served = ["--immutable"] if frozen.is_frozen(database) else []
    words = ["serve", *served, str(database.absolute()), "--port", str(port), "--host", host]
    for name, value in _SETTINGS.items():
        words += ["--setting", name, value]
    return [*words, "--open"] if open_browser else words


def _start_again_when_written(database: Path) -> None:
    """Replaces this process by a new one, which reads the file as one that is being written."""
    written = database.stat().st_mtime_ns
    while frozen.is_frozen(database) and database.stat().st_mtime_ns == written:
        time.sleep(1)
    words = [word for word in sys.orig_argv[1:] if word != "--open"]
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606 - the command that runs already
