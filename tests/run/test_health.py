"""A source that is no longer as it was raises a finding, and closes it when it is as before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from in_process import LINES, Town

from ingest.model import Rule, Source
from ingest.run.report import RunReport

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
