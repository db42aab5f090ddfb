"""What becomes of the links that are due."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from in_process import LINES, Town

from ingest.model import Source
from ingest.run import articles, indexes
from ingest.run.context import RunContext
from ingest.run.report import SourceReport


def _ingest(town: Town, source: Source | None = None, **limits: object) -> SourceReport:
    """Queues what the feed names, then ingests what is due."""
    chosen = source or town.source

    async def run(context: RunContext) -> SourceReport:
        report = SourceReport(chosen.name)
        await indexes.poll(context, chosen, report, None)
        await articles.ingest_due(context, chosen, report, **limits)  # type: ignore[arg-type]
        return report

    return town.step(run, chosen)


def test_every_link_comes_to_one_outcome(town: Town) -> None:
    town.write("/2026/ferry", "/2026/private", "/2026/gone", "/2026/broken")
    town.web.text("/robots.txt", "User-agent: *\nDisallow: /2026/private")
    town.answer("/2026/gone", b"", status=410)
    town.answer("/2026/broken", b"", status=500)
    report = _ingest(town)
    assert (report.new, report.skipped, report.failed) == (1, 1, 2)
    assert town.rows("SELECT state, error, next_try IS NULL FROM links ORDER BY url") == [
        ("failed", "http_5xx", 0),
        ("done", None, 1),
        ("gone", "gone", 0),
        ("skipped", "robots", 1),
    ]


def test_a_limit_counts_links_and_takes_the_newest(town: Town) -> None:
    assert _ingest(town, limit=1).new == 1
    assert town.rows("SELECT state FROM links ORDER BY id") == [("queued",), ("done",)]


def test_links_that_are_older_than_asked_for_stay_queued(town: Town) -> None:
    assert _ingest(town, since=datetime(2100, 1, 1, tzinfo=UTC)).new == 0
    assert town.rows("SELECT DISTINCT state FROM links") == [("queued",)]


def test_a_host_that_wants_to_be_left_alone_keeps_its_links(town: Town) -> None:
    for path in ("/2026/ferry", "/2026/fog"):
        town.answer(path, b"later", status=429, headers={"Retry-After": "900"})
    report = _ingest(town)
    assert report.new == 0
    assert {state for (state,) in town.rows("SELECT state FROM links")} <= {"queued", "failed"}
    assert town.rows("SELECT count(*) FROM links WHERE next_try IS NULL") == [(0,)]


def test_an_article_with_a_page_missing_for_now_is_stored_and_asked_for_again_unconditionally(town: Town) -> None:
    town.write("/2026/ferry")
    more = '<nav class="pagination"><a rel="next" href="/2026/ferry?page=2">2</a></nav>'
    page = town.web.pages["/2026/ferry"]
    town.web.pages["/2026/ferry"] = replace(
        page,
        body=page.body.replace(b"</article>", f"</article>{more}".encode()).replace(
            b"<title>", b'<link rel="next" href="/2026/ferry?page=2"><title>'
        ),
    )
    town.answer("/2026/ferry?page=2", b"", status=503)
    assert _ingest(town).new == 1
    ((state, error, etag, page_hash, due),) = town.rows(
        "SELECT state, error, etag, page_hash, next_try IS NOT NULL FROM links WHERE page = 1"
    )
    assert (state, error, etag, page_hash, due) == ("done", "http_5xx", "", "", 1)


def test_a_bug_while_a_page_is_read_sets_its_link_aside_and_the_rest_goes_on(town: Town) -> None:
    chosen = town.source

    async def run(context: RunContext) -> SourceReport:
        report = SourceReport(chosen.name)
        await indexes.poll(context, chosen, report, None)
        read = context.workers.read_article

        async def buggy(page: object, *args: object, **named: object) -> object:
            if getattr(page, "url", "").endswith("/ferry"):
                raise ZeroDivisionError
            return await read(page, *args, **named)  # type: ignore[arg-type]

        context.workers.read_article = buggy  # type: ignore[method-assign,assignment]
        await articles.ingest_due(context, chosen, report)
        return report

    report = town.step(run)
    assert (report.new, report.failed, report.error) == (1, 1, "extract")
    assert LINES[0] in town.rows("SELECT text FROM articles")[0][0]


def _look_again(town: Town) -> SourceReport:
    with closing(sqlite3.connect(town.database)) as db, db:
        db.execute("UPDATE links SET next_try = '2026-01-01T00:00:00Z', page_hash = ''")
    return _ingest(town)


def test_a_removed_article_is_marked_and_stays_and_is_back_when_its_page_is_back(town: Town) -> None:
    _ingest(town)
    page = town.web.pages["/2026/fog"]
    town.answer("/2026/fog", b"", status=410)
    assert _look_again(town).failed == 1
    assert town.rows("SELECT url LIKE '%fog', text <> '' FROM articles WHERE gone_at IS NOT NULL") == [(1, 1)]
    assert town.rows("SELECT next_try > datetime('now') FROM links WHERE state = 'gone'") == [(1,)]
    assert _look_again(town).failed == 0
    assert town.rows("SELECT attempts FROM links WHERE state = 'gone'") == [(2,)]
    town.answer("/2026/fog", b"", status=500)
    _look_again(town)
    assert town.rows("SELECT count(*) FROM links WHERE state = 'gone'") == [(1,)]
    town.web.pages["/2026/fog"] = page
    assert _look_again(town).unchanged == 2
    assert town.rows("SELECT count(gone_at) FROM articles") == [(0,)]
    assert town.rows("SELECT DISTINCT state FROM links") == [("done",)]


def test_an_article_is_taken_for_removed_when_it_is_missing_for_the_third_time(town: Town) -> None:
    _ingest(town)
    town.answer("/2026/fog", b"", status=404)
    found = []
    for _ in range(3):
        _look_again(town)
        found.append(town.rows("SELECT count(gone_at) FROM articles")[0][0])
    assert found == [0, 0, 1]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (
            "<title>Not found</title><h1>Page not found</h1><p>The page that you asked for could not be found.</p>",
            "error_page",
        ),
        ("<title>Town</title><nav><a href=/>Home</a></nav>", "emptied"),
    ],
)
def test_an_article_whose_page_holds_none_any_more_stays_and_is_looked_at_again(
    town: Town, html: str, reason: str
) -> None:
    _ingest(town)
    before = town.rows("SELECT id, title, text, html, authors FROM articles")
    town.answer("/2026/fog", f"<html><body>{html}</body></html>".encode(), headers={"Content-Type": "text/html"})
    report = _look_again(town)
    assert (report.held_back, report.failed, report.skipped) == (1, 0, 0)
    assert town.rows("SELECT id, title, text, html, authors FROM articles") == before
    assert town.rows("SELECT held_back FROM versions") == [(reason,)]
    assert town.rows("SELECT state, reason LIKE 'held back: %' FROM links WHERE url LIKE '%fog'") == [("done", 1)]
    # The page is the same still, and so is what is said of it.
    assert _look_again(town).unchanged == 2
    assert town.rows("SELECT reason LIKE 'held back: %' FROM links WHERE url LIKE '%fog'") == [(1,)]
    assert town.rows("SELECT count(*) FROM versions") == [(1,)]
