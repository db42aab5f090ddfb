"""`ingest db check` and `ingest db rebuild`: finds damage in the database, and makes again what can be made again."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from ingest.cli.terminal import counted, plain
from ingest.errors import DamagedError
from ingest.store.check import check, no_progress
from ingest.store.rebuild import rebuild

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ingest.cli.options import Options
    from ingest.store.damage import CheckReport

#: The exit status of a database that is damaged; of one that cannot be used, too.
DAMAGED = 3

_LINE_CHARACTERS = 1_500


@click.group("db")
def command() -> None:
    """Check the database for damage, or rebuild what can be made again."""


@command.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def check_command(options: Options, as_json: bool) -> int:
    """Read everything that is stored, and say what is damaged and what to do; also while `fetch` or `serve` writes.

    The exit status is 0 if all is well, and 3 if something is damaged.
    """
    with progress() as on_progress:
        report = check(options.existing_database(), on_progress)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        print_report(report)
    return DAMAGED if report.damage else 0


@command.command("rebuild")
@click.pass_obj
def rebuild_command(options: Options) -> int:
    """Make the full-text indexes, the other indexes, views and statistics again from the tables.

    It takes twice the space of the database until it has ended, and changes nothing if rows of a table cannot be read:
    then it says which, and the exit status is 3. Stop `serve` before; reading goes on meanwhile.
    """
    path = options.existing_database()
    with progress() as on_progress:
        try:
            rebuilt = rebuild(path, on_progress)
        except DamagedError as damage:
            click.echo(plain(damage, _LINE_CHARACTERS), err=True)
            report = check(path, on_progress)
        else:
            click.echo("\n".join(plain(f"{each}: rebuilt from its tables") for each in rebuilt))
            return 0
    print_report(report)
    return DAMAGED


def print_report(report: CheckReport) -> None:
    """Prints a line for each kind of damage, and one of what was looked at."""
    for damage in report.damage:
        click.echo(plain(damage, _LINE_CHARACTERS))
    for path in report.missing:
        click.echo(plain(f"{path}: there is no such file, so no raw pages are kept; the next `ingest fetch` makes one"))
    for path in report.older:
        click.echo(plain(f"{path}: of an older version of ingest, so its rows were not looked at, only its structure"))
    looked_at = ", ".join(counted(number, table.removesuffix("s")) for table, number in report.checked.items())
    result = f"{len(report.damage)} kinds of damage" if len(report.damage) > 1 else "1 kind of damage"
    click.echo(plain(f"{report.database}: {looked_at or 'nothing'} read; {result if report.damage else 'no damage'}"))


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Shows on a terminal how far a check has come, on standard error; elsewhere it shows nothing."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or None)

        yield show
