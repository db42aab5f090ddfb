"""A finding is opened once, kept up to date, and closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ingest.model import Finding, Source, SourceHistory
from ingest.store import findings

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
BROKEN = Finding("news", "rule", NOW, "The rule matches nothing.", ("https://news.example/a",), {"rule": 0.0})


def _rows(archive: Any) -> list[dict[str, Any]]:
    return archive.rows("SELECT kind, message, since, closed_at, evidence FROM findings ORDER BY id")


def test_findings_are_opened_updated_and_closed_as_is_judged(archive: Any) -> None:
    histories: list[SourceHistory] = []

    def judged(*holding: Finding) -> findings.Changes:
        def judge(history: SourceHistory) -> tuple[Finding, ...]:
            histories.append(history)
            return holding

        archive.later(hours=1)
        return archive.store.judge("news", judge, archive.now)

    assert judged(BROKEN) == findings.Changes(opened=(BROKEN,))
    assert judged(replace(BROKEN, message="Worse.")) == findings.Changes()
    assert [row["message"] for row in _rows(archive)] == ["Worse."]
    closed = judged()
    assert [finding.message for finding in closed.closed] == ["Worse."]
    assert histories[-1].open == (replace(BROKEN, message="Worse."),)
    (row,) = _rows(archive)
    assert (row["since"], row["closed_at"]) == ("2026-03-04T05:06:07Z", "2026-03-04T08:06:07Z")
    assert judged(BROKEN).opened == (BROKEN,)
    assert len(_rows(archive)) == 2


def test_a_finding_about_no_source_is_opened_and_closed_by_its_kind(archive: Any) -> None:
    mistake = Finding("", "configuration", NOW, "sources.yaml:3: no such kind")
    assert archive.store.open_finding(mistake, NOW)
    assert not archive.store.open_finding(mistake, NOW)
    assert archive.store.close_finding("", "configuration", NOW)
    assert not archive.store.close_finding("", "configuration", NOW)
    assert len(_rows(archive)) == 1


def test_what_is_judged_of_a_source_is_its_history(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.store.skip(queued, "robots", "", NOW)
    seen: list[SourceHistory] = []
    archive.store.judge("news", lambda history: seen.append(history) or (), NOW)
    archive.store.judge("news", lambda history: seen.append(history) or (), NOW, has_outcomes=False)
    assert seen[0].outcomes is not None
    assert [outcome.error for outcome in seen[0].outcomes] == ["robots"]
    assert seen[1].outcomes is None
    assert (seen[0].has_articles, seen[0].read) == (False, {"robots": 1})


def test_the_findings_of_a_source_that_is_no_longer_followed_are_closed(archive: Any) -> None:
    archive.store.open_finding(BROKEN, NOW)
    archive.store.open_finding(replace(BROKEN, source="other"), NOW)
    archive.configure(Source("news", "https://news.example/feed"))
    assert [row["source"] for row in findings.rows(archive.store._db)] == ["news"]
    assert len(findings.rows(archive.store._db, with_closed=True)) == 2


def test_findings_are_listed_by_source(archive: Any) -> None:
    archive.store.open_finding(BROKEN, NOW)
    (row,) = findings.rows(archive.store._db, "news")
    assert (row["kind"], row["evidence"], row["closed_at"]) == ("rule", ["https://news.example/a"], None)
    assert findings.rows(archive.store._db, "other") == []
