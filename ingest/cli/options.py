"""Holds the options of the command group, which every command takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LogForm = Literal["auto", "plain", "json"]
LOG_FORM = click.Choice(get_args(LogForm))
LOG_HELP = "Log lines: for eyes on a terminal and plain elsewhere (auto), plain, or JSON."
F = TypeVar("F", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True)
class Options:
    """``--sources`` and ``--db``: the path of sources.yaml, and that of the database; ``--log``: how log lines look."""

    sources: Path
    db: Path
    log: LogForm = "auto"

    def existing_database(self) -> Path:
        """Returns the path of the database. Raises `click.UsageError` if nothing has been stored yet."""
        if not self.db.exists():
            raise click.UsageError(f"{self.db}: no such database yet; run `ingest fetch` first, or name one with --db")
        return self.db


def log_option(command: F) -> F:
    """``--log`` of a command that runs something; it overrides that of the group."""
    return click.option("--log", type=LOG_FORM, expose_value=False, callback=_choose_log, help=LOG_HELP)(command)


def _choose_log(context: click.Context, _: click.Parameter, value: LogForm | None) -> None:
    if value:
        context.obj = replace(context.obj, log=value)
