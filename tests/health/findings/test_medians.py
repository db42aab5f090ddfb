"""Texts that are shorter, longer, or found less surely than before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from histories import history, judged, outcomes

from ingest.model import Outcome


def _varied(count: int, after: int = 0, scale: float = 1.0, **fields: Any) -> list[Outcome]:
    told = outcomes(count, after, hours=12, **fields)
    return [replace(each, words=int(each.words * scale * (0.6 + (n * 7 % 10) / 10))) for n, each in enumerate(told)]


@pytest.mark.parametrize(("scale", "word"), [(0.2, "shorter"), (5.0, "longer")])
def test_another_length_is_found_and_over_when_it_is_back(scale: float, word: str):
    broken = [*_varied(60), *_varied(10, 60, scale)]
    finding = judged(history(broken))["length"]
    assert f"the articles of `news` are {word}" in finding.message
    assert set(judged(history(broken, open=(finding,)))) == {"length"}
    assert judged(history([*broken, *_varied(10, 70)], open=(finding,))) == {}


def test_lengths_that_vary_as_ever_are_no_finding():
    assert judged(history([*_varied(60), *_varied(10, 60, 0.7)])) == {}


def test_a_worse_quality_is_found_and_over_when_it_is_back():
    broken = [*_varied(60), *_varied(10, 60, quality=0.6)]
    finding = judged(history(broken))["quality"]
    assert "is 0.60, and was 0.90 before" in finding.message
    assert judged(history([*broken, *_varied(10, 70)], open=(finding,))) == {}


def test_a_few_articles_say_nothing():
    assert judged(history([*_varied(12), *_varied(10, 12, 0.2)])) == {}
