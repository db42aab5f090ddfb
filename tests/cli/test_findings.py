"""`ingest findings`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.model import Finding
from ingest.store import Store

pytestmark = pytest.mark.slow
SENTENCES = [f"The council met for the {number}th time and adjourned for lack of a quorum." for number in range(2, 16)]
NOW = datetime(2026, 3, 12, 8, 30, tzinfo=UTC)


def test_findings_are_shown_with_their_time_and_examples_until_they_are_closed(desk: Any):
    desk("fetch")
    assert desk("findings").stdout == "nothing is found to be wrong\n"
    with Store.open(desk.folder / "db/articles.db") as store:
        store.open_finding(Finding("town", "rule", NOW, "The rule matches nothing.", ("https://t.example/1",)), NOW)
    shown = "town: rule, since 2026-03-12 08:30:00\n  The rule matches nothing.\n  https://t.example/1\n"
    assert desk("findings").stdout == shown
    assert desk("findings", "town").stdout == shown
    (row,) = json.loads(desk("findings", "--json").stdout)
    assert (row["source"], row["kind"], row["evidence"]) == ("town", "rule", ["https://t.example/1"])
    with Store.open(desk.folder / "db/articles.db") as store:
        store.close_finding("town", "rule", NOW.replace(day=13))
    assert desk("findings").stdout == "nothing is found to be wrong\n"
    assert ", closed 2026-03-13 08:30:00\n" in desk("findings", "--all").stdout


def test_a_layout_that_changes_is_shown_until_it_is_back(desk: Any, web: Any):
    def publish(layout: str, first: int, last: int) -> None:
        paths = [f"/2026/story-{number}" for number in range(last)]
        web.feed("/feed.xml", *paths)
        for number, path in enumerate(paths[first:], first):
            text = "".join(f"<p>{sentence} It was day {number}.</p>" for sentence in SENTENCES)
            html = f"<html><head><title>Day {number}</title></head><body><div class={layout}>{text}</div></body></html>"
            web.text(path, html, "text/html")

    desk.sources(f"{{name: town, url: '{web.origin}/feed.xml', kind: feed, extract: {{body: .story}}}}")
    publish("story", 0, 10)
    desk("fetch")
    assert desk("findings").stdout == "nothing is found to be wrong\n"
    publish("text", 10, 18)
    assert "finding opened" in desk("fetch").stderr
    said = "the body of `town` comes from `generic` instead of its rule on 8 of 8 articles."
    assert said in desk("findings").stdout
    assert said in desk("status").stdout
    assert "town: rule: Since " in desk("status", "--fail-if", "findings", status=1).stdout
    publish("story", 18, 24)
    assert "finding closed" in desk("fetch").stderr
    assert desk("status", "--fail-if", "failing,findings").stdout == ""
    assert said in desk("findings", "--all").stdout


def test_a_source_that_is_not_there_is_a_mistake(desk: Any):
    desk("fetch")
    assert "no source 'twon'" in desk("findings", "twon", status=2).stderr
