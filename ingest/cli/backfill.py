"""`ingest backfill`: reads the whole history of one source; it can be interrupted and resumed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from ingest.cli.interrupts import until_interrupted
from ingest.cli.logs import log_to_stderr
from ingest.cli.options import log_option
from ingest.cli.progress import display
from ingest.cli.terminal import counted
from ingest.run.backfill import backfill
from ingest.run.runtime import open_runtime
from ingest.sources import load

if TYPE_CHECKING:
    from ingest.cli.options import Options
    from ingest.run.report import SourceReport
    from ingest.store.backfills import Progress


@click.command("backfill")
@click.argument("name")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Leave what is older out, as in 2020-01-31 (UTC).")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many articles in this run.")
@log_option
@click.pass_obj
def command(options: Options, name: str, since: datetime | None, limit: int | None) -> int:
    """Read the whole history of a source: the sitemaps of its index, the older pages of its feed or API.

    Stop it whenever you like; the next `backfill` goes on where this one ended. The exit status is 0 if all is well,
    1 if something could not be read.
    """
    configuration = load(options.sources)
    (source,) = configuration.named((name,))
    log_to_stderr(options.log)
    screen, on_progress = display(1)

    async def run() -> tuple[SourceReport, Progress]:
        async with open_runtime(
            configuration.settings, configuration.sources, options.db, on_progress=on_progress
        ) as runtime:
            reach = since.replace(tzinfo=UTC) if since else None
            return await backfill(runtime, source, since=reach, limit=limit)

    with screen:
        report, progress = until_interrupted(run())
        on_progress(report)
    click.echo(_progress(name, progress))
    return 1 if report.outcome == "failed" else 0


def _progress(name: str, progress: Progress) -> str:
    verb = "was" if progress.read == 1 else "were"
    pages = f"{counted(progress.read, 'index page')} of its history {verb} read"
    given_up = f", {progress.failed} could not be had" if progress.failed else ""
    if progress.unread:
        return f"{pages}{given_up}, {progress.unread} known ones are to be read: `ingest backfill {name}` goes on"
    return f"{pages}{given_up}; that is all of it"
