"""`ingest reextract`: applies today's extractors to the raw pages that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ingest.cli.interrupts import until_interrupted
from ingest.cli.logs import log_to_stderr
from ingest.cli.progress import display, run_line
from ingest.errors import StoreError
from ingest.run.reextract import reextract
from ingest.run.runtime import open_runtime
from ingest.sources import load
from ingest.store.connection import pages_path

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.cli.options import Options
    from ingest.run.report import RunReport


@click.command("reextract")
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option("--dry-run", is_flag=True, help="Tell what would change; store nothing.")
@click.pass_obj
def command(options: Options, names: tuple[str, ...], dry_run: bool) -> int:
    """Apply today's extractors and rules to the raw pages that were kept, of all or the named sources; asks no server.

    What reads differently is stored as a new version. The exit status is 0 if all is well, 1 if some sources failed.
    """
    configuration = load(options.sources)
    sources = configuration.named(names)
    database = options.existing_database()
    _check_pages(database)
    log_to_stderr()
    screen, on_progress = display(len(sources))

    async def run() -> RunReport:
        async with open_runtime(configuration.settings, configuration.sources, database) as runtime:
            return await reextract(runtime, sources, dry_run=dry_run, on_progress=on_progress)

    with screen:
        report = until_interrupted(run())
    click.echo(run_line(report) + (" (nothing was stored)" if dry_run else ""))
    return 1 if report.failed else 0


def _check_pages(database: Path) -> None:
    """Raises `StoreError` if there are no raw pages: the run itself would begin a new, empty file of them."""
    pages = pages_path(database)
    if not pages.is_file():
        raise StoreError(
            f"{pages}: the raw pages are missing, and `reextract` has nothing to read; restore the file from a backup,"
            " or let `ingest fetch` keep pages from now on"
        )
