"""`ingest status`: shows how each source is doing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ingest.cli.tables import print_table
from ingest.cli.terminal import plain
from ingest.store import Reader

if TYPE_CHECKING:
    from ingest.cli.options import Options
    from ingest.store import SourceStatus

_TITLES = ("source", "articles", "queued", "failed links", "last ok (UTC)", "next due (UTC)", "what is wrong")
_LINE_CHARACTERS = 400


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def command(options: Options, as_json: bool) -> None:
    """Show how each source is doing: when it was last read, what it brought, what is wrong, when it is next due."""
    with Reader.open(options.existing_database()) as store:
        rows = store.status()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    print_table(_TITLES, map(_cells, rows), no_wrap=_TITLES[:-1])
    for row in rows:
        if row["moved_to"]:
            moved = f"{row['name']} has moved for good and is asked at {row['moved_to']}; mend sources.yaml"
            click.echo(plain(moved, _LINE_CHARACTERS))


def _cells(row: SourceStatus) -> list[str]:
    counts = (row["articles"], row["queued"], row["failed"])
    times = (_time(row["last_ok"]), _time(row["next_due"]))
    wrong = f"{row['error']}: {row['message']}" if row["error"] else ""
    return [row["name"], *map(str, counts), *times, wrong]


def _time(stored: str | None) -> str:
    """Writes a stored time as people read it: 2026-01-31 09:30:00."""
    return (stored or "never").removesuffix("Z").replace("T", " ")
