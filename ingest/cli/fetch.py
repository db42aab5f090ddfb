"""`ingest fetch`: runs all or the named sources once, due or not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from ingest.cli.interrupts import until_interrupted
from ingest.cli.logs import log_to_stderr
from ingest.cli.options import log_option
from ingest.cli.progress import display, run_line
from ingest.cli.terminal import counted, plain
from ingest.errors import PageError
from ingest.run.runtime import open_runtime
from ingest.sources import load

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.cli.options import Options
    from ingest.model import Link, Source
    from ingest.run.report import RunReport
    from ingest.sources import Configuration


@click.command("fetch")
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many articles a source; the rest stays queued.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Leave older articles queued, as in 2026-01-31 (UTC).")
@click.option("--dry-run", is_flag=True, help="Show which links would be fetched; store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
@log_option
@click.pass_obj
def command(
    options: Options, names: tuple[str, ...], limit: int | None, since: datetime | None, dry_run: bool, as_json: bool
) -> int:
    """Read all (or the named) sources once, due or not.

    The exit status is 0 if all is well, 1 if some sources failed (the rest is stored).
    """
    configuration = load(options.sources)
    sources = configuration.named(names)
    log_to_stderr(options.log)
    if dry_run:
        return until_interrupted(_preview(configuration, sources, options.db))
    since = since.replace(tzinfo=UTC) if since else None
    report = run(configuration, options.db, only=sources, limit=limit, since=since, quiet=as_json)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        click.echo(run_line(report))
    return 1 if report.failed else 0


def run(
    configuration: Configuration,
    database: Path,
    *,
    only: tuple[Source, ...] | None = None,
    limit: int | None = None,
    since: datetime | None = None,
    quiet: bool = False,
) -> RunReport:
    """Runs all sources (or ``only`` these) once, shown as a table on a terminal and a line for each source elsewhere.

    Raises `StoreError`, and `KeyboardInterrupt` at Ctrl-C and SIGTERM.
    """
    sources = configuration.sources if only is None else only
    screen, on_progress = display(len(sources), quiet=quiet)

    async def run_all() -> RunReport:
        # All of them are configured, whichever run: the others would count as taken out.
        async with open_runtime(
            configuration.settings, configuration.sources, database, on_progress=on_progress
        ) as runtime:
            return await runtime.pipeline.run(sources, limit=limit, since=since)

    with screen:
        return until_interrupted(run_all())


async def _preview(configuration: Configuration, sources: tuple[Source, ...], database: Path) -> int:
    failed = 0
    async with open_runtime(configuration.settings, configuration.sources, database) as runtime:
        for source in sources:
            try:
                links = await runtime.pipeline.preview(source)
            except PageError as error:
                failed = 1
                click.echo(f"{source.name}: {plain(error)}")
                continue
            click.echo(f"{source.name}: {counted(len(links), 'link')} to fetch")
            for link in links:
                click.echo("  " + _link_line(link))
    return failed


def _link_line(link: Link) -> str:
    return plain(link.url) + (f"  {plain(link.hints.title, 80)}" if link.hints.title else "")
