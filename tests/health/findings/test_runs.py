"""What the runs of a source say: it fails, is empty, silent, or floods."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from histories import START, days, history, judged

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _kinds(**fields: Any) -> set[str]:
    return set(judged(replace(history([]), **fields)))


@pytest.mark.parametrize(
    ("error", "hours", "runs", "found"),
    [("http_4xx", 6, 3, True), ("http_4xx", 6, 1, False), ("timeout", 6, 3, False), ("timeout", 16, 4, True)],
)
def test_a_source_that_fails_for_long_is_a_finding(error: str, hours: int, runs: int, found: bool):
    failing = {"failed_since": START - HOUR * hours, "failed_runs": runs, "error": error, "message": "no answer"}
    assert _kinds(**failing) == ({"failing"} if found else set())


def test_the_finding_of_a_source_that_fails_says_why_and_closes_with_the_first_good_run():
    told = replace(history([]), failed_since=START - DAY, failed_runs=5, error="http_4xx", message="404: not found")
    finding = judged(told)["failing"]
    assert finding.message == "Since 1 March `news` cannot be read (5 runs in a row): http_4xx: 404: not found"
    assert judged(history([], open=(finding,))) == {}


def test_an_index_that_names_no_links_any_more_is_a_finding_if_it_ever_did():
    empty = {"empty_since": START - HOUR * 4, "empty_runs": 3}
    assert _kinds(**empty, days=days(9, START - DAY * 9)) == {"feed_empty"}
    assert _kinds(**empty) == set()
    assert _kinds(empty_since=START, empty_runs=1, days=days(9, START - DAY * 9)) == set()


def test_a_source_that_never_had_an_article_says_what_became_of_its_links():
    told = replace(history([]), has_articles=False, read={"not_an_article": 115, "http_4xx": 5})
    assert judged(told)["never"].message == (
        "`news` has never brought an article, in 99 runs since 21 February: of its newest links, 115 not_an_article,"
        " 5 http_4xx."
    )
    nothing = judged(replace(told, read={}))["never"]
    assert nothing.message.endswith("its index names no links.")


@pytest.mark.parametrize(
    "young",
    [{"added_at": START - HOUR}, {"runs": 2}, {"read": {"queued": 9}, "days": days(1)}, {"read": {}, "days": days(1)}],
)
def test_a_source_is_given_time_for_its_first_article(young: dict[str, Any]):
    """Also one whose links wait, or belong to other sources that found them first."""
    assert _kinds(**{"has_articles": False, "read": {"http_4xx": 5}} | young) == set()


def _silent(told: Any, after: timedelta) -> bool:
    return "silent" in _kinds(days=told, now=told[-1].last_at + after)


def test_a_daily_paper_that_falls_silent_is_a_finding_after_two_days():
    told = days(40, articles=30)
    assert not _silent(told, HOUR * 40)
    assert _silent(told, HOUR * 41)


def test_who_rests_at_weekends_may_have_a_long_one():
    told = days(82, skip=(5, 6), articles=3)
    assert not _silent(told, DAY * 5.9)
    assert _silent(told, DAY * 6.1)


def test_who_writes_at_times_may_go_on_holiday_for_weeks():
    told = tuple(day for number, day in enumerate(days(80)) if number % 9 in {0, 1, 5})
    told = tuple(replace(day, articles=2, gap=86_400.0 * 9 / (1 + number)) for number, day in enumerate(told))
    assert not _silent(told, DAY * 29)
    assert _silent(told, DAY * 31)


def test_nobody_is_expected_to_write_at_the_turn_of_the_year():
    told = days(82, datetime(2026, 10, 2, 8, tzinfo=UTC), skip=(5, 6), articles=3)
    assert told[-1].day == date(2026, 12, 22)
    assert not _silent(told, DAY * 12)
    assert _silent(told, DAY * 18)


def test_who_posts_monthly_is_given_months():
    told = tuple(replace(day, articles=1, gap=30 * 86_400.0) for day in days(365, START - DAY * 365)[::30])
    assert not _silent(told, DAY * 60)
    assert _silent(told, DAY * 300)


def test_a_silence_is_one_finding_until_the_next_article():
    told = days(40, articles=30)
    late = replace(history([]), days=told, now=told[-1].last_at + HOUR * 44)
    finding = judged(late)["silent"]
    assert set(judged(replace(late, now=late.now + HOUR, open=(finding,)))) == {"silent"}
    assert judged(replace(late, days=days(41, articles=30), open=(finding,))) == {}


def test_a_young_source_has_no_rhythm_yet():
    assert not _silent(days(12, articles=30), DAY * 5)


def test_far_more_links_than_ever_are_a_flood_until_they_are_over():
    told = (*days(20), replace(days(21)[-1], links=400))
    now = told[-1].last_at
    finding = judged(replace(history([], now), days=told))["flood"]
    assert "405 in two days, and no more than 5 on any day before" in finding.message
    later = (*told, *days(3, START + DAY * 21))
    assert judged(replace(history([], later[-1].last_at), days=later, open=(finding,))) == {}


def test_what_has_piled_up_is_no_flood():
    told = (*days(20), replace(days(1, START + DAY * 45)[0], links=60))
    assert judged(replace(history([], told[-1].last_at), days=told)) == {}
