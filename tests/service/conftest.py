"""Services that are ended with their test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# Tests are imported one by one, so that what they share has to be found by its folder.
sys.path.insert(0, str(Path(__file__).parent))

from daemons import Daemon, write_sources


@pytest.fixture
def serve(tmp_path: Path, web: Any) -> Iterator[Callable[..., Daemon]]:
    """Starts `ingest serve` over feeds of the test's web."""
    daemons: list[Daemon] = []

    def start(*feeds: str) -> Daemon:
        write_sources(tmp_path, *(web.origin + feed for feed in feeds))
        daemons.append(Daemon(tmp_path))
        return daemons[-1]

    yield start
    for daemon in daemons:
        daemon.close()
