"""What is configured, and what is remembered of each source."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ingest.model import Source
from ingest.schedule.due import Skips, SourceState

NIGHTS = Skips(frozenset({0, 1, 2}), frozenset({6}))


def _finish(archive: Any, *, ok: bool, error: str = "", message: str = "") -> None:
    due = archive.now + timedelta(hours=1)
    after = SourceState(
        "news", next_due=due, failures=0.0 if ok else 1.0, error=error, message=message, ttl=60.0, skips=NIGHTS
    )
    archive.store.finish_run(after, ok=ok, now=archive.now)


def test_a_source_remembers_its_last_run_and_its_last_good_one(archive: Any) -> None:
    assert archive.store.source_state("news") == SourceState("news")
    first = archive.now
    _finish(archive, ok=True)
    archive.later(hours=1)
    _finish(archive, ok=False, error="http_5xx", message="503\nfrom \x1bthe feed")
    assert archive.store.source_state("news") == SourceState(
        "news",
        last_run=archive.now,
        last_ok=first,
        next_due=archive.now + timedelta(hours=1),
        failures=1.0,
        error="http_5xx",
        message="503 from the feed",
        ttl=60.0,
        skips=NIGHTS,
    )
    assert archive.store.due_times()["news"] == archive.store.source_state("news").next_due


def test_a_source_that_was_never_configured_has_an_empty_state(archive: Any) -> None:
    assert archive.store.source_state("nobody") == SourceState("nobody")


def test_a_source_dropped_from_the_file_stays_with_its_history(archive: Any) -> None:
    _finish(archive, ok=True)
    archive.configure(Source("other", "https://other.example/"))
    rows = {row["name"]: row for row in archive.reader.status()}
    assert (rows["news"]["active"], rows["other"]["active"]) == (0, 1)
    assert rows["news"]["last_ok"] == "2026-03-04T05:06:07Z"
    archive.configure(Source("news", "https://news.example/new-feed"))
    rows = {row["name"]: row for row in archive.reader.status()}
    assert (rows["news"]["active"], rows["news"]["url"]) == (1, "https://news.example/new-feed")
    assert rows["news"]["last_ok"] == "2026-03-04T05:06:07Z"


def test_the_newest_publications_are_known_with_the_time_of_finding(archive: Any) -> None:
    for days, queued in enumerate(archive.queue("a", "b", "c")):
        archive.save_article(queued, f"{days} days ago", published=archive.now - timedelta(days=5 * days))
    week = archive.now - timedelta(days=7)
    assert archive.store.publications("news", week, 9) == [
        (archive.now, archive.now),
        (archive.now - timedelta(days=5), archive.now),
    ]
    assert archive.store.publications("news", week, 1) == [(archive.now, archive.now)]
    assert archive.store.publications("other", week, 9) == []


def test_an_article_without_a_date_is_known_by_its_finding(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, published=None)
    assert archive.store.publications("news", archive.now - timedelta(days=7), 9) == [(None, archive.now)]


def test_a_source_at_a_new_address_is_due_at_once_and_begins_without_failures(archive: Any) -> None:
    _finish(archive, ok=False)
    assert archive.store.due_times()["news"] is not None
    archive.configure(Source("news", "https://news.example/moved"))
    assert archive.store.due_times()["news"] is None
    assert archive.store.source_state("news").failures == 0


def test_configuring_the_same_sources_again_writes_nothing(archive: Any) -> None:
    sources = [Source(f"s{number}", f"https://s{number}.example/", tags=("a", "b")) for number in range(50)]
    archive.configure(*sources)
    before = archive.store._db.conn.total_changes
    archive.configure(*sources)
    assert archive.store._db.conn.total_changes == before
