"""When a source is next due, and when a failed link is tried again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from ingest import schedule
from ingest.model import Source
from ingest.schedule import SourceState

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOURLY = Source("a", "https://a.example/", every=timedelta(hours=1))
OWN_RHYTHM = replace(HOURLY, every=None)


def wait(source: Source = HOURLY, state: SourceState | None = None, **said: float) -> timedelta:
    return schedule.next_due(source, state or SourceState("a"), NOW, **said) - NOW  # type: ignore[arg-type]


def test_a_healthy_source_is_due_after_its_interval():
    assert wait() == timedelta(hours=1)


def test_failures_double_the_wait_up_to_a_day():
    waits = [wait(state=SourceState("a", failures=n)) for n in (1, 2, 3, 10, 1000)]
    assert waits == [timedelta(hours=2), timedelta(hours=4), timedelta(hours=8), timedelta(days=1), timedelta(days=1)]


def test_a_source_asked_for_once_a_week_is_not_asked_more_often_when_it_fails():
    weekly = replace(HOURLY, every=timedelta(weeks=1))
    assert wait(weekly, SourceState("a", failures=3)) == timedelta(weeks=1)


def test_a_refusal_weighs_less_than_a_missing_page():
    assert schedule.weight("rate_limited") < schedule.weight("http_4xx")


def test_retry_after_is_respected_up_to_a_day():
    assert wait(retry_after=7200) == timedelta(hours=2)
    assert wait(retry_after=10) == timedelta(hours=1)
    assert wait(retry_after=10**9) == timedelta(days=1)


def test_jitter_only_ever_delays():
    assert wait(jitter=1.0) == timedelta(hours=1, minutes=6)


@pytest.mark.parametrize(
    ("posts", "expected"),
    [(0, timedelta(days=1)), (7, timedelta(days=1)), (84, timedelta(hours=2)), (100_000, timedelta(minutes=5))],
)
def test_every_auto_follows_the_posts_of_the_week(posts: int, expected: timedelta):
    assert wait(OWN_RHYTHM, posts_in_week=posts) == expected


def test_every_auto_is_never_quicker_than_the_ttl_of_the_source():
    assert wait(OWN_RHYTHM, SourceState("a", ttl=10_800), posts_in_week=100_000) == timedelta(hours=3)


def test_a_failed_link_is_tried_again_later_and_later_and_then_left_alone():
    times = [schedule.next_try(n, NOW) for n in range(1, schedule.MAX_ATTEMPTS + 1)]
    waits = [moment - NOW for moment in times if moment]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=10)
    assert times[-1] is None


def test_a_link_waits_at_least_as_long_as_it_was_told():
    assert schedule.next_try(1, NOW, retry_after=3600) == NOW + timedelta(hours=1)


def test_an_article_is_looked_at_again_on_a_ladder_and_then_left_alone():
    published = NOW - timedelta(hours=2)
    assert schedule.next_check(published, NOW) == published + timedelta(hours=6)
    assert schedule.next_check(NOW - timedelta(days=30), NOW) is None


def started(due: dict[str, datetime], begun: list[datetime] | None = None) -> list[str]:
    return schedule.next_starts(due, begun or [], NOW)


def test_only_what_is_due_is_started_the_longest_due_first():
    due = {"late": NOW - timedelta(hours=1), "now": NOW, "later": NOW + timedelta(seconds=1)}
    assert started(due) == ["late", "now"]


def test_thousands_of_due_sources_are_not_started_in_one_second():
    names = started({f"s{number}": NOW for number in range(20_000)})
    assert len(set(names)) == len(names) == schedule.STARTS_AT_A_TIME


def test_no_more_sources_are_started_while_hundreds_have_just_begun():
    due = {f"s{number}": NOW for number in range(100)}
    assert started(due, [NOW - timedelta(minutes=1)] * 500) == []
    assert len(started(due, [NOW - timedelta(minutes=1)] * 497)) == 3


def test_any_number_of_long_backlogs_keeps_no_source_from_starting():
    assert started({"other": NOW}, [NOW - timedelta(hours=1)] * 5_000) == ["other"]


def test_what_is_due_when_the_service_begins_is_spread():
    known = {f"s{number}": None if number % 2 else NOW - timedelta(days=3) for number in range(20_000)}
    due = schedule.first_due(known, NOW, Random(1).random)
    a_second = [sum(at < NOW + timedelta(seconds=second) for at in due.values()) for second in (1, 500, 1001)]
    assert a_second[0] < 100
    assert 9_000 < a_second[1] < 11_000
    assert a_second[2] == 20_000
    # Neighbours in the file are none in time.
    assert sorted(due, key=due.__getitem__) != list(due)


def test_a_due_time_that_is_still_to_come_survives_a_restart():
    later = NOW + timedelta(hours=5)
    assert schedule.first_due({"a": later}, NOW, lambda: 0.5) == {"a": later}
