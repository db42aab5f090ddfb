"""The words of a finding."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.health.findings import wording


def test_a_day_has_its_year_if_that_is_another_one():
    now = datetime(2026, 3, 14, tzinfo=UTC)
    assert wording.day(datetime(2026, 3, 12, 23, tzinfo=UTC), now) == "12 March"
    assert wording.day(datetime(2025, 12, 31, tzinfo=UTC), now) == "31 December 2025"


def test_spans_are_hours_or_days():
    assert wording.span(timedelta(hours=1)) == "1 hour"
    assert wording.span(timedelta(hours=47)) == "47 hours"
    assert wording.span(timedelta(days=3)) == "3 days"


def test_words_are_listed():
    assert [wording.listed(list("abc"[:n])) for n in (1, 2, 3)] == ["a", "a and b", "a, b and c"]
