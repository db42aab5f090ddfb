"""The health of the sources, and the articles row by row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ingest.model import Source
from ingest.schedule.due import Skips, SourceState

NIGHTS = Skips(frozenset({0, 1, 2}), frozenset({6}))


def _finish(desk: Any, *, ok: bool, error: str = "", message: str = "") -> None:
    due = desk.now + timedelta(hours=1)
    after = SourceState(
        "news", next_due=due, failures=0.0 if ok else 1.0, error=error, message=message, ttl=60.0, skips=NIGHTS
    )
    desk.store.finish_run(after, ok=ok, now=desk.now)


def test_a_source_remembers_its_last_run_and_its_last_good_one(desk: Any) -> None:
    assert desk.store.source_state("news") == SourceState("news")
    first = desk.now
    _finish(desk, ok=True)
    desk.later(hours=1)
    _finish(desk, ok=False, error="http_5xx", message="503\nfrom \x1bthe feed")
    assert desk.store.source_state("news") == SourceState(
        "news",
        last_run=desk.now,
        last_ok=first,
        next_due=desk.now + timedelta(hours=1),
        failures=1.0,
        error="http_5xx",
        message="503 from the feed",
        ttl=60.0,
        skips=NIGHTS,
    )
    assert desk.store.due_times()["news"] == desk.store.source_state("news").next_due


def test_a_source_that_was_never_configured_has_an_empty_state(desk: Any) -> None:
    assert desk.store.source_state("nobody") == SourceState("nobody")


def test_a_source_dropped_from_the_file_stays_with_its_history(desk: Any) -> None:
    _finish(desk, ok=True)
    desk.store.configure([Source("other", "https://other.example/")], desk.now)
    rows = {row["name"]: row for row in desk.store.status()}
    assert (rows["news"]["active"], rows["other"]["active"]) == (0, 1)
    assert rows["news"]["last_ok"] == "2026-03-04T05:06:07Z"
    desk.store.configure([Source("news", "https://news.example/new-feed")], desk.now)
    rows = {row["name"]: row for row in desk.store.status()}
    assert (rows["news"]["active"], rows["news"]["url"]) == (1, "https://news.example/new-feed")
    assert rows["news"]["last_ok"] == "2026-03-04T05:06:07Z"


def test_status_counts_what_each_source_brought(desk: Any) -> None:
    first, second, third, _ = desk.queue("a", "b", "c", "d")
    desk.save_article(first)
    desk.save_article(second)
    desk.store.skip(third, "robots", "disallowed", desk.now)
    rows = {row["name"]: row for row in desk.store.status()}
    wanted = {"articles": 2, "duplicates": 1, "queued": 1, "failed": 0, "skipped": 1, "gone": 0}
    assert {name: rows["news"][name] for name in wanted} == wanted
    assert rows["news"]["newest"] == "2026-03-04T05:06:07Z"
    assert rows["other"]["articles"] == 0


def test_the_newest_publications_are_known_with_the_time_of_finding(desk: Any) -> None:
    for days, queued in enumerate(desk.queue("a", "b", "c")):
        desk.save_article(queued, f"{days} days ago", published=desk.now - timedelta(days=5 * days))
    week = desk.now - timedelta(days=7)
    assert desk.store.publications("news", week, 9) == [
        (desk.now, desk.now),
        (desk.now - timedelta(days=5), desk.now),
    ]
    assert desk.store.publications("news", week, 1) == [(desk.now, desk.now)]
    assert desk.store.publications("other", week, 9) == []


def test_an_article_without_a_date_is_known_by_its_finding(desk: Any) -> None:
    (queued,) = desk.queue("a")
    desk.save_article(queued, published=None)
    assert desk.store.publications("news", desk.now - timedelta(days=7), 9) == [(None, desk.now)]


def test_requests_are_logged_and_forgotten_after_a_month(desk: Any) -> None:
    desk.store.log_fetch("news", "https://news.example/feed", desk.now, 200, 1_234, 56, "")
    desk.store.log_fetch("news", "https://news.example/a", desk.now, None, None, 30_000, "timeout")
    assert desk.rows("SELECT url, status, bytes, ms, error FROM fetches ORDER BY id") == [
        {"url": "https://news.example/feed", "status": 200, "bytes": 1_234, "ms": 56, "error": None},
        {"url": "https://news.example/a", "status": None, "bytes": None, "ms": 30_000, "error": "timeout"},
    ]
    desk.later(days=31)
    _finish(desk, ok=True)
    assert desk.rows("SELECT * FROM fetches") == []


def test_the_latest_articles_come_first_and_those_without_a_date_last(desk: Any) -> None:
    times = (desk.now - timedelta(days=1), None, desk.now)
    for number, queued in enumerate(desk.queue("a", "b", "c")):
        desk.save_article(queued, f"text {number}", published=times[number])
    assert [row["url"][-1] for row in desk.store.latest(10)] == ["c", "a", "b"]
    assert len(desk.store.latest(1)) == 1


def test_export_gives_whole_articles_with_lists_as_lists(desk: Any) -> None:
    first, second = desk.queue("a", "b")
    desk.save_article(first, authors=("A", "B"), origins={"title": "json-ld"})
    (other,) = desk.queue("x", source="other")
    desk.save_article(other, "text")
    desk.save_article(second, "more text")
    articles = list(desk.store.export(["news"]))
    assert [article["url"][-1] for article in articles] == ["a", "b"]
    assert articles[0]["authors"] == ["A", "B"]
    assert articles[0]["origins"] == {"title": "json-ld"}
    assert articles[0]["text"].startswith("The council")
    assert len(list(desk.store.export())) == 3


def test_a_source_at_a_new_address_is_due_at_once_and_begins_without_failures(desk: Any) -> None:
    _finish(desk, ok=False)
    assert desk.store.due_times()["news"] is not None
    desk.store.configure([Source("news", "https://news.example/moved")], desk.now)
    assert desk.store.due_times()["news"] is None
    assert desk.store.source_state("news").failures == 0


def test_configuring_the_same_sources_again_writes_nothing(desk: Any) -> None:
    sources = [Source(f"s{number}", f"https://s{number}.example/", tags=("a", "b")) for number in range(50)]
    desk.store.configure(sources, desk.now)
    before = desk.store.database.conn.total_changes
    desk.store.configure(sources, desk.now)
    assert desk.store.database.conn.total_changes == before


def test_the_log_of_fetches_forgets_sources_that_run_no_more_and_some_rows_at_a_time(desk: Any) -> None:
    long_ago = desk.now - timedelta(days=31)
    for number in range(1_500):
        desk.store.log_fetch("gone", f"https://gone.example/{number}", long_ago, 200, 1, 1)
    desk.store.log_fetch("gone", "https://gone.example/late", desk.now - timedelta(days=29), 200, 1, 1)
    _finish(desk, ok=True)
    assert desk.store.database["fetches"].count == 501
    _finish(desk, ok=True)
    assert [row["url"] for row in desk.store.database["fetches"].rows] == ["https://gone.example/late"]
