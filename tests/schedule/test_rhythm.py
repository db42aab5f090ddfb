"""What is learned from the times of posts, and what polling by it costs in simulation (benchmarks/polling.py)."""

from __future__ import annotations

import importlib.util
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
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
    assert rhythm.moments([(day, found)]) == [found]
    (spread,) = rhythm.moments([(day, day + timedelta(days=5))])
    assert day <= spread < day + DAY
    assert rhythm.moments([(day + timedelta(hours=9), found)]) == [day + timedelta(hours=9)]
    assert rhythm.moments([(day, found)], "Asia/Seoul") == [day]


def test_undated_articles_that_were_found_together_count_once():
    assert rhythm.moments([(None, NOW), (None, NOW + timedelta(minutes=3))]) == [NOW]


@pytest.mark.parametrize("posts", [[], [NOW], [NOW] * 50, [NOW + DAY], [NOW - 60 * DAY, NOW - timedelta(seconds=1)]])
def test_odd_histories_give_a_wait_within_the_bounds(posts: list[datetime]):
    learned = rhythm.learn(posts, NOW)
    assert learned.rate > 0
    assert timedelta(minutes=5) <= rhythm.wait(learned, NOW, timedelta(minutes=5), DAY) <= DAY


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
