"""`ingest findings`: shows what is not as it used to be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ingest.cli.terminal import plain, stored_time
from ingest.store import Reader

if TYPE_CHECKING:
    from ingest.cli.options import Options
    from ingest.store import FindingRow


@click.command("findings")
@click.argument("name", required=False)
@click.option("--all", "with_closed", is_flag=True, help="Also those whose cause is gone.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def command(options: Options, name: str | None, with_closed: bool, as_json: bool) -> None:
    """Show what is not as it used to be, of one source or of all: since when, and three pages to look at."""
    with Reader.open(options.existing_database()) as store:
        if name and name not in store.source_names():
            raise click.UsageError(f"no source {name!r}; `ingest status` lists them")
        findings = store.findings(name, with_closed=with_closed)
    if as_json:
        click.echo(json.dumps(findings, ensure_ascii=False))
        return
    for finding in findings:
        click.echo(_lines(finding))
    if not findings:
        click.echo("nothing is found to be wrong")


def _lines(finding: FindingRow) -> str:
    closed = f", closed {stored_time(finding['closed_at'])}" if finding["closed_at"] else ""
    title = f"{plain(finding['source']) or 'ingest'}: {finding['kind']}, since {stored_time(finding['since'])}{closed}"
    return "\n  ".join([title, plain(finding["message"]), *map(plain, finding["evidence"])])
