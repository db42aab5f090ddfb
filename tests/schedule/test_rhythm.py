"""What is learned from the times of posts, and what polling by it costs in simulation (benchmarks/polling.py)."""

from __future__ import annotations

import importlib.util
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from ingest.schedule import rhythm

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def polling() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "polling.py"
    spec = importlib.util.spec_from_file_location("polling", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["polling"] = module
    spec.loader.exec_module(module)
    return module


HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)


def at_random(a_day: int, span: timedelta) -> list[datetime]:
    """So many posts a day on average, at any time of it."""
    random = Random(11)
    return [NOW - span * random.random() for _ in range(int(a_day * (span / DAY)))]


def planned(learned: rhythm.Rhythm, now: datetime = NOW) -> timedelta:
    return rhythm.plan_wait(learned, now, timedelta(minutes=5), DAY)


@pytest.mark.parametrize(("rate", "minutes"), [(1 / 4, 120), (1, 60), (3, 35), (16, 15)])
def test_a_steady_source_is_asked_by_the_square_root_rule(rate: float, minutes: int):
    """A poll costs half an hour of waiting, so that the best interval is the root of the time between two posts."""
    assert abs(planned(rhythm.Rhythm(rate)) - timedelta(minutes=minutes)) <= timedelta(minutes=5 if rate > 2 else 15)


def test_a_busy_source_is_planned_in_finer_steps():
    assert [planned(rhythm.Rhythm(rate)) / timedelta(minutes=1) for rate in (1.9, 2.0, 3.0)] == [45, 40, 35]


def test_a_source_that_publishes_at_a_known_time_is_asked_right_after_it():
    quarters = [0.0] * 96
    quarters[13 * 4] = 96.0
    assert planned(rhythm.Rhythm(1 / 24, quarters=tuple(quarters))) == timedelta(hours=1, minutes=15)


def test_a_source_of_which_nothing_is_known_is_taken_to_post_once_a_day():
    assert rhythm.learn([], NOW).rate == pytest.approx(1 / 24)


def test_posts_of_more_than_eight_weeks_ago_are_forgotten():
    silent = rhythm.learn([NOW - 400 * DAY], NOW)
    assert rhythm.learn([NOW - 8 * WEEK], NOW) == silent
    assert rhythm.learn([NOW - 8 * WEEK + HOUR], NOW) != silent
    assert silent.rate < rhythm.learn([], NOW).rate / 100


def test_a_post_of_this_moment_counts_and_one_of_the_future_does_not():
    before = rhythm.learn([NOW - 2 * HOUR], NOW)
    assert rhythm.learn([NOW - 2 * HOUR, NOW], NOW).rate > before.rate
    assert rhythm.learn([NOW - 2 * HOUR, NOW + HOUR], NOW) == before


@pytest.mark.parametrize("a_day", [6, 24, 96])
def test_the_rate_of_a_steady_source_is_its_posts_an_hour(a_day: int):
    assert rhythm.learn(at_random(a_day, 28 * DAY), NOW).rate == pytest.approx(a_day / 24, rel=0.15)


def test_two_posts_say_how_far_apart_they_are_and_not_more():
    assert 0.3 < rhythm.learn([NOW - 3 * HOUR, NOW], NOW).rate * 3 < 1.1


def test_what_was_published_a_week_ago_weighs_half_in_the_rate():
    fell_silent = [post for post in at_random(24, 8 * WEEK) if post < NOW - WEEK]
    assert rhythm.learn(fell_silent, NOW).rate == pytest.approx(0.5, rel=0.15)


def test_a_habit_of_four_weeks_ago_weighs_half_in_the_days_of_the_week():
    monday, tuesday = NOW - timedelta(hours=12), NOW - timedelta(days=6, hours=12)
    posts = [tuesday - number * WEEK + minutes * timedelta(minutes=30) for number in range(4) for minutes in range(48)]
    posts += [
        monday - number * WEEK + minutes * timedelta(minutes=30) for number in range(4, 8) for minutes in range(48)
    ]
    days = rhythm.learn(posts, NOW).days
    assert days[1] / days[0] == pytest.approx(2, rel=0.1)
    assert sum(days) == pytest.approx(7)


def test_one_post_makes_no_habit_yet():
    learned = rhythm.learn([NOW - 9 * DAY, NOW - 3 * DAY], NOW)
    assert 1.5 < max(learned.days) < 2
    assert max(learned.days) == learned.days[(NOW - 3 * DAY).weekday()]


def test_a_clockwork_is_known_to_the_quarter_of_an_hour():
    learned = rhythm.learn([NOW - number * DAY - 4 * HOUR for number in range(1, 50)], NOW)
    assert learned.quarters[8 * 4] == max(learned.quarters) > 30
    assert max(learned.quarters[: 8 * 4 - 2]) < 0.3


def test_a_habit_of_four_hours_has_no_gaps():
    random = Random(5)
    learned = rhythm.learn([NOW - number * DAY - HOUR * random.uniform(2, 6) for number in range(1, 50)], NOW)
    morning = learned.quarters[6 * 4 + 1 : 10 * 4 - 1]
    assert min(morning) > 1
    assert sum(morning) > 0.6 * sum(learned.quarters)


def test_a_first_pair_of_posts_is_not_yet_taken_for_the_rule():
    learned = rhythm.learn([NOW - HOUR, NOW], NOW)
    assert 1 / 6 < learned.rate < 1 / 4
    assert learned.days == pytest.approx([1.0] * 7)


def test_articles_of_a_day_without_a_time_are_spread_evenly_over_it():
    day = NOW.replace(hour=0) - 30 * DAY
    times = sorted(rhythm.publication_times([(day, NOW)] * 20))
    gaps = [(later - earlier) / HOUR for earlier, later in pairwise(times)]
    assert day <= times[0] <= times[-1] < day + DAY
    assert max(gaps) < 2.5


def test_an_article_that_is_found_on_its_day_appeared_when_it_was_found():
    day = NOW.replace(hour=0)
    assert rhythm.publication_times([(day, day + 23 * HOUR)]) == [day + 23 * HOUR]
    assert rhythm.publication_times([(None, NOW), (day, day)])[1] == day
    assert rhythm.publication_times([(day, day + DAY)]) == [day]
    assert day <= rhythm.publication_times([(day, day - HOUR)])[0]


def test_the_hour_of_the_day_is_learned_in_the_time_zone_of_the_source():
    posts = [datetime(2026, 2, 1, 22, tzinfo=UTC) + number * DAY for number in range(28)]
    learned = rhythm.learn(posts, NOW, "Asia/Seoul")
    seven = learned.quarters[7 * 4]
    assert seven == max(learned.quarters)
    assert seven > 20 * learned.quarters[12 * 4]


def test_days_that_were_never_watched_are_taken_for_common_ones():
    posts = [NOW - timedelta(minutes=30 * number) for number in range(60)]
    learned = rhythm.learn(posts, NOW)
    assert NOW.weekday() == 0
    thursday = learned.days[3]
    assert 0.5 < thursday < 2


def test_the_rate_is_that_of_today_more_than_that_of_last_month():
    before = [NOW - timedelta(days=56) + timedelta(hours=4 * number) for number in range(240)]
    quiet = rhythm.learn(before, NOW)
    awake = rhythm.learn([*before, *(NOW - timedelta(hours=4 * number) for number in range(42))], NOW)
    assert 0.2 < awake.rate / (1 / 4) < 1.3
    assert quiet.rate < awake.rate / 3


def test_a_day_without_a_time_is_no_post_at_midnight():
    day = datetime(2026, 3, 1, tzinfo=UTC)
    found = day + timedelta(hours=14)
    assert rhythm.publication_times([(day, found)]) == [found]
    (spread,) = rhythm.publication_times([(day, day + timedelta(days=5))])
    assert day <= spread < day + DAY
    assert rhythm.publication_times([(day + timedelta(hours=9), found)]) == [day + timedelta(hours=9)]
    assert rhythm.publication_times([(day, found)], "Asia/Seoul") == [day]


def test_undated_articles_that_were_found_together_count_once():
    assert rhythm.publication_times([(None, NOW), (None, NOW + timedelta(minutes=3))]) == [NOW]


@pytest.mark.parametrize("posts", [[], [NOW], [NOW] * 50, [NOW + DAY], [NOW - 60 * DAY, NOW - timedelta(seconds=1)]])
def test_odd_histories_give_a_wait_within_the_bounds(posts: list[datetime]):
    learned = rhythm.learn(posts, NOW)
    assert learned.rate > 0
    assert timedelta(minutes=5) <= rhythm.plan_wait(learned, NOW, timedelta(minutes=5), DAY) <= DAY


def test_an_office_hours_site_is_asked_less_than_half_as_often_for_the_same_delay(polling: ModuleType):
    posts = polling.office_hours(4)
    own, hourly = polling.simulate(posts, None, 4), polling.simulate(posts, polling.HOUR, 4)
    assert own.requests < hourly.requests / 2
    assert own.delay <= hourly.delay
    assert own.lost == 0


def test_a_clockwork_is_met_sooner_by_a_third_of_the_requests(polling: ModuleType):
    posts = polling.clockwork(4)
    own = polling.simulate(posts, None, 4)
    as_often = polling.simulate(posts, timedelta(weeks=1) / own.requests, 4)
    often = polling.simulate(posts, 3 * polling.HOUR, 4)
    assert own.requests < often.requests / 2
    assert own.delay < often.delay / 2
    assert own.delay < as_often.delay / 4


def test_a_dead_blog_is_asked_little_more_than_daily_and_is_noticed_when_it_awakes(polling: ModuleType):
    assert polling.simulate(polling.dead(2), None, 2).requests <= 14
    awake = polling.simulate(polling.awakened(4), None, 4)
    as_often = polling.simulate(polling.awakened(4), timedelta(weeks=1) / awake.requests, 4)
    assert awake.delay <= as_often.delay
    assert awake.lost == 0


def test_a_simulation_says_the_same_each_time(polling: ModuleType):
    assert polling.simulate(polling.weekly(2), None, 2) == polling.simulate(polling.weekly(2), None, 2)
