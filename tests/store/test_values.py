"""Python values as columns hold them, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ingest.model import NO_HINTS, Hints
from ingest.store import values

SEOUL = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("moment", "stamp"),
    [
        (datetime(2026, 1, 6, 14, 18, tzinfo=SEOUL), "2026-01-06T05:18:00Z"),
        (datetime(2026, 1, 6, 14, 18, 1, 999_999, tzinfo=UTC), "2026-01-06T14:18:01Z"),
        (datetime(987, 1, 2, tzinfo=UTC), "0987-01-02T00:00:00Z"),
    ],
)
def test_times_are_utc_to_the_second(moment: datetime, stamp: str) -> None:
    assert values.stamp(moment) == stamp
    assert values.moment(stamp) == moment.replace(microsecond=0)


def test_a_time_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        values.stamp(datetime(2026, 1, 6))  # noqa: DTZ001 - the mistake in question


def test_a_time_before_the_calendar_is_no_time() -> None:
    assert values.stamp_or_none(datetime(1, 1, 1, tzinfo=SEOUL)) is None
    assert values.stamp_or_none(None) is None


def test_a_line_is_one_line_and_not_longer_than_asked() -> None:
    assert values.one_line(" a\tb\r\nc\x00\x1b[1m\u202e ") == "a b c[1m"
    assert values.one_line("x" * 10, 5) == "xxxx…"
    assert values.one_line("x" * 5, 5) == "xxxxx"


def test_prose_keeps_its_lines_and_loses_controls() -> None:
    assert values.prose("one\n\ntwo\tthree\x00\x9b") == "one\n\ntwo\tthree"
    assert values.prose("half \ud83d a pair") == "half ? a pair"


def test_lists_of_names_lose_what_is_empty() -> None:
    assert values.names(["김하늘", " ", "", 'a "b"']) == '["김하늘","a \\"b\\""]'


def test_hints_come_back_as_they_went() -> None:
    hints = Hints(title="t", authors=("a", "b"), content="<p>한글</p>", tags=("x",))
    assert values.hints(values.hints_json(hints)) == hints
    assert values.hints(values.hints_json(NO_HINTS)) is NO_HINTS
