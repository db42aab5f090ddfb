"""What all commands share: the two paths of the command line, and text that is safe on a terminal."""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ingest.sources import Configuration

#: A cell of a table is cut to so many characters.
_CELL = 160


@dataclass(frozen=True, slots=True)
class Options:
    """``--sources`` and ``--db``."""

    sources: Path
    db: Path

    def configuration(self, *, none_yet: bool = False) -> Configuration:
        """The checked sources.yaml; ``none_yet``: one without sources will do. Raises `SourcesError`."""
        from ingest.sources import load  # noqa: PLC0415 — heavy

        return load(self.sources, none_yet=none_yet)

    def existing_database(self) -> Path:
        """Raises `click.UsageError` if nothing has been stored yet."""
        if not self.db.exists():
            raise click.UsageError(f"{self.db}: no such database yet; run `ingest fetch` first, or name one with --db")
        return self.db


def plain(text: object, width: int = 0) -> str:
    """One line without control characters, so that data cannot steer a terminal; cut to ``width`` if given."""
    line = " ".join("".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in str(text)).split())
    return line if not width or len(line) <= width else line[: width - 1] + "…"


def counted(number: int, noun: str) -> str:
    """1 article, 2 articles."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on a terminal; elsewhere a line a row, the cells parted by two spaces or more."""
    cells = [[plain(cell, _CELL) for cell in row] for row in rows]
    click.echo("")
    if sys.stdout.isatty():
        _table_on_terminal(titles, cells)
        return
    for line in aligned(titles, cells):
        click.echo(line)


def aligned(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A line a row, for a pipe, which has no width; quick for any number of rows."""
    widths = [min(max(map(len, column)), 40) for column in zip(titles, *rows, strict=True)]
    for row in (titles, *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _table_on_terminal(titles: Sequence[str], rows: list[list[str]]) -> None:
    from rich.console import Console  # noqa: PLC0415 — heavy
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold", no_wrap=title in {"field", "", "letters"})
    for row in rows:
        table.add_row(*map(Text, row), style="bold" if "*" in row[1:2] else "")
    Console().print(table)


def log_to_stderr(*, debug: bool = False) -> None:
    """Log lines for an operator, on standard error: coloured on a terminal, key=value elsewhere."""
    import logging  # noqa: PLC0415 — only commands that run something log

    import structlog  # noqa: PLC0415 — heavy

    tty = sys.stderr.isatty()
    renderer = (
        structlog.dev.ConsoleRenderer(colors=tty)
        if tty
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if debug else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    for noisy in ("httpx", "httpcore", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
