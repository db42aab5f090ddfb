"""How index pages are asked, run after run, over real HTTP, real workers and a real database."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ingest.model import Listing, Settings, Source
from ingest.run.pipeline import Pipeline
from ingest.run.report import SourceReport
from ingest.run.runtime import open_runtime

SETTINGS = Settings(delay=0, allow_addresses=("127.0.0.0/8",), deadline=5)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LINES = (
    "The ferry office counted its lifebelts on Monday and found two more than it had bought, which nobody explained.",
    "A fisherman said that he had brought one back in spring, because it had floated past his boat for three days.",
    "The second one bears the name of a ship that no register knows, painted by a careful hand in green and white.",
    "The office has hung it above the counter, where it may be claimed until the end of summer by whoever can swim.",
)


@dataclass
class Answer:
    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    always_304: bool = False
    """The server that lies: whatever the validators, nothing has changed."""


class Site:
    """``pages`` maps paths to answers; ``asked`` lists path and whether it was asked conditionally."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, bool]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
                if self.path != "/robots.txt":
                    site.asked.append((self.path, conditional))
                answer = site.pages.get(self.path, Answer("nothing here", 404))
                unchanged = conditional and (
                    answer.always_304 or self.headers.get("If-None-Match") == answer.headers.get("ETag", "none")
                )
                body = b"" if unchanged else answer.body.encode()
                self.send_response(304 if unchanged else answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if not unchanged:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Tests read `asked`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def article(self, path: str, **headers: str) -> None:
        text = "".join(f"<p>{line} ({path})</p>" for line in LINES)
        head = f"<title>Lifebelts {path}</title>"
        self.pages[path] = Answer(f"<html><head>{head}</head><body><article><h1>Lifebelts {path}</h1>{text}</article>",
                                  headers={"Content-Type": "text/html", **headers})  # fmt: skip

    def feed(self, path: str, *items: str, head: str = "", **headers: str) -> None:
        for item in items:
            if item not in self.pages:
                self.article(item)
        entries = "".join(f"<item><title>{item}</title><link>{self.origin}{item}</link></item>" for item in items)
        body = f'<rss version="2.0"><channel><title>News</title>{head}{entries}</channel></rss>'
        self.pages[path] = Answer(body, headers={"Content-Type": "application/rss+xml", **headers})

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


class Runs:
    """Runs of one source in one process, at times of the test's own."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.now = START

    def __call__(self, source: Source, *gaps: timedelta) -> list[SourceReport]:
        """One run now, and one more after each of the gaps."""

        async def run() -> list[SourceReport]:
            async with open_runtime(SETTINGS, [source], self.database, jobs=1) as runtime:
                context = runtime.pipeline._context
                pipeline = Pipeline(
                    context.store,
                    context.fetcher,
                    context.workers,
                    context.browser,
                    clock=lambda: self.now,
                    random=lambda: 0.0,
                )
                reports = [await pipeline.run_source(source)]
                for gap in gaps:
                    self.now += gap
                    reports.append(await pipeline.run_source(source))
                return reports

        return asyncio.run(run())

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as db:
            return db.execute(query).fetchall()


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path / "articles.db")


def feed_of(site: Site, **fields: Any) -> Source:
    return Source("gazette", f"{site.origin}/feed.xml", "feed", **fields)


HOUR = timedelta(hours=1)


def asked(site: Site, path: str) -> list[bool]:
    return [conditional for each, conditional in site.asked if each == path]


def test_a_server_that_says_304_for_ever_is_found_out_within_a_day(site: Site, runs: Runs):
    site.feed("/feed.xml", "/2026/one", ETag='"stuck"')
    site.pages["/feed.xml"].always_304 = True
    runs(feed_of(site))
    site.feed("/feed.xml", "/2026/one", "/2026/two", ETag='"stuck"')
    site.pages["/feed.xml"].always_304 = True
    reports = runs(feed_of(site), *[HOUR * 3] * 8)
    assert [report.new for report in reports] == [0] * 8 + [1]
    assert asked(site, "/feed.xml") == [False, *[True] * 8, False]
    runs.now += HOUR
    runs(feed_of(site))
    assert asked(site, "/feed.xml")[-1] is False, "its validators are not trusted any more"
    runs.now += timedelta(days=31)
    runs(feed_of(site))
    assert asked(site, "/feed.xml")[-1] is True, "it gets another chance after a month"


def test_an_honest_304_stays_trusted_when_it_was_doubted(site: Site, runs: Runs):
    site.feed("/feed.xml", "/2026/one", ETag='"1"')
    runs(feed_of(site), *[HOUR * 3] * 8)
    site.feed("/feed.xml", "/2026/one", "/2026/two", ETag='"2"')
    runs.now += HOUR * 3
    (report,) = runs(feed_of(site))
    assert report.new == 1
    assert asked(site, "/feed.xml")[-2:] == [False, True], "asked in full, then whether the old validator was true"
    runs.now += HOUR
    runs(feed_of(site))
    assert asked(site, "/feed.xml")[-1] is True


def test_the_same_body_under_a_new_etag_is_not_read_again(site: Site, runs: Runs):
    site.feed("/feed.xml", "/2026/one", ETag='"1"')
    first, _ = runs(feed_of(site), HOUR)
    site.pages["/feed.xml"].headers["ETag"] = '"2"'
    with closing(sqlite3.connect(runs.database)) as db, db:
        db.execute("UPDATE links SET hints = 'no JSON', hint_hash = 'other'")
    runs.now += HOUR
    (third,) = runs(feed_of(site))
    assert (first.found, third.found, third.outcome) == (1, 0, "ok")
    assert runs.rows("SELECT hint_hash FROM links") == [("other",)], "who reads the feed would have noticed"
    assert runs.rows("SELECT etag FROM index_pages") == [('"2"',)]


def test_a_changed_source_is_read_anew_though_its_page_is_the_same(site: Site, runs: Runs):
    entry = '<li><a href="/2026/story-{0}">What was found on beach number {0} of the bay</a></li>'
    links = "".join(entry.format(number) for number in (1, 2, 3))
    body = f'<html><body><ul class="a">{links}</ul><p class="b"><a href="/2026/other">The other one</a></p>'
    site.pages["/"] = Answer(body, headers={"Content-Type": "text/html", "ETag": '"1"'})
    for path in ("/2026/story-1", "/2026/story-2", "/2026/story-3", "/2026/other"):
        site.article(path)
    source = Source("gazette", f"{site.origin}/", "listing", listing=Listing(list=".a", item="li"))
    (report,) = runs(source)
    assert report.new == 3
    (again,) = runs(source)
    assert (again.found, asked(site, "/")) == (0, [False, True])
    (changed,) = runs(replace(source, listing=Listing(list=".b", item="a")))
    assert changed.new == 1


def test_an_index_page_that_has_moved_for_good_is_fetched_there_after_five_runs(site: Site, runs: Runs):
    site.pages["/feed.xml"] = Answer(status=301, headers={"Location": "/new.xml"})
    site.feed("/new.xml", "/2026/one")
    runs(feed_of(site), *[HOUR] * 4)
    assert len(asked(site, "/feed.xml")) == 5
    site.feed("/new.xml", "/2026/one", "/2026/two")
    runs.now += HOUR
    (report,) = runs(feed_of(site))
    assert (report.outcome, report.new) == ("ok", 1)
    assert len(asked(site, "/feed.xml")) == 5
    assert runs.rows("SELECT name, moved_to FROM source_health") == [("gazette", f"{site.origin}/new.xml")]
    assert set(runs.rows("SELECT via FROM links")) == {(f"{site.origin}/feed.xml",)}


def test_an_index_page_that_is_not_where_it_moved_is_fetched_where_it_was(site: Site, runs: Runs):
    site.pages["/feed.xml"] = Answer(status=308, headers={"Location": "/new.xml"})
    site.feed("/new.xml", "/2026/one")
    runs(feed_of(site), *[HOUR] * 5)
    del site.pages["/new.xml"]
    site.feed("/feed.xml", "/2026/one", "/2026/two")
    runs.now += HOUR
    (report,) = runs(feed_of(site))
    assert (report.outcome, report.new, report.error) == ("ok", 1, None)
    assert runs.rows("SELECT moved_to FROM source_health") == [(None,)]


@pytest.mark.parametrize("status", [302, 307])
def test_a_passing_redirect_is_followed_and_never_remembered(site: Site, runs: Runs, status: int):
    site.pages["/feed.xml"] = Answer(status=status, headers={"Location": "/new.xml"})
    site.feed("/new.xml", "/2026/one")
    runs(feed_of(site), *[HOUR] * 6)
    assert len(asked(site, "/feed.xml")) == 7
    assert runs.rows("SELECT moved_to, redirects FROM index_pages") == [(None, 0)]


def test_redirects_that_change_their_target_are_not_remembered(site: Site, runs: Runs):
    for target in ("/a.xml", "/b.xml"):
        site.feed(target, "/2026/one")
    for number in range(6):
        site.pages["/feed.xml"] = Answer(status=301, headers={"Location": ("/a.xml", "/b.xml")[number % 2]})
        runs(feed_of(site))
    assert runs.rows("SELECT moved_to FROM index_pages") == [(None,)]


def test_a_host_that_asked_to_be_left_alone_is_left_alone_by_the_next_process(site: Site, runs: Runs):
    site.feed("/feed.xml", "/2026/one")
    site.pages["/feed.xml"].status = 429
    site.pages["/feed.xml"].headers["Retry-After"] = "3600"
    runs.now = datetime.now(UTC)
    (first,) = runs(feed_of(site))
    assert (first.outcome, first.error) == ("failed", "rate_limited")
    site.feed("/feed.xml", "/2026/one")
    site.asked.clear()
    (second,) = runs(feed_of(site))
    assert site.asked == []
    assert (second.outcome, second.error) == ("skipped", "rate_limited")
    until = runs.now + HOUR
    assert second.message == f"127.0.0.1 asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
    assert runs.rows("SELECT failures FROM sources") == [(0.5,)], "leaving it alone is no second failure"
    ((due,),) = runs.rows("SELECT next_due FROM sources")
    assert due >= f"{until - timedelta(minutes=1):%Y-%m-%dT%H:%M}"


def test_a_pause_of_a_year_is_kept_for_a_day(site: Site, runs: Runs):
    site.pages["/feed.xml"] = Answer(status=503, headers={"Retry-After": "31536000"})
    runs.now = datetime.now(UTC)
    runs(feed_of(site))
    ((until,),) = runs.rows("SELECT until FROM pauses")
    assert until <= f"{runs.now + timedelta(days=1, minutes=1):%Y-%m-%dT%H:%M:%SZ}"


def test_links_wait_for_their_host_without_using_up_their_attempts(site: Site, runs: Runs):
    site.feed("/feed.xml", *(f"/2026/story-{number}" for number in range(12)))
    for number in range(12):
        site.pages[f"/2026/story-{number}"] = Answer(status=429, headers={"Retry-After": "7200"})
    (report,) = runs(feed_of(site))
    waiting = runs.rows("SELECT count(*) FROM links WHERE attempts = 0 AND state = 'queued'")[0][0]
    assert report.failed + waiting == 12
    assert waiting >= 4, "no more than the eight under way had asked"
    assert len(site.asked) - 1 == report.failed


def test_what_a_feed_says_of_its_hours_is_kept_while_it_is_not_modified(site: Site, runs: Runs):
    skips = "<skipHours><hour>0</hour><hour>1</hour></skipHours><skipDays><day>Saturday</day></skipDays><ttl>90</ttl>"
    site.feed("/feed.xml", "/2026/one", head=skips, ETag='"1"')
    runs(feed_of(site, every=None), HOUR)
    assert runs.rows("SELECT ttl, skips FROM sources") == [(5400.0, '{"hours":[0,1],"days":[5]}')]
    site.feed("/feed.xml", "/2026/one", ETag='"2"')
    runs(feed_of(site, every=None))
    assert runs.rows("SELECT ttl, skips FROM sources") == [(None, "{}")]


@pytest.mark.parametrize(
    ("headers", "hours"),
    [({"Cache-Control": "max-age=36000"}, 10), ({"Cache-Control": "max-age=31536000"}, 24), ({}, 6)],
)
def test_every_auto_does_not_come_back_before_the_answer_is_stale(
    site: Site, runs: Runs, headers: dict[str, str], hours: int
):
    site.feed("/feed.xml", "/2026/one", **headers)
    runs(feed_of(site, every=None))
    ((due,),) = runs.rows("SELECT next_due FROM sources")
    waited = datetime.fromisoformat(due) - START
    assert abs(waited - timedelta(hours=hours)) <= timedelta(hours=0.5 if headers else 2)


def test_a_feed_that_robots_txt_refuses_has_failed(site: Site, runs: Runs):
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /feed.xml")
    site.pages["/"] = Answer('<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>',
                             headers={"Content-Type": "text/html"})  # fmt: skip
    site.feed("/feed.xml", "/2026/one")
    for source in (feed_of(site), Source("home", f"{site.origin}/"), Source("auto", f"{site.origin}/feed.xml")):
        (report,) = runs(source)
        assert (report.outcome, report.error) == ("failed", "robots"), source.name
    assert runs.rows("SELECT DISTINCT error, failures, last_ok FROM sources") == [("robots", 2.0, None)]


def test_a_robots_txt_that_cannot_be_fetched_gives_no_link_up(site: Site, runs: Runs):
    site.feed("/feed.xml", "/2026/one")
    source = feed_of(site)
    runs(source)
    site.feed("/feed.xml", "/2026/one", "/2026/two")
    with closing(sqlite3.connect(runs.database)) as db, db:
        db.execute("UPDATE links SET next_try = '2026-01-01T00:00:00Z'")
    site.pages["/robots.txt"] = Answer(status=503)
    (report,) = runs(source)
    assert (report.outcome, report.error) == ("failed", "robots")
    assert runs.rows("SELECT DISTINCT state FROM links") == [("done",)]
    assert runs.rows("SELECT failures FROM sources") == [(0.5,)], "it may be there again in an hour"


def test_what_a_site_says_to_search_runtimes_is_recorded_and_not_obeyed(site: Site, runs: Runs):
    site.feed("/feed.xml", "/2026/one", "/2026/two")
    site.article("/2026/one", **{"X-Robots-Tag": "noarchive, NOINDEX"})
    page = site.pages["/2026/one"]
    page.body = page.body.replace("</head>", '<meta name="robots" content="noindex,nofollow"></head>')
    (report,) = runs(feed_of(site))
    assert report.new == 2
    robots = runs.rows("SELECT url, robots FROM articles ORDER BY url")
    assert [each for _, each in robots] == ["noarchive, noindex, nofollow", None]


def test_an_article_whose_page_is_the_same_is_not_read_again(site: Site, runs: Runs):
    site.feed("/feed.xml", "/2026/one")
    runs(feed_of(site))
    with closing(sqlite3.connect(runs.database)) as db, db:
        db.execute("UPDATE articles SET content_hash = 'as if it had been read otherwise'")
    site.pages["/2026/one"].headers["ETag"] = '"new"'
    runs.now += HOUR
    (report,) = runs(feed_of(site))
    assert (report.unchanged, report.changed) == (1, 0)
    assert runs.rows("SELECT etag FROM links") == [('"new"',)]
    page = site.pages["/2026/one"]
    page.body = page.body.replace("</p>", " It is read once more.</p>", 1)
    site.pages["/2026/one"].headers["ETag"] = '"newer"'
    runs.now += HOUR * 6
    (report,) = runs(feed_of(site))
    assert report.changed == 1


def sitemap_of(site: Site, *paths: str) -> Source:
    places = "".join(f"<url><loc>{site.origin}{path}</loc></url>" for path in paths)
    site.pages["/sitemap.xml"] = Answer(f"<urlset>{places}</urlset>", headers={"Content-Type": "application/xml"})
    return Source("gazette", f"{site.origin}/sitemap.xml", "sitemap")


WORDS = [
    "anchors",
    "boats",
    "charts",
    "docks",
    "eels",
    "ferries",
    "gulls",
    "harbours",
    "islands",
    "jetties",
    "keels",
    "lights",
    "moorings",
    "nets",
    "oars",
]
FRONTS = [f"/beat/{word}" for word in WORDS]
STORIES = [f"/2026/story-of-lifebelt-number-{number}" for number in range(4)]


@pytest.fixture
def learned(site: Site, runs: Runs) -> Source:
    """A source of which four stories were articles and ten section fronts were none."""
    links = "".join(f'<li><a href="/2026/story-{n}">The story of lifebelt {n} of the bay</a></li>' for n in range(30))
    for path in FRONTS:
        body = f"<html><body><h1>All of {path}</h1><ul>{links}</ul>"
        site.pages[path] = Answer(body, headers={"Content-Type": "text/html"})
    for path in STORIES:
        site.article(path)
    source = sitemap_of(site, *STORIES, *FRONTS[:10])
    (first,) = runs(source)
    assert (first.new, first.skipped) == (4, 10)
    site.asked.clear()
    return source


def test_addresses_of_a_shape_that_never_was_an_article_are_left_out_and_say_why(
    site: Site, runs: Runs, learned: Source
):
    sitemap_of(site, *STORIES, *FRONTS)
    (second,) = runs(learned)
    assert (second.outcome, [path for path, _ in site.asked]) == ("ok", ["/sitemap.xml"])
    assert runs.rows("SELECT count(*), state, error, reason FROM links WHERE shape IS NOT NULL GROUP BY reason") == [
        (5, "skipped", "not_an_article", "learned: 10 of 10 pages like 127.0.0.1/beat/* were no articles")
    ]


def test_what_a_feed_names_is_never_left_out(site: Site, runs: Runs, learned: Source):
    sitemap_of(site, *STORIES, *FRONTS)
    runs(learned)
    site.article(FRONTS[11])
    site.feed("/feed.xml", FRONTS[11])
    (report,) = runs(replace(learned, url=f"{site.origin}/feed.xml", kind="feed"))
    assert report.new == 1
    assert runs.rows("SELECT count(*) FROM links WHERE shape IS NOT NULL") == [(0,)], "nor the others, from now on"


def test_what_was_learned_is_tested_every_week_and_unlearned(site: Site, runs: Runs, learned: Source):
    for path in FRONTS[10:]:
        site.article(path)
    sitemap_of(site, *STORIES, *FRONTS)
    (left_out,) = runs(learned)
    assert left_out.new == 0
    runs.now += timedelta(days=8)
    site.pages["/sitemap.xml"].body += "<!-- changed -->"
    (tried,) = runs(learned)
    assert tried.new == 5, "one was tried, and being an article it brought the other four back"
