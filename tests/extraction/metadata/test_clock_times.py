from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from ingest.extraction.metadata.clock_times import ClockTime, parse_time, parse_zone

SUMMER = datetime(2026, 7, 1, 12)  # noqa: DTZ001
WINTER = datetime(2026, 1, 1, 12)  # noqa: DTZ001


def clock(text: str, language: str = "") -> tuple[int, int, int] | None:
    found = parse_time(text, language)
    return (found.hour, found.minute, found.second) if found else None


def hours(zone: tzinfo | None, at: datetime = WINTER) -> float | None:
    offset = zone.utcoffset(at) if zone else None
    return None if offset is None else offset / timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:05", (14, 5, 0)),
        ("14:05:09.123", (14, 5, 9)),
        ("at 2:18 pm", (14, 18, 0)),
        ("12:05 a.m.", (0, 5, 0)),
        ("12:05 pm", (12, 5, 0)),
        ("11:59 am", (11, 59, 0)),
        ("오후 2:18", (14, 18, 0)),
        ("오전 12:18", (0, 18, 0)),
        ("오후 2시 18분 30초", (14, 18, 30)),
        ("下午2:05", (14, 5, 0)),
        ("14時5分", (14, 5, 0)),
        ("14時", (14, 0, 0)),
        ("14h30", (14, 30, 0)),
        ("14 h", (14, 0, 0)),
        ("5 pm", (17, 0, 0)),
        ("5.04 pm", (17, 4, 0)),
        ("14.05 uhr", (14, 5, 0)),
        ("14 uhr", (14, 0, 0)),
        ("kl. 14.05", (14, 5, 0)),
        ("в 14.05", (14, 5, 0)),
        ("0:00", (0, 0, 0)),
        ("23:59:59", (23, 59, 59)),
    ],
)
def test_a_time_of_day_is_read_in_many_forms(text: str, expected: tuple[int, int, int]) -> None:
    assert clock(text) == expected


@pytest.mark.parametrize(
    "text", ["", "noon", "24:00", "14:60", "14:05:60", "25 uhr", "14.05", "2024.05:30", "1.14:05", "14", "3 people"]
)
def test_what_no_clock_shows_is_no_time(text: str) -> None:
    assert clock(text) is None


def test_a_time_keeps_the_zone_behind_it() -> None:
    assert parse_time("14:05 utc") == ClockTime(14, 5, 0, UTC)
    assert parse_time("14:05, utc") == ClockTime(14, 5, 0, None)
    assert parse_time("14:05") == ClockTime(14, 5, 0, None)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("z", 0),
        ("utc", 0),
        (" gmt", 0),
        ("+09:00", 9),
        ("+0900", 9),
        ("-4", -4),
        ("-03:30", -3.5),
        ("+5:45", 5.75),
        ("gmt+2", 2),
        (" (utc -7)", -7),
        ("+14:00", 14),
        ("-00:59", -59 / 60),
        ("kst", 9),
        (" (jst)", 9),
        ("msk", 3),
    ],
)
def test_a_zone_is_an_offset_or_a_name(text: str, offset: float) -> None:
    assert hours(parse_zone(text)) == pytest.approx(offset)


@pytest.mark.parametrize("text", ["", "+15:00", "+09:60", "ist", "xyz", "hello", ", utc"])
def test_what_names_no_zone_gives_none(text: str) -> None:
    assert parse_zone(text) is None


def test_a_named_zone_knows_summer_time() -> None:
    assert hours(parse_zone("et"), WINTER) == -5
    assert hours(parse_zone("et"), SUMMER) == -4


def test_cst_is_chinese_in_chinese_and_american_elsewhere() -> None:
    assert hours(parse_zone("cst", "zh-cn")) == 8
    assert hours(parse_zone("cst", "en")) == -6
    assert hours(parse_zone("cst")) == -6
    assert parse_time("14:05 cst", "zh") == ClockTime(14, 5, 0, parse_zone("cst", "zh"))
