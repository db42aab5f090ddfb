"""`ingest check`: is sources.yaml in order?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import timedelta

    from ingest.cli.words import Words


@click.command("check", short_help="Check sources.yaml; every mistake at once.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of sources.yaml, for editors.")
@click.pass_obj
def command(words: Words, schema: bool) -> None:
    """Check sources.yaml without fetching anything. Exit status 2 with all its mistakes."""
    if schema:
        from ingest.sources import json_schema  # noqa: PLC0415 — heavy

        click.echo(json.dumps(json_schema(), indent=2))
        return
    configuration = words.configuration()
    for source in configuration.sources:
        every = f"every {_duration(source.every)}" if source.every else "at its own rhythm"
        click.echo(f"{source.name}: {source.kind}, {every}, {source.url}")
    click.echo(f"{words.sources}: {len(configuration.sources)} sources, no mistakes")


def _duration(interval: timedelta) -> str:
    """As it would be written in sources.yaml: ``30m``, ``1h``, ``7d``."""
    for seconds, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if not interval.total_seconds() % seconds:
            return f"{interval.total_seconds() / seconds:g}{unit}"
    return f"{interval.total_seconds():g}s"
