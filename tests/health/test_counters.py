"""What a process has done, as it is counted."""

from __future__ import annotations

from ingest.health.counters import BUCKETS, Counters


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_outcomes_are_added_by_source():
    counters = Counters()
    counters.add_outcomes("news", {"new": 2, "failed": 1})
    counters.add_outcomes("news", {"new": 1})
    assert counters.articles == {("news", "new"): 3, ("news", "failed"): 1}


def test_a_fetch_is_in_the_bucket_that_its_duration_does_not_exceed():
    counters = Counters()
    for seconds in (0.0, 0.05, 0.051, 1_000.0):
        counters.add_fetch(seconds, 10)
    assert counters.fetches == [2, 1, *[0] * (len(BUCKETS) - 2), 1]
    assert (counters.fetch_bytes, counters.fetch_seconds) == (40, 1_000.101)


def test_it_is_idle_since_the_last_fetch_or_outcome_and_silent_since_the_last_beat():
    clock = Clock()
    counters = Counters(clock)
    clock.now = 5.0
    counters.beat()
    clock.now = 7.0
    assert (counters.idle_seconds, counters.silent_seconds) == (7.0, 2.0)
    counters.add_fetch(0.1, 0)
    assert (counters.idle_seconds, counters.silent_seconds) == (0.0, 2.0)
    clock.now = 9.0
    counters.add_outcomes("news", {})
    assert counters.idle_seconds == 0.0
