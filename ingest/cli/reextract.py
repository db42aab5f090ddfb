"""`ingest reextract`: applies today's extractors to the raw pages that were kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ingest.cli.differences import differences
from ingest.cli.interrupts import until_interrupted
from ingest.cli.logs import log_to_stderr
from ingest.cli.options import log_option
from ingest.cli.progress import print_when_done, run_line
from ingest.cli.terminal import plain
from ingest.dedup.decide import decide
from ingest.errors import StoreError
from ingest.model import HeldBack
from ingest.run.reextract import reextract, take_all
from ingest.run.runtime import open_runtime
from ingest.sources import load
from ingest.store.connection import pages_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.cli.options import Options
    from ingest.run.report import RunReport
    from ingest.store import FieldChange, QueuedLink, Reextracted

_VALUE_CHARACTERS = 160
_NOTHING = (None, "", "[]")
#: Fields of the extraction that no column of an article holds.
_INNER_FIELDS = {"page_type_confidence"}


@click.command("reextract")
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option("--dry-run", is_flag=True, help="Show what would change; store nothing.")
@click.option(
    "--take-all", "accept", is_flag=True, help="Take what would be held back as worse, too: your rule knows better."
)
@log_option
@click.pass_obj
def command(options: Options, names: tuple[str, ...], dry_run: bool, accept: bool) -> int:
    """Apply today's extractors and rules to the raw pages that were kept, of all or the named sources; asks no server.

    Shows field by field what changes in an article before it is written; the former article becomes a version. What is
    worse than what is stored is held back, as in a run. The exit status is 0 if all is well, 1 if some sources failed.
    """
    configuration = load(options.sources)
    sources = configuration.named(names)
    database = options.existing_database()
    _check_pages(database)
    log_to_stderr(options.log)

    async def run() -> RunReport:
        async with open_runtime(configuration.settings, configuration.sources, database) as runtime:
            return await reextract(
                runtime,
                sources,
                decide=take_all if accept else decide,
                dry_run=dry_run,
                on_change=_show,
                on_progress=print_when_done,
            )

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


def _show(queued: QueuedLink, would_be: Reextracted) -> None:
    decision = would_be.decision
    held = f", held back: {decision.message}" if isinstance(decision, HeldBack) else ""
    click.echo(f"{plain(queued.url)} (article {decision.article_id}{held})")
    changes = {change.field: change for change in would_be.changes}
    if "text" in changes:
        # The same words again, with tags.
        changes.pop("html", None)
    for change in changes.values():
        for line in _lines(change):
            click.echo(f"  {line}")


def _lines(change: FieldChange) -> Iterator[str]:
    if change.field == "text":
        yield "text:"
        yield from differences(change.before, change.after)
    elif change.field == "html":
        yield "html: other tags around the same words"
    elif change.field == "origins":
        before, after = json.loads(change.before), json.loads(change.after)
        for field in sorted((before.keys() | after.keys()) - _INNER_FIELDS):
            if before.get(field) != after.get(field):
                yield f"{field} answered by: {_value(before.get(field))} → {_value(after.get(field))}"
    else:
        yield f"{change.field}: {_value(change.before)} → {_value(change.after)}"


def _value(stored: object) -> str:
    return plain(stored, _VALUE_CHARACTERS) if stored not in _NOTHING else "nothing"
