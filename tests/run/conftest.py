"""A small site with a feed, and a database that a run fills from it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

# Tests are imported one by one, so that what they share has to be found by its folder.
sys.path.insert(0, str(Path(__file__).parent))

from in_process import Town


@pytest.fixture
def town(web: Any, tmp_path: Path) -> Town:
    town = Town(web, tmp_path / "articles.db")
    town.write("/2026/ferry", "/2026/fog")
    return town
