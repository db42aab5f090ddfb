"""How often, and with what, a source was read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ingest.store import Run, source_runs


def _run(archive: Any, *, ok: bool | None = True, **came: Any) -> dict[str, Any]:
    archive.store.finish_run(archive.store.source_state("news"), ok=bool(ok), now=archive.now, run=Run(ok, **came))
    return source_runs.counters(archive.store._db, "news")


def test_runs_that_fail_in_a_row_are_counted_from_the_first(archive: Any) -> None:
    _run(archive)
    archive.later(hours=1)
    first = archive.now
    _run(archive, ok=False)
    archive.later(hours=1)
    counted = _run(archive, ok=False)
    assert (counted["runs"], counted["failed_runs"], counted["failed_since"]) == (3, 2, first)
    assert _run(archive)["failed_since"] is None


def test_a_source_that_was_not_asked_has_no_run(archive: Any) -> None:
    _run(archive, ok=False)
    assert _run(archive, ok=None)["failed_runs"] == 1


def test_an_empty_index_stays_empty_until_it_names_links(archive: Any) -> None:
    _run(archive, found=3)
    archive.later(hours=1)
    emptied = archive.now
    _run(archive, is_empty=True)
    archive.later(hours=1)
    assert _run(archive)["empty_since"] == emptied  # 304: it is as it was
    assert _run(archive)["empty_runs"] == 3
    assert _run(archive, found=1)["empty_since"] is None


def test_days_with_articles_are_kept_with_the_longest_gap_that_ended_on_them(archive: Any) -> None:
    for hours, articles in ((0, 2), (3, 1), (30, 1), (31, 0), (33, 1)):
        archive.now = archive.now.replace(day=4, hour=0) + timedelta(hours=hours)
        _run(archive, found=4, links=articles, articles=articles)
    days = source_runs.days(archive.store._db, "news")
    assert [(day.day.day, day.articles, day.links, day.gap / 3600) for day in days] == [(4, 3, 3, 3), (5, 2, 2, 27)]
    assert days[-1].last_at == archive.now


@pytest.mark.parametrize("every", [1, 30])
def test_the_last_days_are_kept_however_far_apart(archive: Any, every: int) -> None:
    for _ in range(source_runs.DAYS + 5):
        archive.later(days=1)
        _run(archive, found=1)
        archive.later(days=every)
        _run(archive, found=1, articles=1)
    days = source_runs.days(archive.store._db, "news")
    assert len(days) == source_runs.DAYS
    assert all(day.articles for day in days)
