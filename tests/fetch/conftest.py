import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Tests are imported one by one, so that what they share has to be found by its folder.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="module")
def stage() -> Iterator[Any]:
    """One browser for the tests of a module."""
    from stage import Stage  # noqa: PLC0415 — few tests need it, and it is found only now

    there = Stage()
    yield there
    there.close()
