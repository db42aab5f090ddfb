"""Makes the recipes of benchmarks/edit_pairs.py and the articles they are applied to importable."""

from __future__ import annotations

import sys
from pathlib import Path

for folder in (Path(__file__).parent, Path(__file__).parents[2] / "benchmarks"):
    sys.path.insert(0, str(folder))
