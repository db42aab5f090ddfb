from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extraction.metadata import dates

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def at(*parts: int, hours: float = 0) -> datetime:
    return datetime(*parts, tzinfo=timezone(timedelta(hours=hours)))  # type: ignore[misc]


def parse(raw: str, **options: str) -> datetime | None:
    return dates.parse(raw, now=NOON, **options)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2024-05-03", at(2024, 5, 3)),
        ("2024-05-03T14:05:09.123Z", at(2024, 5, 3, 14, 5, 9)),
        ("2024-05-03T14:05:00+02:00", at(2024, 5, 3, 14, 5, hours=2)),
        ("2024-05-03 14:05:00 +0900 KST", at(2024, 5, 3, 14, 5, hours=9)),
        ("2024/05/03 14:05", at(2024, 5, 3, 14, 5)),
        ("20240707", at(2024, 7, 7)),
        ("20240707T120053Z", at(2024, 7, 7, 12, 0, 53)),
        ("1714745100", at(2024, 5, 3, 14, 5)),
        ("1714745100000", at(2024, 5, 3, 14, 5)),
        ("Fri, 03 May 2024 14:05:00 -0400", at(2024, 5, 3, 14, 5, hours=-4)),
        ("Fri, 3 May 24 10:00:00 GMT", at(2024, 5, 3, 10)),
        ("Fri May 03 2024 14:05:00 GMT+0200 (CEST)", at(2024, 5, 3, 14, 5, hours=2)),
        ("Fri May  3 14:05:09 2024", at(2024, 5, 3, 14, 5, 9)),
        ("Fri May  3 14:05:09 EDT 2024", at(2024, 5, 3, 14, 5, 9, hours=-4)),
        ("Fri May 03 14:05:09 -0700 2024", at(2024, 5, 3, 14, 5, 9, hours=-7)),
        ("Fri, 3 May 2024 14:05:00 MEST", at(2024, 5, 3, 14, 5, hours=2)),
        ("May 3, 2024 at 5:04 PM ET", at(2024, 5, 3, 17, 4, hours=-4)),
        ("Dec. 3rd, 2023, 9:05 p.m. EST", at(2023, 12, 3, 21, 5, hours=-5)),
        ("12:05 a.m., 3 May 2024", at(2024, 5, 3, 0, 5)),
        ("Last updated on 17 December 2025", at(2025, 12, 17)),
        ("03.05.2024 14:05 Uhr", at(2024, 5, 3, 14, 5)),
        ("Veröffentlicht am 3. Mai 2024, 14.05 Uhr", at(2024, 5, 3, 14, 5)),
        ("Stand: 03.05.2024, 14 Uhr", at(2024, 5, 3, 14)),
        ("Publié le 1er mai 2024 à 14h30", at(2024, 5, 1, 14, 30)),
        ("3 de mayo de 2024 a las 14:05", at(2024, 5, 3, 14, 5)),
        ("5 kwietnia 2024 r.", at(2024, 4, 5)),
        ("2024. május 3., 14:05", at(2024, 5, 3, 14, 5)),
        ("Kl. 14.05, 3. maj 2024", at(2024, 5, 3, 14, 5)),
        ("3 мая 2024, 14:05", at(2024, 5, 3, 14, 5)),
        ("٣ مايو ٢٠٢٤", at(2024, 5, 3)),
        ("3 تشرين الأول 2024", at(2024, 10, 3)),
        ("3 मई 2024", at(2024, 5, 3)),
        ("3 พ.ค. 2567 14:05 น.", at(2024, 5, 3, 14, 5)),
        ("2024年5月3日 14時5分", at(2024, 5, 3, 14, 5)),
        ("2024年05月03日 下午2:05", at(2024, 5, 3, 14, 5)),
        ("令和6年5月3日", at(2024, 5, 3)),
        ("令和元年5月3日", at(2019, 5, 3)),
        ("2024년 11월 21일 오후 2:18", at(2024, 11, 21, 14, 18)),
        ("2024년 11월 21일 오전 12:18", at(2024, 11, 21, 0, 18)),
        ("입력 2026-01-06 14:18", at(2026, 1, 6, 14, 18)),
        ("2024. 5. 3.", at(2024, 5, 3)),
        ("26 | 01 | 2022", at(2022, 1, 26)),
    ],
)
def test_a_date_is_read_as_it_was_written(raw: str, expected: datetime) -> None:
    found = parse(raw)

    assert found is not None
    assert found == expected
    assert found.utcoffset() == expected.utcoffset()


def test_a_time_without_a_zone_is_in_the_zone_of_the_source() -> None:
    found = parse("2026-01-06 14:18", time_zone="Asia/Seoul")

    assert found == datetime(2026, 1, 6, 14, 18, tzinfo=ZoneInfo("Asia/Seoul"))


def test_a_written_zone_counts_more_than_that_of_the_source() -> None:
    assert parse("2026-01-06T14:18:00Z", time_zone="Asia/Seoul") == at(2026, 1, 6, 14, 18)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("", None),
        ("en", None),
        ("en-US", at(2024, 3, 5)),
        ("en_US", at(2024, 3, 5)),
        ("en-GB", at(2024, 5, 3)),
        ("fr", at(2024, 5, 3)),
    ],
)
def test_only_the_language_decides_between_day_and_month(language: str, expected: datetime | None) -> None:
    assert parse("03/05/2024", language=language) == expected


@pytest.mark.parametrize(("raw", "day"), [("25/03/2024", 25), ("03/25/2024", 25), ("04/04/2024", 4)])
def test_day_and_month_are_told_apart_where_only_one_reading_exists(raw: str, day: int) -> None:
    found = parse(raw)

    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    ("raw", "language", "expected"),
    [
        ("24.05.03", "ko", at(2024, 5, 3)),
        ("03.05.24", "de", at(2024, 5, 3)),
        ("2.11.22", "de", at(2022, 11, 2)),
        ("03.05.24", "", None),
        ("03/05/24", "en-US", None),
    ],
)
def test_two_digits_are_a_year_only_where_the_language_says_so(
    raw: str, language: str, expected: datetime | None
) -> None:
    assert parse(raw, language=language) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "yesterday",
        "2 hours ago",
        "3 May",
        "May 2024",
        "2024",
        "2024-02-31",
        "31.02.2024",
        "2099-01-01",
        "1899-12-31",
        "0001-01-01T00:00:00Z",
        "© 2024 The Example",
        "Version 1.2.3",
        "10:42",
        "Call 555 2024 for details",
        "1" * 300,
    ],
)
def test_what_is_no_whole_and_plausible_date_is_left_unread(raw: str) -> None:
    assert parse(raw) is None


def test_the_first_of_two_dates_counts() -> None:
    assert parse("입력 2026-01-06 14:18 | 수정 2026-01-07 09:00") == at(2026, 1, 6, 14, 18)


def test_a_language_with_months_of_its_own_is_read_with_help() -> None:
    assert parse("3 მაისი 2024", language="ka") == at(2024, 5, 3)


def test_the_same_name_is_another_month_in_croatian() -> None:
    assert parse("3. listopada 2024", language="hr") == at(2024, 10, 3)
    assert parse("3 listopada 2024", language="pl") == at(2024, 11, 3)


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2026, 5, 30)))  # noqa: DTZ001
def test_whatever_is_printed_as_iso_8601_comes_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)

    assert parse(moment.isoformat()) == moment


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(raw: str) -> None:
    found = parse(raw)

    assert found is None or found.tzinfo is not None


def test_an_hour_alone_is_a_time_in_iso_8601() -> None:
    assert parse("2024-05-03T14") == at(2024, 5, 3, 14)
    assert parse("2024-05-03 14+02:00") == at(2024, 5, 3, 14, hours=2)


def test_the_language_says_where_a_short_year_stands() -> None:
    assert parse("26.01.06", language="ko") == at(2026, 1, 6)
    assert parse("06.01.26", language="de") == at(2026, 1, 6)
    assert parse("06.01.26", language="en") is None
    assert parse("06.01.26") is None
    assert parse("1/6/26", language="ko") is None
    assert parse("6/1/26", language="de") is None
    assert parse("26/01/06", language="ja") == at(2026, 1, 6)


def test_a_time_shortly_before_the_day_belongs_to_it() -> None:
    assert parse("14:05 - 3 May 2024") == at(2024, 5, 3, 14, 5)
    assert parse("14:05, as it was known on the morning of 3 May 2024") == at(2024, 5, 3)


@pytest.mark.parametrize(
    ("raw", "language", "expected"),
    [
        ("03/05/2024", "en-US", at(2024, 3, 5)),
        ("03/05/2024", "en-GB", at(2024, 5, 3)),
        ("03/05/2024", "es-US", at(2024, 3, 5)),
        ("03/05/2024", "es", at(2024, 5, 3)),
        ("12/12/2024", "", at(2024, 12, 12)),
        ("12/13/2024", "", at(2024, 12, 13)),
        ("13/12/2024", "", at(2024, 12, 13)),
        ("03.05.2024", "", at(2024, 5, 3)),
        ("03.13.2024", "", at(2024, 3, 13)),
        ("13/13/2024", "en", None),
        ("03/05/2024", "en", None),
    ],
)
def test_day_and_month_change_places_by_language(raw: str, language: str, expected: datetime | None) -> None:
    assert parse(raw, language=language) == expected


def test_an_american_zone_decides_for_english() -> None:
    assert parse("03/05/2024", language="en", time_zone="America/New_York") == at(2024, 3, 5, hours=-5)
    assert parse("03/05/2024", language="en", time_zone="Europe/London") is None


def test_dates_of_the_near_future_count_and_those_of_the_far_one_do_not() -> None:
    assert parse("2027-06-02T12:00:00Z") == at(2027, 6, 2, 12)
    assert parse("2027-06-02T12:00:01Z") is None


def test_the_first_year_is_1990() -> None:
    assert parse("1 January 1990") == at(1990, 1, 1)
    assert parse("31 December 1989") is None


def test_the_first_two_hundred_characters_are_read() -> None:
    assert parse("x" * 189 + " 2024-05-03") == at(2024, 5, 3)
    assert parse("x" * 190 + " 2024-05-03") is None


def test_the_earliest_of_several_dates_counts() -> None:
    assert parse("3 May 2024, changed 2024-05-09") == at(2024, 5, 3)
    assert parse("2024-05-09, first 3 May 2024") == at(2024, 5, 9)
