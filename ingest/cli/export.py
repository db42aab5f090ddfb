"""`ingest export`: prints the stored articles as JSON lines or CSV for other programs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from ingest.cli.terminal import plain
from ingest.export.rows import csv_lines, json_lines
from ingest.sources.suggestions import unknown_word
from ingest.store import Reader, article_rows
from ingest.store import versions as stored_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ingest.cli.options import Options

_LINE_CHARACTERS = 400


@click.command("export")
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Published since, as in 2026-01-31 (UTC); those without a date: first seen since.",
)
@click.option("--versions", is_flag=True, help="Give each article its former and held-back texts, too (JSON lines).")
@click.pass_obj
def command(options: Options, names: tuple[str, ...], form: str, since: datetime | None, versions: bool) -> int:
    """Print the articles of all or the named sources, every column, in the order in which they were found.

    JSON lines have real lists and objects; in CSV they are JSON text, and what a spreadsheet would take for a formula
    has an apostrophe in front. The exit status is 1 if an article is not as it was stored; it is printed all the same.
    """
    if versions and form != "jsonl":
        raise click.UsageError("--versions needs --format jsonl: a row of CSV holds one text")
    out, damaged = sys.stdout.buffer, list[int]()
    with Reader.open(options.existing_database()) as store:
        _check(names, store)
        rows = store.export(names, since.replace(tzinfo=UTC) if since else None)
        if versions:
            rows = ({**row, "versions": store.version_rows(row["id"])} for row in rows)
        rows = _with_warnings(rows, damaged)
        lines = json_lines(rows) if form == "jsonl" else csv_lines(rows, store.article_columns())
        for line in lines:
            out.write(line.encode("utf-8", "replace"))
    out.flush()
    return 1 if damaged else 0


def _with_warnings(rows: Iterable[dict[str, Any]], damaged: list[int]) -> Iterator[dict[str, Any]]:
    """Yields all rows, and warns of those whose title or text has changed on the disk; their ids go to ``damaged``."""
    for row in rows:
        found = [] if article_rows.is_intact(row) else [f"article {row['id']}"]
        found += [f"version {each['id']}" for each in row.get("versions", ()) if not stored_versions.is_intact(each)]
        if found:
            damaged.append(row["id"])
            what = f"{' and '.join(found)} ({row['url']}): damaged; `ingest db check` says what to do"
            click.echo(plain(what, _LINE_CHARACTERS), err=True)
        yield row


def _check(names: tuple[str, ...], store: Reader) -> None:
    """Raises `click.UsageError` for a source that the database never had."""
    known = store.source_names()
    for name in names:
        if name not in known:
            raise click.UsageError(f"{name}: {unknown_word(name, known, 'source')}")
