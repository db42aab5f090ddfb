"""What all commands that run something share: the display, the end by Ctrl-C or SIGTERM, a run in one line."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ingest.cli.options import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from ingest.run.report import RunReport, SourceReport

T = TypeVar("T")

_SHOWN = ("new", "changed", "unchanged", "duplicate", "failed", "skipped")


def until_interrupted(work: Coroutine[Any, Any, T]) -> T:
    """SIGTERM ends a run as Ctrl-C does: what is under way is dropped, what is queued stays."""

    async def interruptible() -> T:
        task = asyncio.current_task()
        assert task
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work

    try:
        return asyncio.run(interruptible())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def display(
    total: int, *, quiet: bool = False
) -> tuple[AbstractContextManager[object], Callable[[SourceReport], None]]:
    """What to enter while ``total`` sources run, and what to call with each change of a report."""
    if quiet:
        return nullcontext(), lambda _: None
    if sys.stdout.isatty():
        from ingest.cli.screen import Screen  # noqa: PLC0415 — heavy

        screen = Screen(total)
        return screen, screen.show
    return nullcontext(), _print_when_done


def _print_when_done(report: SourceReport) -> None:
    if report.closed:
        click.echo(line(report))


def line(report: SourceReport) -> str:
    """One source in one line, as a log or a pipe wants it."""
    counts = ", ".join(f"{getattr(report, name)} {name}" for name in _SHOWN if getattr(report, name))
    said = f"{report.name}: {report.outcome}"
    said += f" ({counts})" if counts else " (nothing new)" if report.outcome == "ok" else ""
    return said + (f" — {report.error}: {plain(report.message, 200)}" if report.error else "")


def summary(report: RunReport) -> str:
    """The whole run in one line."""
    totals = ", ".join(f"{count} {name}" for name, count in report.totals.items() if count and name != "found")
    spent = (report.finished - report.started).total_seconds() if report.finished else 0.0
    failed = f"; {len(report.failed)} of {len(report.sources)} sources failed" if report.failed else ""
    return f"{totals or 'nothing new'} in {spent:.1f} s{failed}"
