"""Few false alarms and few breakages missed: a short form of `benchmarks/findings.py`, which has the figures."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def simulated() -> Any:
    sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
    try:
        return importlib.import_module("findings")
    finally:
        sys.path.pop(0)


def test_sources_that_are_well_raise_hardly_an_alarm(simulated: Any):
    alarms = [alarm for seed in range(7_001, 7_007) for alarm in simulated.healthy(seed, 100).alarms]
    assert len(alarms) <= 1, alarms


@pytest.mark.parametrize("kind", ["rule", "field", "wall", "links", "failing", "new URLs"])
def test_a_breakage_is_found_within_a_day_or_ten_articles(simulated: Any, kind: str):
    seed = next(seed for seed in range(7_100, 7_200) if simulated.applies(seed, kind))
    result = simulated.broken(seed, kind)
    assert simulated.in_time(result), result
