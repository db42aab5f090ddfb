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


def test_a_line_is_one_line_and_not_longer_than_allowed() -> None:
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


@pytest.mark.parametrize("code", [0x00, 0x1B, 0x7F, 0x80, 0x9F, 0x202A, 0x202E, 0x2066, 0x2069])
def test_characters_that_forge_titles_and_terminals_are_dropped(code: int) -> None:
    assert values.one_line(f"a{chr(code)}b") == "ab"
    assert values.prose(f"a{chr(code)}b") == "ab"


@pytest.mark.parametrize("char", ["~", "\u2030", "\u200d", "\u206a", "é"])
def test_their_neighbours_stay(char: str) -> None:
    # A control character elsewhere in the line, so that all of it is looked at.
    assert values.one_line(f"a{char}b\x00") == f"a{char}b"
    assert values.prose(f"a{char}b\x00") == f"a{char}b"


@pytest.mark.parametrize("code", [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0])
def test_white_space_parts_words_of_a_line(code: int) -> None:
    assert values.one_line(f"a{chr(code)}b") == "a b"


def test_a_line_is_cut_after_its_white_space_is_gathered() -> None:
    assert values.one_line(" " * 15 + "abcde", 5) == "abcde"
    assert values.one_line("ab " * 6, 5) == "ab a…"


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
