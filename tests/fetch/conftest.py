import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Tests are imported one by one, so that what they share has to be found by its folder.
sys.path.insert(0, str(Path(__file__).parent))

from rendering import SharedRenderer


@pytest.fixture(scope="module")
def shared() -> Iterator[SharedRenderer]:
    """One browser for the tests of a module."""
    there = SharedRenderer()
    yield there
    there.close()
