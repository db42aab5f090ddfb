"""`ingest check`: reports every mistake in sources.yaml, and whether a browser is missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ingest.cli.terminal import counted, plain
from ingest.sources import json_schema, load

if TYPE_CHECKING:
    from datetime import timedelta

    from ingest.cli.options import Options
    from ingest.sources import Configuration


@click.command("check")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of sources.yaml, for editors.")
@click.pass_obj
def command(options: Options, schema: bool) -> int:
    """Check sources.yaml without fetching anything, and report all its mistakes.

    The exit status is 2 if there are any, and 1 if there are none but a browser is missing that some sources need.
    """
    if schema:
        click.echo(json.dumps(json_schema(), indent=2))
        return 0
    configuration = load(options.sources)
    for source in configuration.sources:
        every = f"every {_duration(source.every)}" if source.every else "at its own rhythm"
        click.echo(f"{source.name}: {source.kind}, {every}, {source.url}")
    click.echo(f"{options.sources}: {counted(len(configuration.sources), 'source')}, no mistakes")
    return _check_browser(configuration)


def _check_browser(configuration: Configuration) -> int:
    rendered = [source.name for source in configuration.sources if source.render]
    if not rendered:
        return 0
    # The renderer brings the HTTP client along, which takes longer to import than the rest of this command.
    from ingest.fetch.browser.renderer import missing_requirement  # noqa: PLC0415

    lacking = missing_requirement(configuration.settings)
    if lacking:
        click.echo(plain(f"{', '.join(rendered)}: render: {lacking}"), err=True)
    return 1 if lacking else 0


def _duration(interval: timedelta) -> str:
    """Writes an interval as sources.yaml does: ``30m``, ``1h``, ``7d``."""
    for seconds, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if not interval.total_seconds() % seconds:
            return f"{interval.total_seconds() / seconds:g}{unit}"
    return f"{interval.total_seconds():g}s"
