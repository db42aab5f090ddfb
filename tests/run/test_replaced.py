"""What a site can do to the articles that are stored of it: nothing but real edits get through."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from in_process import Town

from ingest.model import Rule, Source
from ingest.run.report import SourceReport

NAMES = ("ferry", "fog", "market", "school", "bridge")
PATHS = tuple(f"/2026/{name}" for name in NAMES)
RULE = Rule(title=("h1.head",), authors=(".who",), published=(".when",), body=("#story",))


def _lines(name: str) -> tuple[str, ...]:
    return (
        f"The {name} of the northern islands was talked about on every day of the week but Sunday, when nobody talks.",
        f"A woman who has known the {name} for thirty years says that she has never once seen it so well looked after.",
        f"The {name} is on every map, but maps are old here, and nobody remembers who drew them or for which harbour.",
        f"The council will hear about the {name} in spring, and nothing will be decided before that, the mayor said.",
    )


def _old_layout(name: str, *lines: str) -> str:
    text = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<html lang="en"><title>{name}</title><h1 class="head">About the {name}</h1><p class="who">Ada Quill</p>'
        f'<p class="when">2026-03-01 08:00</p><div id="story">{text}</div></html>'
    )


def _new_layout(name: str, *lines: str) -> str:
    text = "".join(f"<div class=t>{line}</div>" for line in lines)
    return (
        f'<html lang="en"><title>{name}</title><main><h1>About the {name}</h1><div class=x>'
        f"<div class=t>Town · 1 March 2026 08:00</div>{text}</div></main></html>"
    )


def _serve(town: Town, layout: Any = _old_layout, **changed: Any) -> None:
    """Serves the five articles, in ``layout``; each of ``changed`` is a path's name and its page."""
    town.web.feed("/feed.xml", *PATHS)
    for name, path in zip(NAMES, PATHS, strict=True):
        page = changed.get(name) or layout(name, *_lines(name))
        town.answer(path, page.encode(), content_type="text/html; charset=utf-8")


def _again(town: Town, source: Source) -> SourceReport:
    """One more run, in which all links are due."""
    if town.database.exists():
        with closing(sqlite3.connect(town.database)) as db, db:
            db.execute("UPDATE links SET next_try = '2026-01-01T00:00:00Z', etag = '', last_modified = ''")
    return town.run(lambda runtime: runtime.pipeline.run_source(source), source)


def _articles(town: Town) -> list[tuple[Any, ...]]:
    return town.rows("SELECT title, text, authors, published, origins FROM articles ORDER BY id")


@pytest.fixture
def ruled(town: Town) -> Source:
    """A source with a rule for the old layout, read once."""
    source = replace(town.source, rule=RULE)
    _serve(town)
    assert _again(town, source).new == 5
    return source


def test_a_redesign_that_a_rule_does_not_know_destroys_nothing(town: Town, ruled: Source) -> None:
    before = _articles(town)
    assert [json.loads(authors) for _, _, authors, _, _ in before] == [["Ada Quill"]] * 5
    _serve(town, _new_layout)
    report = _again(town, ruled)
    assert (report.held_back, report.changed, report.new, report.outcome) == (5, 0, 0, "ok")
    assert _articles(town) == before
    assert town.rows("SELECT held_back, count(*) FROM versions") == [("fields", 5)]
    assert all("held back: the site's rule gave" in reason for (reason,) in town.rows("SELECT reason FROM links"))
    assert (_again(town, ruled).changed, town.rows("SELECT count(*) FROM versions")) == (0, [(5,)])


def test_a_redesign_in_which_the_text_is_read_well_all_the_same_leaves_the_fields(town: Town, ruled: Source) -> None:
    before = [row[:4] for row in _articles(town)]

    def layout(name: str, *lines: str) -> str:
        text = "".join(f"<p>{line}</p>" for line in lines)
        return f"<html lang=en><title>{name}</title><main><article><h1>About the {name}</h1>{text}</article></main>"

    _serve(town, layout)
    report = _again(town, ruled)
    assert (report.unchanged, report.changed, report.held_back) == (5, 0, 0)
    assert [row[:4] for row in _articles(town)] == before


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("<title>Ferry</title><main><p>Subscribe to read this article.</p></main>", "wall"),
        ("<title>Just a moment...</title><main><p>Checking your browser.</p></main>", "wall"),
        ("<title>404 Not Found</title><main><h1>404 Not Found</h1><p>Try the search.</p></main>", "error_page"),
        ("<title>Oops</title><main><p>Something went wrong. Please try again later.</p></main>", "error_page"),
        ("<title>Town</title><main></main>", "emptied"),
    ],
)
def test_a_page_that_holds_something_else_everywhere_destroys_nothing(town: Town, said: str, reason: str) -> None:
    _serve(town)
    assert _again(town, town.source).new == 5
    before = _articles(town)
    _serve(town, lambda *_: said)
    report = _again(town, town.source)
    assert (report.held_back, report.changed, report.failed) == (5, 0, 0)
    assert _articles(town) == before
    assert {held for (held,) in town.rows("SELECT held_back FROM versions")} <= {reason, "emptied"}
    assert town.rows("SELECT DISTINCT state FROM links") == [("done",)]


def test_when_the_wall_is_gone_an_edit_is_taken(town: Town) -> None:
    _serve(town)
    _again(town, town.source)
    _serve(town, ferry="<title>Ferry</title><main><p>Subscribe to read this article.</p></main>")
    assert _again(town, town.source).held_back == 1
    _serve(town, ferry=_old_layout("ferry", *_lines("ferry"), "It sails again from Tuesday on, its captain said."))
    report = _again(town, town.source)
    assert (report.changed, report.held_back, report.unchanged) == (1, 0, 4)
    assert town.rows("SELECT held_back FROM versions ORDER BY id") == [("wall",), ("",)]


def test_a_wall_is_never_the_first_reading_of_an_article(town: Town) -> None:
    _serve(town, ferry="<title>Ferry</title><main><p>Subscribe to read this article.</p></main>")
    report = _again(town, town.source)
    assert (report.new, report.failed) == (4, 1)
    assert town.rows("SELECT state, error, next_try IS NOT NULL FROM links WHERE article_id IS NULL") == [
        ("failed", "wall", 1)
    ]
    _serve(town)
    assert _again(town, town.source).new == 1


def test_pages_that_all_name_one_canonical_url_are_as_many_articles(town: Town) -> None:
    def layout(name: str, *lines: str) -> str:
        canonical = f'<link rel="canonical" href="{town.web.origin}/2026/ferry">'
        return _old_layout(name, *lines).replace("<title>", f"{canonical}<title>")

    _serve(town, layout)
    report = _again(town, town.source)
    assert (report.new, report.changed, report.held_back) == (5, 0, 0)
    assert len({text for _, text, *_ in _articles(town)}) == 5
    again = _again(town, town.source)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 5)
    assert town.rows("SELECT count(*) FROM versions") == [(0,)]


def test_counters_times_and_teasers_make_no_version_in_three_rounds(town: Town) -> None:
    def layout(turn: int) -> Any:
        def page(name: str, *lines: str) -> str:
            counters = f"<p>{1_200 + 17 * turn} views</p><p>Updated {5 + turn} minutes ago</p>"
            teaser = f'<p>Read also: <a href="/2026/other-{turn}">The {NAMES[turn]} is shut for the winter</a></p>'
            return _old_layout(name, counters, *lines[:2], teaser, *lines[2:])

        return page

    _serve(town, layout(0))
    assert _again(town, town.source).new == 5
    for turn in (1, 2, 3):
        _serve(town, layout(turn))
        report = _again(town, town.source)
        assert (report.unchanged, report.changed, report.held_back) == (5, 0, 0)
    assert town.rows("SELECT count(*) FROM versions") == [(0,)]
    assert datetime.fromisoformat(town.rows("SELECT max(fetched_at) FROM articles")[0][0]) <= datetime.now(UTC)


def test_a_corrected_number_is_an_edit(town: Town) -> None:
    lines = _lines("ferry")
    _serve(town, ferry=_old_layout("ferry", *lines, "Twelve boats were late, and 12 people waited for them."))
    _again(town, town.source)
    _serve(town, ferry=_old_layout("ferry", *lines, "Twelve boats were late, and 14 people waited for them."))
    assert _again(town, town.source).changed == 1
