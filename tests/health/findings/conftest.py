"""Histories of sources, in as few words as a test can have."""

from __future__ import annotations

import sys
from pathlib import Path

# Tests are imported one by one, so that what they share has to be found by its folder.
sys.path.insert(0, str(Path(__file__).parent))
