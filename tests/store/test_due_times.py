"""Due times that a clock which ran ahead has left behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ingest.errors import FetchError
from ingest.model import Source
from ingest.schedule.due import SourceState

NEWS = Source("news", "https://news.example/feed")
YEARS = timedelta(days=3 * 365)


def finish(archive: Any, name: str = "news", wait: timedelta = timedelta(hours=1)) -> None:
    archive.store.finish_run(SourceState(name, next_due=archive.now + wait), ok=True, now=archive.now)


def test_after_one_run_in_another_year_sources_and_links_are_due_as_if_the_clock_had_been_right(archive: Any):
    today = archive.now
    archive.now = today + YEARS
    stored, failed, queued = archive.queue("stored", "failed", "queued")
    archive.save_article(stored, next_check=archive.now + timedelta(hours=6))
    error = FetchError(failed.url, "timeout", "no answer")
    archive.store.fail(failed, error, now=archive.now, next_try=archive.now + timedelta(minutes=10))
    finish(archive)
    archive.now = today
    assert archive.due() == []
    assert archive.store.bring_back([NEWS], today) == 4
    assert archive.store.due_times()["news"] == today + timedelta(hours=1)
    assert [link.id for link in archive.due()] == [queued.id]
    archive.now = today + timedelta(minutes=10)
    assert [link.id for link in archive.due()] == [queued.id, failed.id]
    archive.now = today + timedelta(hours=6)
    assert [link.id for link in archive.due()] == [queued.id, failed.id, stored.id]


def test_what_a_right_clock_wrote_stays_as_it_is(archive: Any):
    (link,) = archive.queue("a")
    archive.save_article(link, next_check=archive.now + timedelta(days=7))
    finish(archive, wait=timedelta(days=1))
    archive.store.keep_pauses({("news.example", ""): 86_400.0}, archive.now)
    assert archive.store.bring_back([NEWS], archive.now) == 0
    assert archive.store.due_times()["news"] == archive.now + timedelta(days=1)


def test_a_source_with_an_interval_of_weeks_may_wait_for_weeks(archive: Any):
    finish(archive, wait=timedelta(weeks=3))
    monthly = Source("news", NEWS.url, every=timedelta(days=30))
    assert archive.store.bring_back([monthly], archive.now) == 0
    assert archive.store.bring_back([NEWS], archive.now) == 1
    assert archive.store.due_times()["news"] == archive.now


def test_a_source_that_is_not_configured_waits_until_it_is(archive: Any):
    finish(archive, wait=YEARS)
    assert archive.store.bring_back([], archive.now) == 0
    assert archive.store.bring_back([NEWS], archive.now) == 1


def test_a_pause_until_another_year_is_a_day_long(archive: Any):
    archive.store.keep_pauses({("news.example", ""): 60.0}, archive.now + YEARS)
    assert archive.store.bring_back([NEWS], archive.now) == 1
    assert archive.store.pauses(archive.now) == {("news.example", ""): 86_400.0}
    assert archive.store.pauses(archive.now + timedelta(days=1)) == {}
