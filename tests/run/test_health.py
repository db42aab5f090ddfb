"""A source that is no longer as it was raises a finding, and closes it when it is as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from in_process import LINES, Town

from ingest.model import Finding, Rule, Source
from ingest.run.pipeline import Pipeline
from ingest.run.report import RunReport
from ingest.run.runtime import Runtime

NAMES = ("ferry", "fog", "gull", "harbour", "island", "jetty", "kelp", "lamp", "mole")
PATHS = tuple(f"/2026/{name}" for name in NAMES)
OPEN = "SELECT kind, message FROM findings WHERE closed_at IS NULL"


def _write(town: Town, body: str, byline: str, *paths: str) -> None:
    """Articles with a layout of their own: the body is an element with this class, and so is the byline."""
    town.web.feed("/feed.xml", *paths)
    for path in paths:
        text = "".join(f"<p>{line} ({path})</p>" for line in LINES)
        html = (
            f'<!doctype html><html lang="en"><head><title>Story of {path}</title></head><body><h1>Story of {path}</h1>'
            f'<p class="{byline}">Ada Keeper</p><div class="{body}">{text}</div></body></html>'
        )
        town.answer(path, html.encode(), content_type="text/html")


def _source(town: Town) -> Source:
    return replace(town.source, rule=Rule(body=(".story",), authors=(".by",)))


def _fetch_in(town: Town, hours: float) -> None:
    """A run so many hours from now."""
    then = datetime.now(UTC) + timedelta(hours=hours)

    async def run(runtime: Runtime) -> None:
        context = runtime.pipeline._context
        parts = (context.store, context.fetcher, context.workers, context.browser)
        await Pipeline(*parts, clock=lambda: then).run([town.source])

    town.run(run)


def _fetch(town: Town) -> RunReport:
    source = _source(town)
    return town.run(lambda runtime: runtime.pipeline.run([source]), source)


def test_a_layout_that_changes_is_one_finding_until_it_is_back(town: Any):
    _write(town, "story", "by", *PATHS)
    _fetch(town)
    assert town.rows(OPEN) == []
    more = (*PATHS, *(f"{path}-2" for path in PATHS))
    _write(town, "text-body", "who", *more)
    _fetch(town)
    ((kind, message),) = town.rows(OPEN)
    assert kind == "rule"
    assert "the body of `town` comes from `generic` instead of its rule on 9 of 9 articles" in message
    assert message.startswith("Since ")
    _write(town, "story", "by", *more, *(f"{path}-3" for path in PATHS))
    _fetch(town)
    assert town.rows(OPEN) == []
    assert town.rows("SELECT count(*) FROM findings WHERE closed_at >= since") == [(1,)]


def test_a_feed_that_became_empty_is_a_finding(town: Any):
    _fetch_in(town, 0)
    town.web.feed("/feed.xml")
    _fetch_in(town, 1)
    assert town.rows(OPEN) == []
    _fetch_in(town, 5)
    assert [kind for kind, _ in town.rows(OPEN)] == ["feed_empty"]
    town.write("/2026/gull")
    _fetch_in(town, 6)
    assert town.rows(OPEN) == []


def test_a_source_that_fails_all_day_is_a_finding_until_it_is_read(town: Any):
    _fetch_in(town, 0)
    town.answer("/feed.xml", status=404)
    for hours in (1, 3, 9):
        assert town.rows(OPEN) == []
        _fetch_in(town, hours)
    ((kind, message),) = town.rows(OPEN)
    assert kind == "failing"
    assert "(3 runs in a row): http_4xx: " in message
    town.write("/2026/gull")
    _fetch_in(town, 10)
    assert town.rows(OPEN) == []


def test_a_source_that_never_had_an_article_is_a_finding_after_a_day(town: Any):
    for path in ("/2026/ferry", "/2026/fog"):
        town.answer(path, b"<html><body></body></html>", content_type="text/html")
    for hours in (0, 5):
        _fetch_in(town, hours)
        assert town.rows(OPEN) == []
    _fetch_in(town, 30)
    ((kind, message),) = town.rows(OPEN)
    assert kind == "never"
    assert "of its newest links, 2 empty." in message


def test_a_bug_in_the_judgement_fails_no_run(town: Any, monkeypatch: pytest.MonkeyPatch):
    judged: list[object] = []

    def judge(history: object) -> tuple[Finding, ...]:
        judged.append(history)
        raise ZeroDivisionError

    monkeypatch.setattr("ingest.run.judging.findings.judge", judge)
    (report,) = _fetch(town).sources
    assert (len(judged), report.outcome, report.new) == (1, "ok", 2)
