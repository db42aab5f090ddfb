"""Reads sources.yaml for the commands that can do without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.model import Settings
from ingest.sources import Configuration, load

if TYPE_CHECKING:
    from pathlib import Path


def load_if_present(path: Path) -> Configuration:
    """Returns the checked sources.yaml, which may be empty; without the file, default settings and no sources.

    Raises `SourcesError`.
    """
    return load(path, none_yet=True) if path.exists() else Configuration(Settings(), ())
