"""What `ingest status` says of each source."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ingest.errors import FetchError
from ingest.model import Finding, Source
from ingest.schedule.due import SourceState
from ingest.store import Run, SourceStatus, status


def _news(archive: Any) -> SourceStatus:
    return next(row for row in archive.reader.status() if row["name"] == "news")


def _run(archive: Any, error: str = "", message: str = "", *, ok: bool | None = None) -> SourceStatus:
    ok = not error if ok is None else ok
    run = Run(ok if error != "rate_limited" else None)
    archive.store.finish_run(SourceState("news", error=error, message=message), ok=ok, now=archive.now, run=run)
    return _news(archive)


def test_status_counts_articles_and_links_by_source(archive: Any) -> None:
    first, second, third, _ = archive.queue("a", "b", "c", "d")
    archive.save_article(first)
    archive.save_article(second)
    archive.store.skip(third, "robots", "disallowed", archive.now)
    rows = {row["name"]: row for row in archive.reader.status()}
    wanted = {"articles": 2, "duplicates": 1, "queued": 1, "failed": 0, "skipped": 1, "gone": 0, "findings": 0}
    assert {name: rows["news"][name] for name in wanted} == wanted
    assert rows["news"]["newest"] == "2026-03-04T05:06:07Z"
    assert rows["other"]["articles"] == 0


def test_a_source_is_waiting_well_failing_stale_or_dropped(archive: Any) -> None:
    assert status.state(_news(archive), archive.now) == "waiting"
    assert status.state(_run(archive), archive.now) == "well"
    archive.later(hours=1)
    assert status.state(_run(archive, "http_5xx"), archive.now) == "failing"
    archive.later(hours=1)
    well = _run(archive)
    assert status.state(well, archive.now) == "well"
    assert status.state(well, archive.now + timedelta(days=2, seconds=1)) == "stale"
    archive.store.open_finding(Finding("news", "rule", archive.now, "Broken."), archive.now)
    assert status.state(_news(archive), archive.now) == "findings"
    archive.configure(Source("other", "https://other.example/"))
    assert status.state(_news(archive), archive.now) == "dropped"


def test_a_run_that_fails_in_the_second_of_a_good_one_has_failed(archive: Any) -> None:
    _run(archive)
    assert status.is_failing(_run(archive, "timeout", "slow"))
    assert not status.is_failing(_run(archive))


def test_a_source_that_was_only_left_alone_has_not_failed(archive: Any) -> None:
    _run(archive)
    archive.later(hours=1)
    assert not status.is_failing(_run(archive, "rate_limited", ok=False))


def test_failed_links_are_not_forgotten_by_the_next_run(archive: Any) -> None:
    links = archive.queue("a", "b", "c")
    archive.save_article(links[0])
    for queued in links[1:]:
        archive.store.fail(queued, FetchError(queued.url, "http_5xx", "500"), now=archive.now, next_try=None)
    assert status.wrong(_run(archive, "http_5xx", "2 links failed"), [], archive.now) == "http_5xx: 2 links failed"
    assert status.wrong(_run(archive), [], archive.now) == "2 failed links (http_5xx)"


def test_a_source_without_articles_is_not_well(archive: Any) -> None:
    assert status.wrong(_news(archive), [], archive.now) == ""
    assert status.wrong(_run(archive), [], archive.now) == "no article yet"
    assert status.wrong(_run(archive), ["Never."], archive.now) == "Never."


@pytest.mark.parametrize(("error", "wrong"), [("", "Broken."), ("timeout", "timeout: slow; Broken.")])
def test_findings_are_what_is_wrong_beside_the_error_of_the_last_run(archive: Any, error: str, wrong: str) -> None:
    archive.save_article(*archive.queue("a"))
    assert status.wrong(_run(archive, error, "slow"), ["Broken."], archive.now) == wrong


def test_a_source_that_nobody_polls_says_since_when(archive: Any) -> None:
    archive.save_article(*archive.queue("a"))
    row = _run(archive)
    assert status.wrong(row, [], archive.now + timedelta(days=3)) == "not read since 2026-03-04"
