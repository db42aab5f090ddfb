"""When a feed asks not to be polled."""

from __future__ import annotations

import pytest

from ingest.discover.polling_hints import MAX_TTL, skip_days, skip_hours, ttl


def test_hours_and_days_are_read_as_numbers():
    assert skip_hours("<skipHours><hour>0</hour> <hour> 23 </hour></skipHours>") == {0, 23}
    assert skip_days("<skipDays>\n<day>Sunday</day><day>monday</day></skipDays>") == {6, 0}


def test_midnight_may_be_the_24th_hour():
    assert skip_hours("<skipHours><hour>24</hour></skipHours>") == {0}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<skipHours>",
        "</skipHours><skipHours>",
        "<skipHours></skipHours>",
        "<skipHours><hour>noon</hour></skipHours>",
        "<skipDays><day>Holiday</day></skipDays>",
        "<skipHours>" * 100_000,
        "<skipHours>" + " " * 5_000 + "<hour>7</hour></skipHours>",
    ],
)
def test_what_names_no_hour_skips_none(text: str):
    assert (skip_hours(text), skip_days(text)) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    ("feed", "seconds"),
    [
        ({"ttl": "60"}, 3_600),
        ({"ttl": "1"}, 60),
        ({"ttl": "0"}, None),
        ({"ttl": "soon"}, None),
        ({"ttl": "99999999"}, MAX_TTL),
        ({"ttl": "0", "sy_updateperiod": "hourly"}, 3_600),
        ({"sy_updateperiod": " Daily "}, 86_400),
        ({"sy_updateperiod": "daily", "sy_updatefrequency": "4"}, 21_600),
        ({"sy_updateperiod": "daily", "sy_updatefrequency": "0"}, 86_400),
        ({"sy_updateperiod": "daily", "sy_updatefrequency": "often"}, 86_400),
        ({"sy_updateperiod": "yearly"}, MAX_TTL),
        ({"sy_updateperiod": "weekly"}, MAX_TTL),
        ({"sy_updatefrequency": "4"}, None),
        ({}, None),
    ],
)
def test_the_time_to_the_next_poll_is_a_week_at_most(feed: dict[str, object], seconds: float | None):
    assert ttl(feed) == seconds


def test_only_the_list_itself_names_hours():
    assert skip_hours("<hour>1</hour><skipHours><hour>2</hour></skipHours><hour>3</hour>") == {2}
    assert skip_days("x" * 5_000 + "<skipDays><day>Tuesday</day></skipDays>") == {1}


@pytest.mark.parametrize(
    ("period", "often", "days"), [("weekly", "7", 1), ("weekly", "2", 3.5), ("monthly", "10", 3), ("yearly", "73", 5)]
)
def test_a_long_period_is_divided_by_how_often_it_is_updated(period: str, often: str, days: float):
    assert ttl({"sy_updateperiod": period, "sy_updatefrequency": often}) == days * 86_400


def test_a_number_beyond_reason_is_as_good_as_none():
    assert ttl({"ttl": "1" * 20}) is None
    assert ttl({"sy_updateperiod": "daily", "sy_updatefrequency": "1" * 12}) == 86_400


def test_a_list_of_hours_may_be_laid_out_widely_but_not_without_end():
    def hours(gap: int) -> str:
        return "<skipHours>" + " " * gap + "<hour>7</hour></skipHours>"

    assert skip_hours(hours(1_500)) == {7}
    assert skip_hours(hours(3_000)) == frozenset()
