"""Whether a share or a median has changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.health.findings import statistics


def test_a_share_has_risen_from_where_it_is_likeliest():
    change = statistics.rise([False] * 40 + [True] * 6, 30)
    assert change is not None
    assert (change.index, change.before, change.after) == (40, 0.0, 1.0)


def test_who_looks_more_often_needs_more_evidence():
    flags = [False] * 20 + [True] * 4 + [False] + [True] * 2
    assert statistics.rise(flags, 1) is not None
    assert statistics.rise(flags, 10_000) is None


def test_a_share_that_is_down_again_has_not_risen():
    assert statistics.rise([False] * 40 + [True] * 9 + [False] * 8, 30) is None


def test_a_share_is_repaired_after_a_few_good_ones():
    assert not statistics.is_repaired([True] * 20 + [False] * 3, 0.0)
    assert statistics.is_repaired([True] * 20 + [False] * 4, 0.0)
    assert statistics.is_repaired([True, False, True, True] * 5 + [False, True] * 12, 0.5) is False


@given(st.lists(st.booleans(), max_size=60))
def test_any_flags_can_be_judged(flags: list[bool]):
    change = statistics.rise(flags, 100)
    assert change is None or (flags[change.index] and change.after > change.before)
    statistics.is_repaired(flags, 0.1)


def test_ranks_differ_by_standard_deviations():
    assert statistics.deviations([1, 2, 3] * 10, [9] * 10) > 4
    assert statistics.deviations([9] * 30, [1] * 10) < -4
    assert statistics.deviations([1, 2, 3] * 10, [1, 2, 3] * 3) == 0
    assert statistics.deviations([], [1]) == 0


def test_a_switch_is_one_from_none_to_all():
    assert statistics.switch([False] * 4 + [True] * 4) is not None
    assert statistics.switch([False] * 4 + [True] * 3) is None
    assert statistics.switch([True] + [False] * 4 + [True] * 4) is None
