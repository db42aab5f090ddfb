"""When a feed asks not to be polled."""

from __future__ import annotations

import pytest

from ingest.discover.polling_hints import skip_days, skip_hours


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
