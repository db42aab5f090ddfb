"""What becomes of the links that are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

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
        ("gone", "gone", 1),
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
