"""Shows what a run does: in a table that is redrawn on a terminal, in a line for each source elsewhere."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import click

from ingest.cli.screen import Screen
from ingest.cli.terminal import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.run.report import RunReport, SourceReport

_SHOWN = ("new", "changed", "unchanged", "duplicate", "held_back", "failed", "skipped")


def display(
    total: int, *, quiet: bool = False
) -> tuple[AbstractContextManager[object], Callable[[SourceReport], None]]:
    """Returns a context manager to enter while ``total`` sources run, and a callback for each report that has changed.

    ``quiet`` shows nothing.
    """
    if quiet:
        return nullcontext(), lambda _: None
    if sys.stdout.isatty():
        screen = Screen(total)
        return screen, screen.show
    return nullcontext(), print_when_done


def print_when_done(report: SourceReport) -> None:
    """Prints a line for a source once its run is over."""
    if report.closed:
        click.echo(source_line(report))


def source_line(report: SourceReport) -> str:
    """Tells how the run of one source went: ``town: ok (2 new)``."""
    counts = ", ".join(f"{getattr(report, name)} {_words(name)}" for name in _SHOWN if getattr(report, name))
    outcome = f"{report.name}: {report.outcome}"
    outcome += f" ({counts})" if counts else " (nothing new)" if report.outcome == "ok" else ""
    return outcome + (f" — {report.error}: {plain(report.message, 200)}" if report.error else "")


def run_line(report: RunReport) -> str:
    """Tells how the run over all its sources went: ``2 new in 1.3 s; 1 of 4 sources failed``."""
    totals = ", ".join(f"{count} {_words(name)}" for name, count in report.totals.items() if count and name != "found")
    spent = (report.finished - report.started).total_seconds() if report.finished else 0.0
    failed = f"; {len(report.failed)} of {len(report.sources)} sources failed" if report.failed else ""
    return f"{totals or 'nothing new'} in {spent:.1f} s{failed}"


def _words(count: str) -> str:
    return count.replace("_", " ")
