"""From a source to its rows, over real HTTP, real worker processes and a real database."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.model import Settings, Source
from ingest.run.report import RunReport, SourceReport
from ingest.run.runtime import open_runtime

SETTINGS = Settings(delay=0, allow_addresses=("127.0.0.0/8",), deadline=5)
LONG = (
    "The harbour office opened its new wing on Monday, after three years of building that cost more than planned.",
    "Visitors were led through the rooms by the people who will work in them, and who seemed to like what they saw.",
    "The smallest of the rooms looks out over the old quay, where the ferries left until the bridge was built.",
    "The mayor thanked the builders, the bank and the weather, in this order, and said that the next wing must wait.",
    "The debt of this one is to be paid first, which the town's treasurer expects to happen in about eleven years.",
)


class Runner:
    """Runs sources against one database, a fresh runtime each time, as the command line does."""

    def __init__(self, database: Path) -> None:
        self.database = database

    def __call__(self, *sources: Source, settings: Settings = SETTINGS, **options: Any) -> RunReport:
        async def run() -> RunReport:
            async with open_runtime(settings, sources, self.database, jobs=1) as runtime:
                return await runtime.pipeline.run(sources, **options)

        return asyncio.run(run())

    def one(self, source: Source, **options: Any) -> SourceReport:
        return self(source, **options).sources[0]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as db:
            return db.execute(query).fetchall()


@pytest.fixture
def run(tmp_path: Path) -> Runner:
    return Runner(tmp_path / "articles.db")


@pytest.fixture
def source(web: Any) -> Source:
    web.feed("/feed.xml", "/2026/one-story", "/2026/two-stories")
    web.article("/2026/one-story", "The harbour has a new wing", *LONG)
    web.article("/2026/two-stories", "The bridge is shut again", *(line[::-1] for line in LONG))
    return Source("gazette", f"{web.origin}/feed.xml", "feed")


def test_what_a_feed_names_is_stored_as_articles(run: Runner, source: Source):
    report = run.one(source)
    assert (report.outcome, report.found, report.new, report.failed) == ("ok", 2, 2, 0)
    assert run.rows("SELECT title, text FROM articles WHERE url LIKE '%one-story'") == [
        ("The harbour has a new wing", "\n\n".join(LONG))
    ]


def test_a_second_run_fetches_no_page_again_and_changes_nothing(run: Runner, source: Source, web: Any):
    run.one(source)
    before = run.rows("SELECT * FROM articles")
    web.asked.clear()
    report = run.one(source)
    assert web.asked == ["/robots.txt", "/feed.xml"]
    assert (report.outcome, report.new, report.changed) == ("ok", 0, 0)
    assert run.rows("SELECT * FROM articles") == before


def test_a_page_that_is_still_the_same_was_seen_and_logged_again(run: Runner, source: Source):
    run.one(source)
    with (
        closing(sqlite3.connect(run.database)) as db,
        closing(sqlite3.connect(run.database.with_name("pages.db"))) as pages,
        db,
        pages,
    ):
        db.execute("UPDATE links SET next_try = '2026-01-01T00:00:00Z', etag = '', last_modified = ''")
        pages.execute("UPDATE pages SET last_seen = '2026-01-01T00:00:00Z'")
    report = run.one(source)
    assert (report.unchanged, report.changed, report.new) == (2, 0, 0)
    assert run.rows("SELECT count(*) FROM fetches WHERE url LIKE '%/2026/%' AND status = 200") == [(4,)]
    with closing(sqlite3.connect(run.database.with_name("pages.db"))) as pages:
        seen = pages.execute("SELECT min(last_seen) > '2026-02-01', count(*) FROM pages").fetchone()
    assert seen == (1, 2)


def test_an_edited_article_becomes_a_new_version(run: Runner, source: Source, web: Any):
    run.one(source)
    web.article("/2026/one-story", "The harbour has two new wings", *LONG)
    later = {"/2026/one-story": "Mon, 02 Mar 2026 10:00:00 GMT"}
    web.feed("/feed.xml", "/2026/one-story", "/2026/two-stories", dates=later)
    report = run.one(source)
    assert (report.changed, report.new) == (1, 0)
    assert run.rows("SELECT title FROM versions") == [("The harbour has a new wing",)]
    assert run.rows("SELECT count(*) FROM articles") == [(2,)]


def test_the_same_text_at_another_site_is_a_duplicate(run: Runner, source: Source, web: Any):
    web.feed("/other.xml", "/wire/copy-of-one")
    web.article("/wire/copy-of-one", "The harbour has a new wing", *LONG)
    run.one(source)
    report = run.one(Source("wire", f"{web.origin}/other.xml", "feed"))
    assert report.duplicate == 1
    (first,) = run.rows("SELECT id FROM articles WHERE url LIKE '%/2026/one-story'")
    assert run.rows("SELECT duplicate_of FROM articles WHERE source = 'wire'") == [first]


def test_three_spellings_of_an_address_are_one_article(run: Runner, web: Any):
    spellings = ("/story/9?utm_source=feed", "/story/9?fbclid=x1y2", "/story/9#comments")
    web.feed("/feed.xml", *(spelling.replace("&", "&amp;") for spelling in spellings))
    web.article("/story/9", "The harbour has a new wing", *LONG)
    assert run.one(Source("gazette", f"{web.origin}/feed.xml", "feed")).new == 1
    assert run.rows("SELECT count(*) FROM links") == [(1,)]


def test_a_page_that_fails_is_reported_and_the_rest_is_stored(run: Runner, source: Source, web: Any):
    web.pages["/2026/one-story"].status = 500
    report = run.one(source)
    assert (report.outcome, report.new, report.failed, report.error) == ("ok", 1, 1, "http_5xx")
    ((state, attempts, error, next_try),) = run.rows(
        "SELECT state, attempts, error, next_try FROM links WHERE url LIKE '%one-story'"
    )
    assert (state, attempts, error) == ("failed", 1, "http_5xx")
    assert next_try > datetime.now(UTC).isoformat()


def test_a_page_that_hangs_the_parser_costs_nobody_else(run: Runner, source: Source, web: Any):
    web.pages["/2026/one-story"].body = b"<div>" * 120_000 + b"deep"
    report = run.one(source)
    assert (report.new, report.failed, report.error) == (1, 1, "parse")


def test_a_source_that_is_down_says_why_and_backs_off(run: Runner, source: Source, web: Any):
    web.pages["/feed.xml"].status = 503
    report = run(source, Source("fine", f"{web.origin}/fine.xml", "feed"))
    assert [s.outcome for s in report.sources] == ["failed", "failed"]
    (name, error, failures, due), _ = run.rows("SELECT name, error, failures, next_due FROM sources ORDER BY name DESC")
    assert (name, error) == ("gazette", "http_5xx")
    assert failures > 0
    assert due > (datetime.now(UTC) + timedelta(hours=1)).isoformat()


def test_an_error_page_instead_of_a_feed_keeps_the_old_articles(run: Runner, source: Source, web: Any):
    run.one(source)
    web.article("/feed.xml", "Sorry", "We are down for maintenance.")
    report = run.one(source)
    assert (report.outcome, report.error) == ("failed", "not_a_feed")
    assert run.rows("SELECT count(*) FROM articles") == [(2,)]


def test_a_limit_takes_the_newest_and_leaves_the_rest_queued(run: Runner, source: Source):
    assert run.one(source, limit=1).new == 1
    assert run.rows("SELECT title FROM articles") == [("The bridge is shut again",)]
    assert run.rows("SELECT count(*) FROM links WHERE state = 'queued'") == [(1,)]
    assert run.one(source).new == 1


def test_since_leaves_older_articles_queued(run: Runner, source: Source, web: Any):
    dates = {"/2026/one-story": "Mon, 05 Jan 2026 10:00:00 GMT", "/2026/two-stories": "Mon, 02 Mar 2026 10:00:00 GMT"}
    web.feed("/feed.xml", *dates, dates=dates)
    assert run.one(source, since=datetime(2026, 2, 1, tzinfo=UTC)).new == 1
    assert run.rows("SELECT url FROM articles WHERE url LIKE '%two-stories'")


def test_since_finds_the_one_recent_article_behind_many_old_ones(run: Runner, web: Any):
    old = {f"/2020/old-{number}": "Mon, 06 Jan 2020 10:00:00 GMT" for number in range(1_600)}
    web.feed("/feed.xml", "/2026/one-story", *old, dates={**old, "/2026/one-story": "Mon, 02 Mar 2026 10:00:00 GMT"})
    web.article("/2026/one-story", "The harbour has a new wing", *LONG)
    source = Source("gazette", f"{web.origin}/feed.xml", "feed")
    assert run.one(source, since=datetime(2026, 2, 1, tzinfo=UTC)).new == 1
    assert run.rows("SELECT count(*) FROM links WHERE state = 'queued'") == [(1_600,)]


def test_robots_txt_is_respected_and_reported(run: Runner, source: Source, web: Any):
    web.text("/robots.txt", "User-agent: *\nDisallow: /2026/one")
    report = run.one(source)
    assert (report.new, report.skipped) == (1, 1)
    assert run.rows("SELECT state, error FROM links WHERE url LIKE '%one-story'") == [("skipped", "robots")]
    assert "/2026/one-story" not in web.asked


def test_a_page_cannot_claim_the_address_of_another_site(run: Runner, source: Source, web: Any):
    run.one(source)
    web.feed("/evil.xml", "/evil")
    web.article("/evil", "Not what it was", *(line.upper() for line in LONG))
    claim = b'<link rel="canonical" href="https://elsewhere.example/2026/one-story"></head>'
    web.pages["/evil"].body = web.pages["/evil"].body.replace(b"</head>", claim)
    run.one(Source("evil", f"{web.origin}/evil.xml", "feed"))
    assert run.rows("SELECT canonical_url FROM articles WHERE source = 'evil'") == [(f"{web.origin}/evil",)]


def test_a_feed_with_whole_articles_needs_no_pages(run: Runner, web: Any):
    content = "".join(f"<p>{line}</p>" for line in LONG)
    web.text(
        "/feed.xml",
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Whole</title><item>'
        f"<title>The harbour has a new wing</title><link>{web.origin}/one</link>"
        f"<pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded></item></channel></rss>",
        "application/rss+xml",
    )
    source = Source("whole", f"{web.origin}/feed.xml", "feed", feed_content=True)
    assert run.one(source).new == 1
    assert run.rows("SELECT title, text, published FROM articles") == [
        ("The harbour has a new wing", "\n\n".join(LONG), "2026-03-02T10:00:00Z")
    ]
    assert "/one" not in web.asked


def test_every_request_is_in_the_log(run: Runner, source: Source):
    run.one(source)
    logged = run.rows("SELECT url, status FROM fetches")
    assert sorted((url.rpartition("/")[2], status) for url, status in logged) == [
        ("feed.xml", 200), ("one-story", 200), ("two-stories", 200)
    ]  # fmt: skip


def test_a_run_that_knows_nothing_of_a_feed_any_more_reads_its_older_pages(run: Runner, source: Source, web: Any):
    """The feed turned over between two runs: what it lost is in its older page (RFC 5005)."""
    run.one(source)
    web.article("/2026/missed", "What was missed", *(f"Missed: {line}" for line in LONG))
    web.article("/2026/newest", "What is new", *(f"New: {line}" for line in LONG))
    web.feed("/older.xml", "/2026/missed")
    web.feed("/feed.xml", "/2026/newest")
    older = f'<link xmlns="http://www.w3.org/2005/Atom" rel="prev-archive" href="{web.origin}/older.xml"/><item>'
    web.pages["/feed.xml"].body = web.pages["/feed.xml"].body.replace(b"<item>", older.encode(), 1)
    assert run.one(source).new == 2


def test_a_page_that_was_removed_for_good_is_not_fetched_again_at_once(run: Runner, source: Source, web: Any):
    web.pages["/2026/one-story"].status = 410
    run.one(source)
    run.one(source)
    assert web.asked.count("/2026/one-story") == 1
    assert run.rows("SELECT state, reason FROM links WHERE url LIKE '%one-story'") == [("gone", "the page was removed")]


def test_a_page_that_is_missing_again_and_again_is_taken_for_removed(run: Runner, source: Source, web: Any):
    del web.pages["/2026/one-story"]
    for _ in range(3):
        run.one(source)
        with closing(sqlite3.connect(run.database)) as db, db:
            db.execute("UPDATE links SET next_try = '2026-01-01T00:00:00Z' WHERE state = 'failed'")
    assert run.rows("SELECT state FROM links WHERE url LIKE '%one-story'") == [("gone",)]
    assert web.asked.count("/2026/one-story") == 3
