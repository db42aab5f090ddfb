"""`ingest status` and `ingest search`: what the database says, without a browser."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ingest.cli.options import Options, aligned, counted, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.store import Reader, SourceStatus


@contextmanager
def reading(options: Options) -> Iterator[Reader]:
    """The database, opened for reading. Raises `click.UsageError` if there is none."""
    database = options.existing_database()
    from ingest.store import Reader  # noqa: PLC0415 — heavy

    store = Reader.open(database)
    try:
        yield store
    finally:
        store.close()


_TITLES = ("source", "articles", "queued", "failed links", "last ok (UTC)", "next due (UTC)", "what is wrong")


@click.command("status", short_help="How each source is doing.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def status(options: Options, as_json: bool) -> None:
    """How each source is doing: when it was last read, what it brought, what is wrong, when it is next due."""
    with reading(options) as store:
        rows = store.status()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    cells = [_cells(row) for row in rows]
    if sys.stdout.isatty():
        _print_on_terminal(cells)
    else:
        click.echo("\n".join(aligned(_TITLES, cells)))
    for row in rows:
        if row["moved_to"]:
            moved = f"{row['name']} has moved for good and is asked at {row['moved_to']}; mend sources.yaml"
            click.echo(plain(moved, 400))


def _cells(row: SourceStatus) -> list[str]:
    numbers = (row["articles"], row["queued"], row["failed"])
    times = (_time(row["last_ok"]), _time(row["next_due"]))
    wrong = f"{row['error']}: {row['message']}" if row["error"] else ""
    return [plain(row["name"], 160), *map(str, numbers), *times, plain(wrong, 160)]


def _print_on_terminal(rows: list[list[str]]) -> None:
    from rich.console import Console  # noqa: PLC0415 — heavy
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False)
    for title in _TITLES:
        table.add_column(title, no_wrap=title != _TITLES[-1], overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)


def _time(stamp: str | None) -> str:
    return (stamp or "never").removesuffix("Z").replace("T", " ")


@click.command("search", short_help="Search titles, authors and texts.")
@click.argument("words_", nargs=-1, required=True, metavar="WORD…")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def search(options: Options, words_: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search titles, authors and texts; the best matches first. Any input is a search, never an error."""
    with reading(options) as store:
        hits = store.search(" ".join(words_), limit)
    if as_json:
        click.echo(json.dumps(hits, ensure_ascii=False))
        return
    for hit in hits:
        click.echo(click.style(plain(hit["title"] or hit["url"], 120), bold=True))
        when = (hit["published"] or "").partition("T")[0]
        click.echo("  " + "  ".join(filter(None, (when, plain(hit["source"]), plain(hit["url"])))))
        click.echo("  " + plain(hit["snippet"], 240))
    click.echo(counted(len(hits), "article") if hits else "nothing found")
