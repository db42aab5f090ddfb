"""When a source is next due."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest import schedule
from ingest.errors import FetchError, HostPausedError
from ingest.model import Source
from ingest.schedule.due import Skips, SourceState

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


@pytest.mark.parametrize(
    ("due", "written", "mended"),
    [
        # A clock that was years ahead, and whose sources waited for ten minutes, or were said to wait for a year.
        (timedelta(days=1000, minutes=10), timedelta(days=1000), timedelta(minutes=10)),
        (timedelta(days=1365), timedelta(days=1000), timedelta(days=1)),
        (timedelta(days=-1), timedelta(days=1000), timedelta()),
        # A clock that was an hour ahead.
        (timedelta(hours=1, minutes=10), timedelta(hours=1), timedelta(minutes=10)),
        # Not known when it was written, or written before an interval was shortened.
        (timedelta(days=1000), None, timedelta()),
        (timedelta(days=5), timedelta(days=-2), timedelta()),
        # Right ones.
        (timedelta(hours=23), timedelta(hours=-1), timedelta(hours=23)),
        (timedelta(days=1), None, timedelta(days=1)),
        (timedelta(days=-3), timedelta(days=-4), timedelta(days=-3)),
    ],
)
def test_a_due_time_that_only_a_wrong_clock_can_have_written_is_brought_back(
    due: timedelta, written: timedelta | None, mended: timedelta
):
    written_at = None if written is None else NOW + written
    assert schedule.brought_back(NOW + due, written_at, NOW, timedelta(days=1)) == NOW + mended


@pytest.mark.parametrize("every", [None, timedelta(minutes=1), timedelta(weeks=2)])
def test_no_wait_is_longer_than_the_longest(every: timedelta | None):
    source = replace(HOURLY, every=every)
    hostile = SourceState("a", failures=1000, ttl=1e9)
    longest = wait(source, hostile, retry_after=1e9, freshness=1e9, jitter=1.0)
    assert longest <= schedule.longest_wait(source) <= longest * 1.1


def test_articles_dated_in_the_future_do_not_hurry_their_source():
    """Ten events of next year would bound the wait by the age of the tenth, which is below zero."""
    posts = [NOW + timedelta(days=number) for number in range(1, 20)]
    assert wait(OWN_RHYTHM, posts=posts) > timedelta(hours=1)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_the_night_in_which_the_clocks_change_shortens_and_lengthens_no_wait(day: str):
    """A rhythm is learned in local time, whose 29 March has 23 hours and whose 25 October has 25 in Berlin."""
    source = replace(OWN_RHYTHM, time_zone="Europe/Berlin")
    begin = datetime.fromisoformat(day + "T00:00:00+00:00") - timedelta(hours=6)
    for quarter in range(48):
        now = begin + timedelta(minutes=15 * quarter)
        posts = [now - timedelta(hours=hours) for hours in range(1, 24 * 14)]
        due = schedule.next_due(source, SourceState("a"), now, posts=posts)
        assert timedelta(minutes=30) < due - now < timedelta(hours=2)
