"""When a source is next due, and which due sources a service starts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from ingest import schedule
from ingest.errors import FetchError, HostPausedError
from ingest.model import Source
from ingest.schedule.due import STARTS_PER_SECOND, Skips, SourceState

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


def test_retry_after_is_respected_up_to_a_day():
    assert wait(retry_after=7200) == timedelta(hours=2)
    assert wait(retry_after=10) == timedelta(hours=1)
    assert wait(retry_after=10**9) == timedelta(days=1)


def test_jitter_only_ever_delays_a_failing_source_by_a_tenth_and_a_healthy_one_by_five_minutes():
    assert wait(state=SourceState("a", failures=1), jitter=1.0) == timedelta(hours=2, minutes=12)
    assert wait(jitter=1.0) == timedelta(hours=1, minutes=5)
    assert wait(replace(HOURLY, every=timedelta(minutes=10)), jitter=1.0) == timedelta(minutes=11)


def steadily(a_day: float, days: int = 20) -> list[datetime]:
    return [NOW - timedelta(days=number / a_day) for number in range(int(days * a_day), 0, -1)]


@pytest.mark.parametrize(
    ("posts", "low", "high"),
    [
        ([], 4, 8),
        (steadily(24), 0.8, 1.3),
        (steadily(24 * 16), 0.2, 0.4),
        ([NOW - timedelta(days=300)], 24, 24),
    ],
)
def test_every_auto_asks_as_often_as_the_root_of_what_is_posted(posts: list[datetime], low: float, high: float):
    assert low <= wait(OWN_RHYTHM, posts=posts) / timedelta(hours=1) <= high


def test_every_auto_stays_within_five_minutes_and_a_day():
    assert wait(OWN_RHYTHM, posts=steadily(24 * 600, 1)) == timedelta(minutes=5)
    assert wait(OWN_RHYTHM, posts=[NOW - timedelta(days=50)]) == timedelta(days=1)


def test_every_auto_does_not_wait_longer_than_ten_posts_took():
    """A feed shows at least ten; whoever posts twelve in an hour after a silent month empties it in the next."""
    posts = [NOW - timedelta(days=40), *(NOW - timedelta(minutes=5 * number) for number in range(12, 0, -1))]
    assert wait(OWN_RHYTHM, posts=posts) <= timedelta(minutes=50)


@pytest.mark.parametrize("asked", [{"freshness": 10_800}, {"state": SourceState("a", ttl=10_800)}])
def test_every_auto_is_never_quicker_than_the_source_asks(asked: dict[str, float]):
    assert wait(OWN_RHYTHM, posts=steadily(24 * 16), **asked) == timedelta(hours=3)


def test_a_source_that_asks_for_a_year_is_asked_after_a_day():
    assert wait(OWN_RHYTHM, posts=steadily(24), freshness=365 * 86_400) == timedelta(days=1)


def test_a_fixed_interval_is_the_operators_word():
    assert wait(freshness=86_400, state=SourceState("a", ttl=86_400)) == timedelta(hours=1)


def test_hours_and_days_that_a_feed_asks_to_skip_are_skipped():
    afternoon = SourceState("a", skips=Skips(hours=frozenset({12, 13, 14, 15})))
    assert NOW + wait(OWN_RHYTHM, afternoon, posts=steadily(24)) == NOW.replace(hour=16)
    sunday = SourceState("a", skips=Skips(days=frozenset({6})))
    assert NOW.weekday() == 6
    assert NOW + wait(OWN_RHYTHM, sunday, posts=steadily(24)) == NOW.replace(hour=0) + timedelta(days=1)


def test_a_feed_that_asks_to_skip_every_hour_is_asked_after_a_day():
    never = SourceState("a", skips=Skips(hours=frozenset(range(24))))
    assert wait(OWN_RHYTHM, never, posts=steadily(24)) == timedelta(days=1)


def test_failures_add_up_by_their_weight():
    soft = FetchError("u", "timeout", "late")
    assert schedule.failures_after(1.0, soft) == 1.5
    assert schedule.failures_after(1.0, FetchError("u", "http_4xx", "no", status=404)) == 2.0
    assert schedule.failures_after(1.0, FetchError("u", "robots", "no")) == 3.0
    assert schedule.failures_after(1.0, FetchError("u", "robots", "not now", retry_after=60.0)) == 1.5
    assert schedule.failures_after(4.0, None) == 0.0


def test_leaving_a_host_alone_is_no_failure_of_the_source():
    resting = HostPausedError("u", "until later", 600.0)
    assert schedule.failures_after(1.0, resting) == 1.0
    assert schedule.failures_after(1.0, FetchError("u", "rate_limited", "429", status=429, retry_after=600.0)) == 1.5


def started(due: dict[str, datetime], begun: list[datetime] | None = None) -> list[str]:
    return schedule.next_starts(due, begun or [], NOW)


def test_only_what_is_due_is_started_the_longest_due_first():
    due = {"late": NOW - timedelta(hours=1), "now": NOW, "later": NOW + timedelta(seconds=1)}
    assert started(due) == ["late", "now"]


def test_thousands_of_due_sources_are_not_started_in_one_second():
    names = started({f"s{number}": NOW for number in range(20_000)})
    assert len(set(names)) == len(names) == STARTS_PER_SECOND


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


def test_a_run_counts_as_young_for_five_minutes():
    due = {f"s{number}": NOW for number in range(100)}
    assert started(due, [NOW - timedelta(minutes=4, seconds=59)] * 5_000) == []
    assert len(started(due, [NOW - timedelta(minutes=5)] * 5_000)) == STARTS_PER_SECOND


def test_a_source_that_is_due_at_the_very_start_is_spread_as_well():
    assert schedule.first_due({"a": NOW}, NOW, lambda: 1.0) == {"a": NOW + timedelta(seconds=1 / STARTS_PER_SECOND)}


@pytest.mark.parametrize(("posts", "bounded"), [(9, False), (10, True)])
def test_the_last_ten_posts_bound_the_wait_only_where_there_are_ten(posts: int, bounded: bool):
    burst = [NOW - timedelta(days=3), *(NOW - timedelta(minutes=number) for number in range(posts - 1, 0, -1))]
    of_ten = [NOW - timedelta(minutes=9) + number * timedelta(minutes=1) for number in range(posts)]
    assert wait(OWN_RHYTHM, posts=burst) > timedelta(minutes=9)
    assert (wait(OWN_RHYTHM, posts=of_ten) <= timedelta(minutes=9)) is bounded


def test_a_source_starts_over_at_another_address_or_as_another_kind():
    source = replace(HOURLY, kind="feed")
    assert not schedule.starts_over(source, HOURLY.url, "feed")
    assert schedule.starts_over(source, HOURLY.url, "sitemap")
    assert schedule.starts_over(source, "https://b.example/", "feed")
