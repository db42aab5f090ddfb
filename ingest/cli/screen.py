"""Shows a run on a terminal: one table is redrawn while the sources are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from ingest.cli.terminal import plain
from ingest.run.report import COUNTS

if TYPE_CHECKING:
    from types import TracebackType

    from ingest.run.report import SourceReport

_STYLES = {"ok": "green", "failed": "red", "skipped": "yellow"}
#: Lines of the terminal that are left to the title of the table and to what was there before.
_OTHER_LINES = 6


class Screen:
    """Shows the reports of ``total`` sources inside a ``with`` block; call `show` whenever one has changed.

    The table is drawn on standard output if no ``console`` is given.
    """

    def __init__(self, total: int, console: Console | None = None) -> None:
        self._total = total
        self._reports: dict[str, SourceReport] = {}
        self._over = False
        self._console = console or Console()
        self._live = Live(console=self._console, get_renderable=self._live_table, refresh_per_second=6)

    def show(self, report: SourceReport) -> None:
        self._reports[report.name] = report

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # If nothing ran, an empty table is removed: the error message says why.
        self._live.transient = not self._reports
        self._over = True
        self._live.stop()

    def _live_table(self) -> Table:
        """Holds as many rows as fit, the sources that are running first; at the end, all of them in order."""
        # A copy, because this is drawn in a thread of its own while `show` adds reports.
        reports = list(self._reports.values())
        if self._over:
            return self._table(reports, reports)
        rows = max(self._console.height - _OTHER_LINES, 5)
        return self._table(reports, sorted(reports, key=lambda report: report.closed)[:rows])

    def _table(self, reports: list[SourceReport], shown: list[SourceReport]) -> Table:
        done = sum(report.closed for report in reports)
        table = Table(title=f"{done} of {self._total} sources", title_justify="left", box=None, pad_edge=False)
        table.add_column("source", no_wrap=True)
        table.add_column("")
        for name in COUNTS:
            table.add_column(name.replace("_", " "), justify="right")
        table.add_column("what went wrong", style="red", overflow="fold")
        for report in shown:
            state = Text(report.outcome, _STYLES[report.outcome]) if report.closed else Text("…")
            counts = [
                Text(str(getattr(report, name) or "·"), "" if getattr(report, name) else "dim") for name in COUNTS
            ]
            wrong = Text(f"{report.error}: {plain(report.message, 120)}" if report.error else "")
            table.add_row(Text(plain(report.name, 30)), state, *counts, wrong)
        return table
