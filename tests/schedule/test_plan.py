"""Which sources of a service wait, run and start. Times are seconds of a clock that only goes forward."""

from __future__ import annotations

from random import Random

from ingest.schedule import Plan
from ingest.schedule.plan import STARTS_PER_SECOND, first_due, next_starts

NOW = 1_000_000.0
HOUR = 3_600.0
DAY = 24 * HOUR


def started(due: dict[str, float], begun: list[float] | None = None) -> list[str]:
    return next_starts(due, begun or [], NOW)


def test_only_what_is_due_is_started_the_longest_due_first():
    assert started({"late": NOW - HOUR, "now": NOW, "later": NOW + 1}) == ["late", "now"]


def test_thousands_of_due_sources_are_not_started_in_one_second():
    names = started({f"s{number}": NOW for number in range(20_000)})
    assert len(set(names)) == len(names) == STARTS_PER_SECOND


def test_no_more_sources_are_started_while_hundreds_have_just_begun():
    due = {f"s{number}": NOW for number in range(100)}
    assert started(due, [NOW - 60] * 500) == []
    assert len(started(due, [NOW - 60] * 497)) == 3


def test_any_number_of_long_backlogs_keeps_no_source_from_starting():
    assert started({"other": NOW}, [NOW - HOUR] * 5_000) == ["other"]


def test_a_run_counts_as_young_for_five_minutes():
    due = {f"s{number}": NOW for number in range(100)}
    assert started(due, [NOW - 299] * 5_000) == []
    assert len(started(due, [NOW - 300] * 5_000)) == STARTS_PER_SECOND


def test_what_is_due_when_the_service_begins_is_spread():
    waits = {f"s{number}": 0.0 if number % 2 else -3 * DAY for number in range(20_000)}
    due = first_due(waits, NOW, Random(1).random)
    a_second = [sum(at < NOW + second for at in due.values()) for second in (1, 500, 1001)]
    assert a_second[0] < 100
    assert 9_000 < a_second[1] < 11_000
    assert a_second[2] == 20_000
    # Neighbours in the file are none in time.
    assert sorted(due, key=due.__getitem__) != list(due)


def test_a_due_time_that_is_still_to_come_survives_a_restart():
    assert first_due({"a": 5 * HOUR}, NOW, lambda: 0.5) == {"a": NOW + 5 * HOUR}


def test_a_source_that_is_due_at_the_very_start_is_spread_as_well():
    assert first_due({"a": 0.0}, NOW, lambda: 1.0) == {"a": NOW + 1 / STARTS_PER_SECOND}


def planned(count: int, wait: float) -> Plan:
    plan = Plan(Random(2).random)
    plan.add({f"s{number}": wait for number in range(count)}, NOW)
    assert plan.start(NOW) == []
    return plan


def test_a_source_runs_once_and_waits_until_its_run_has_ended():
    plan = planned(1, 10.0)
    assert [plan.start(NOW + second) for second in range(9, 12)] == [[], ["s0"], []]
    assert (dict(plan.due), plan.running) == ({}, {"s0"})
    plan.end("s0", NOW + 50)
    assert (dict(plan.due), plan.running) == ({"s0": NOW + 50}, frozenset())


def test_a_source_that_was_dropped_while_it_ran_does_not_come_back():
    plan = planned(2, 10.0)
    plan.drop_all_but(["s1"])
    assert plan.start(NOW + 10) == ["s1"]
    plan.drop_all_but([])
    plan.end("s1", None)
    assert plan.start(NOW + 11) == []


def test_after_a_night_of_sleep_each_source_runs_once_and_all_are_spread_over_a_minute():
    plan = planned(500, 60 * 30)
    woken = NOW + 6 * HOUR
    starts = [plan.start(woken + second) for second in range(120)]
    names = [name for second in starts for name in second]
    assert sorted(names) == sorted(f"s{number}" for number in range(500))
    assert max(map(len, starts)) <= STARTS_PER_SECOND
    assert max(second for second, names in enumerate(starts) if names) > 50
    assert len(starts[0]) + len(starts[1]) < 40
    # Not in the order of the file, whose neighbours often share a host.
    assert names != sorted(names)


def test_a_service_that_was_held_up_is_not_one_that_slept():
    plan = planned(500, 60.0)
    for second in range(3_000):
        plan.hold(NOW + second)
    starts = [plan.start(NOW + 3_000 + second) for second in range(25)]
    assert [len(names) for names in starts] == [STARTS_PER_SECOND] * 25


def test_a_second_in_which_the_machine_was_busy_spreads_nothing():
    plan = planned(5, 10.0)
    assert len(plan.start(NOW + 40)) == 5
