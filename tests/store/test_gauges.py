"""What `/metrics` and `/health` read from the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ingest.model import Finding, Receiver, Source
from ingest.schedule.due import SourceState
from ingest.store import findings, notifications
from ingest.store.source_runs import Run


def test_queued_links_ages_findings_and_size(archive: Any):
    first, _ = archive.queue("a", "b")
    archive.save_article(first, published=archive.now - timedelta(hours=1))
    findings.hold(archive.store._db, Finding("news", "rule", archive.now, "A rule stopped matching."), archive.now)
    measured = archive.reader.gauges(archive.now)
    assert measured.links_queued == 1
    assert measured.newest_age == {"news": 3600.0}
    assert dict(measured.findings) == {("news", "rule"): 1}
    files = [file for file in archive.store.path.parent.iterdir() if not file.name.endswith("-shm")]
    assert measured.size == sum(file.stat().st_size for file in files)


def test_an_article_of_the_future_is_new(archive: Any):
    (queued,) = archive.queue("a")
    archive.save_article(queued, published=archive.now + timedelta(days=2))
    assert archive.reader.gauges(archive.now).newest_age == {"news": 0.0}


def run(archive: Any, *, failed: bool, failures: float = 0.0) -> None:
    state = SourceState("news", failures=failures, error="timeout", next_due=archive.now + timedelta(hours=1))
    archive.store.finish_run(state, ok=not failed, now=archive.now, run=Run(ok=not failed))


def counts(archive: Any) -> dict[str, int]:
    return {name: count for name, count in archive.reader.standing(archive.now).sources.items() if count}


def test_sources_are_counted_by_their_state(archive: Any):
    assert counts(archive) == {"active": 2, "well": 2, "never_run": 2}
    archive.later(minutes=20)
    assert counts(archive) == {"active": 2, "well": 2, "never_run": 2, "overdue": 2}
    run(archive, failed=True, failures=0.5)
    assert counts(archive) == {"active": 2, "well": 1, "last_run_failed": 1, "never_run": 1, "overdue": 1}
    run(archive, failed=True, failures=1.0)
    assert counts(archive)["failing"] == 1
    run(archive, failed=False)
    findings.hold(archive.store._db, Finding("other", "rule", archive.now, "Sentence."), archive.now)
    assert counts(archive) == {"active": 2, "well": 1, "with_findings": 1, "never_run": 1, "overdue": 1}


def test_sources_that_are_no_longer_configured_do_not_count(archive: Any):
    archive.configure(Source("news", "https://news.example/feed"))
    assert counts(archive)["active"] == 1


def test_open_findings_and_receivers_are_listed(archive: Any):
    db = archive.store._db
    archive.store.notifications.subscribe([Receiver("key", "hooks.example")], [], archive.now)
    findings.hold(db, Finding("news", "rule", archive.now, "Sentence.", ("https://news.example/a",)), archive.now)
    archive.store.notifications.failed("key", 1, "status 500", archive.now)
    standing = archive.reader.standing(archive.now)
    assert [(row["source"], row["message"], row["evidence"]) for row in standing.findings] == [
        ("news", "Sentence.", ["https://news.example/a"])
    ]
    assert standing.receivers == [
        {"receiver": "hooks.example", "waiting": 1, "failing_since": "2026-03-04T05:06:07Z", "given_up": 0}
    ]
    notifications.acknowledge(db, "key", 1)
    assert archive.reader.standing(archive.now).receivers[0]["failing_since"] is None
