"""Holds the options of the command group, which every command takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """``--sources`` and ``--db``: the path of sources.yaml, and that of the database."""

    sources: Path
    db: Path

    def existing_database(self) -> Path:
        """Returns the path of the database. Raises `click.UsageError` if nothing has been stored yet."""
        if not self.db.exists():
            raise click.UsageError(f"{self.db}: no such database yet; run `ingest fetch` first, or name one with --db")
        return self.db
