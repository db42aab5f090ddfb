"""sources.yaml for the commands that can do without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.model import Settings
from ingest.sources import Configuration, load

if TYPE_CHECKING:
    from pathlib import Path


def load_if_present(path: Path) -> Configuration:
    """The checked sources.yaml, which may be empty; default settings and no sources if there is no such file.

    Raises `SourcesError`.
    """
    return load(path, none_yet=True) if path.exists() else Configuration(Settings(), ())
