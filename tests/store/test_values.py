"""Python values as columns hold them, and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from ingest.model import NO_HINTS, Article, DateCandidate, Hints
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


def test_lists_of_names_lose_what_is_empty() -> None:
    assert values.names(["김하늘", " ", "", 'a "b"']) == '["김하늘","a \\"b\\""]'


def test_hints_come_back_as_they_went() -> None:
    hints = Hints(title="t", authors=("a", "b"), content="<p>한글</p>", tags=("x",))
    assert values.hints(values.hints_json(hints)) == hints
    assert values.hints(values.hints_json(NO_HINTS)) is NO_HINTS


def test_a_list_holds_a_hundred_names_of_two_hundred_characters() -> None:
    many = json.loads(values.names([f"name {number}" for number in range(101)]))
    assert (len(many), many[-1]) == (100, "name 99")
    assert [len(name) for name in json.loads(values.names(["x" * 200, "y" * 201]))] == [200, 200]
    assert json.loads(values.names(["y" * 201]))[0].endswith("y…")


def test_a_hundred_candidates_of_a_date_are_kept_with_where_and_how_they_were_written() -> None:
    dates = tuple(DateCandidate("published", f"p{number}", "soon", None) for number in range(101))
    article = Article("https://news.example/a", "https://news.example/a", dates=dates)
    kept = json.loads(values.dates_json(article))
    assert (len(kept), kept[-1]["where"], kept[0]["parsed"]) == (100, "p99", None)


def test_origins_are_single_lines() -> None:
    assert values.origins_json({"title": "site:\nnews"}) == '{"title":"site: news"}'


def test_hints_that_say_nothing_take_no_room() -> None:
    assert values.hints_json(Hints(title="t")) == '{"title":"t"}'
    assert values.hints_json(NO_HINTS) == "{}"


def test_titles_lines_and_summaries_are_cut_where_the_tables_say() -> None:
    def cut(letters: int, *longest: int) -> bool:
        return values.one_line("x" * letters, *longest).endswith("…")

    assert [cut(500), cut(501)] == [False, True]
    assert [cut(1_000, values.TITLE), cut(1_001, values.TITLE)] == [False, True]
    assert [cut(5_000, values.SUMMARY), cut(5_001, values.SUMMARY)] == [False, True]
