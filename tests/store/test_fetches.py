"""The log of single requests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ingest.schedule.due import SourceState
from ingest.store import Fetch


def _log(archive: Any, *columns: Any) -> None:
    archive.store.log_fetch(Fetch(*columns))


def _finish_run(archive: Any) -> None:
    archive.store.finish_run(SourceState("news", next_due=archive.now), ok=True, now=archive.now)


def test_requests_are_logged_and_forgotten_after_a_month(archive: Any) -> None:
    _log(archive, "news", "https://news.example/feed", archive.now, 200, 1_234, 56, "")
    _log(archive, "news", "https://news.example/a", archive.now, None, None, 30_000, "timeout")
    assert archive.rows("SELECT url, status, bytes, ms, error FROM fetches ORDER BY id") == [
        {"url": "https://news.example/feed", "status": 200, "bytes": 1_234, "ms": 56, "error": None},
        {"url": "https://news.example/a", "status": None, "bytes": None, "ms": 30_000, "error": "timeout"},
    ]
    archive.later(days=31)
    _finish_run(archive)
    assert archive.rows("SELECT * FROM fetches") == []


def test_the_log_of_fetches_forgets_sources_that_run_no_more_and_some_rows_at_a_time(archive: Any) -> None:
    long_ago = archive.now - timedelta(days=31)
    for number in range(1_500):
        _log(archive, "gone", f"https://gone.example/{number}", long_ago, 200, 1, 1)
    _log(archive, "gone", "https://gone.example/late", archive.now - timedelta(days=29), 200, 1, 1)
    _finish_run(archive)
    assert archive.store._db["fetches"].count == 501
    _finish_run(archive)
    assert [row["url"] for row in archive.store._db["fetches"].rows] == ["https://gone.example/late"]
