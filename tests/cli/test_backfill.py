"""`ingest backfill`: all of a source's history, once, whatever happens in between."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

pytestmark = pytest.mark.slow

FIRST_DAY = datetime(2024, 1, 1, 8)  # noqa: DTZ001 - as WordPress writes it


def sentences(number: int) -> list[str]:
    return [
        f"On day {number} of the log the keeper counted {number * line} gulls on pier {line}." for line in range(2, 7)
    ]


class Pages(dict[str, Any]):
    """The pages of a web that also has an API: ``api`` has a JSON value for the paths and queries that it knows."""

    def __init__(self, pages: dict[str, Any], api: Callable[[str, dict[str, str]], object]) -> None:
        super().__init__(pages)
        self.api = api
        self.hold: tuple[str, threading.Event] | None = None

    def get(self, path: str, default: Any = None) -> Any:
        parts = urlsplit(path)
        value = self.api(parts.path, dict(parse_qsl(parts.query)))
        if value is None:
            return super().get(path, default)
        answer = replace(self["/feed.xml"], body=json.dumps(value).encode(), content_type="application/json")
        return replace(answer, wait=self.hold[1]) if self.hold and self.hold[0] in path else answer


@pytest.fixture
def wordpress(desk: Any) -> Any:
    """230 posts, one a day, behind WordPress's API, which gives a hundred at a time."""
    posts = [
        {
            "id": number,
            "date": (FIRST_DAY + timedelta(days=number)).isoformat(),
            "date_gmt": (FIRST_DAY + timedelta(days=number)).isoformat(),
            "link": f"{desk.web.origin}/log/day-{number}",
            "title": {"rendered": f"The log, day {number}"},
            "content": {"rendered": "".join(f"<p>{line}</p>" for line in sentences(number))},
        }
        for number in range(230)
    ]

    def api(path: str, query: dict[str, str]) -> object:
        if path != "/wp-json/wp/v2/posts":
            return None
        chosen = [post for post in reversed(posts) if str(post["date"]) < query.get("before", "9")]
        return chosen[: int(query["per_page"])]

    desk.web.pages = Pages(desk.web.pages, api)
    desk.sources(f"{{name: log, url: '{desk.web.origin}/', kind: wordpress, content: feed}}")
    return desk


def asked(desk: Any, part: str) -> list[str]:
    return [path for path in desk.web.asked if part in path]


def stories(desk: Any) -> list[str]:
    return sorted(title for (title,) in desk.rows("SELECT title FROM articles"))


def test_the_whole_of_a_wordpress_blog_lands_each_post_once(wordpress: Any):
    done = wordpress("backfill", "log")
    assert done.stdout.splitlines() == [
        "log: ok (230 new)",
        "3 index pages of its history were read; that is all of it",
    ]
    assert stories(wordpress) == sorted(f"The log, day {number}" for number in range(230))
    assert len(asked(wordpress, "/posts")) == 3


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_backfill_that_is_ended_goes_on_without_asking_for_what_it_read(wordpress: Any, number: int):
    held = threading.Event()
    wordpress.web.pages.hold = ("before=", held)
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "backfill", "log"], cwd=wordpress.folder, stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 60
    while not asked(wordpress, "before=") and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(number)
    process.communicate(timeout=20)
    assert process.returncode == (-9 if number == signal.SIGKILL else 130)
    assert len(stories(wordpress)) == 100
    held.set()
    first_page, second_page = asked(wordpress, "/posts")

    wordpress.web.asked.clear()
    done = wordpress("backfill", "log")
    assert "130 new" in done.stdout
    assert first_page not in wordpress.web.asked
    assert asked(wordpress, "/posts")[0] == second_page
    assert stories(wordpress) == sorted(f"The log, day {number}" for number in range(230))


def test_links_and_the_mark_of_their_page_are_stored_together(wordpress: Any):
    """Killed before any article: the queue has them all."""
    wordpress("backfill", "log", "--limit", "1")
    ((unread, read),) = wordpress.rows("SELECT sum(state = 'unread'), sum(state = 'read') FROM history_pages")
    assert (unread, read) == (1, 1)
    assert wordpress.rows("SELECT state, count(*) FROM links GROUP BY state ORDER BY 1") == [
        ("done", 1),
        ("queued", 99),
    ]


def test_a_limit_ends_the_run_and_the_next_goes_on(wordpress: Any):
    done = wordpress("backfill", "log", "--limit", "120")
    assert "120 new" in done.stdout
    assert "`ingest backfill log` goes on" in done.stdout
    assert len(asked(wordpress, "/posts")) == 2
    assert "110 new" in wordpress("backfill", "log").stdout
    assert len(stories(wordpress)) == 230


def test_since_leaves_older_posts_and_their_pages_out(wordpress: Any):
    since = (FIRST_DAY + timedelta(days=100)).date().isoformat()
    wordpress("backfill", "log", "--since", since)
    assert stories(wordpress) == sorted(f"The log, day {number}" for number in range(100, 230))
    assert len(asked(wordpress, "/posts")) == 2
    assert wordpress.rows("SELECT count(*) FROM links") == [(130,)]


def test_what_a_backfill_has_queued_is_brought_in_by_fetch_too(wordpress: Any):
    wordpress("backfill", "log", "--limit", "1")
    assert "99 new" in wordpress("fetch").stdout


def test_a_finished_backfill_begins_anew_and_stores_nothing_twice(wordpress: Any):
    wordpress("backfill", "log")
    wordpress.web.asked.clear()
    assert "3 index pages" in wordpress("backfill", "log").stdout
    assert len(asked(wordpress, "/posts")) == 3
    assert len(stories(wordpress)) == 230


def test_blogger_is_read_by_what_it_returns(desk: Any):
    def api(path: str, query: dict[str, str]) -> object:
        if path != "/feeds/posts/default":
            return None
        start = int(query.get("start-index", "1"))
        entries = [
            {
                "title": {"$t": f"The log, day {number}"},
                "published": {"$t": (FIRST_DAY + timedelta(days=100 - number)).isoformat() + "Z"},
                "content": {"$t": "".join(f"<p>{line}</p>" for line in sentences(number))},
                "link": [{"rel": "alternate", "href": f"{desk.web.origin}/2024/day-{number}.html"}],
            }
            for number in range(start, min(start + 25, 61))
        ]
        return {"feed": {"openSearch$totalResults": {"$t": "60"}, "entry": entries}}

    desk.web.pages = Pages(desk.web.pages, api)
    desk.sources(f"{{name: log, url: '{desk.web.origin}/', kind: blogger, content: feed}}")
    assert "60 new" in desk("backfill", "log").stdout
    starts = [dict(parse_qsl(urlsplit(path).query)).get("start-index") for path in asked(desk, "/feeds/")]
    assert starts == [None, "26", "51"]


@pytest.fixture
def sitemaps(desk: Any) -> Any:
    """An index of five monthly sitemaps with two articles each."""
    months = [f"2024-{month:02}" for month in range(1, 6)]
    children = "".join(f"<sitemap><loc>{desk.web.origin}/sitemap-{month}.xml</loc></sitemap>" for month in months)
    xml = "application/xml"
    desk.web.text("/sitemap.xml", f"<sitemapindex>{children}</sitemapindex>", xml)
    for place, month in enumerate(months):
        paths = [f"/{month.replace('-', '/')}/0{day}/day-of-gulls" for day in (1, 2)]
        urls = "".join(f"<url><loc>{desk.web.origin}{path}</loc></url>" for path in paths)
        desk.web.text(f"/sitemap-{month}.xml", f"<urlset>{urls}</urlset>", xml)
        for day, path in enumerate(paths):
            desk.web.article(path, f"Gulls of {month}, {day}", *sentences(place * 10 + day))
    desk.sources(f"{{name: gulls, url: '{desk.web.origin}/sitemap.xml', kind: sitemap}}")
    return desk


def test_an_ordinary_run_reads_the_newest_sitemaps_and_a_backfill_all(sitemaps: Any):
    assert "6 new" in sitemaps("fetch").stdout
    done = sitemaps("backfill", "gulls")
    assert "4 new" in done.stdout
    assert "6 index pages of its history were read; that is all of it" in done.stdout


def test_an_index_of_more_sitemaps_than_one_run_reads_is_read_whole(desk: Any):
    names = [f"/sitemap-{number}.xml" for number in range(70)]
    children = "".join(f"<sitemap><loc>{desk.web.origin}{name}</loc></sitemap>" for name in names)
    desk.web.text("/sitemap.xml", f"<sitemapindex>{children}</sitemapindex>", "application/xml")
    for name in names:
        desk.web.text(name, "<urlset></urlset>", "application/xml")
    desk.sources(f"{{name: gulls, url: '{desk.web.origin}/sitemap.xml', kind: sitemap}}")
    desk("backfill", "gulls")
    assert sorted(asked(desk, "/sitemap-")) == sorted(names)
    assert desk.rows("SELECT count(*) FROM links") == [(0,)]


def test_a_sitemap_that_fails_for_a_while_is_asked_for_again_and_the_others_are_not(sitemaps: Any):
    sitemaps.web.pages["/sitemap-2024-02.xml"].status = 503
    done = sitemaps("backfill", "gulls", status=1)
    assert "gulls: failed (8 new) — http_5xx: " in done.stdout
    assert "1 known ones are to be read" in done.stdout
    sitemaps.web.pages["/sitemap-2024-02.xml"].status = 200
    sitemaps.web.asked.clear()
    assert "2 new" in sitemaps("backfill", "gulls").stdout
    assert asked(sitemaps, "sitemap") == ["/sitemap-2024-02.xml"]


def test_a_sitemap_that_is_not_there_is_given_up_and_told(sitemaps: Any):
    del sitemaps.web.pages["/sitemap-2024-02.xml"]
    done = sitemaps("backfill", "gulls", status=1)
    assert "5 index pages of its history were read, 1 could not be had; that is all of it" in done.stdout
    assert sitemaps.rows("SELECT url, error FROM history_pages WHERE state = 'failed'") == [
        (f"{sitemaps.web.origin}/sitemap-2024-02.xml", "http_4xx")
    ]


def test_the_archives_of_a_paged_feed_are_followed(desk: Any):
    for page in range(3):
        path = f"/log-{page}"
        desk.web.article(path, f"The log, day {page}", *sentences(page))
        desk.web.feed(f"/archive-{page}.xml", path)
        older = f"{desk.web.origin}/archive-{page + 1}.xml"
        link = f'<link xmlns="http://www.w3.org/2005/Atom" rel="prev-archive" href="{older}"/>'
        if page < 2:
            answer = desk.web.pages[f"/archive-{page}.xml"]
            answer.body = answer.body.replace(b"<item>", link.encode() + b"<item>", 1)
    desk.sources(f"{{name: log, url: '{desk.web.origin}/archive-0.xml', kind: feed}}")
    assert "3 new" in desk("backfill", "log").stdout
    assert stories(desk) == ["The log, day 0", "The log, day 1", "The log, day 2"]


def test_of_a_feed_without_archives_the_sitemaps_of_its_site_are_read_as_far_as_its_section_goes(sitemaps: Any):
    paths = [f"/log/2024/0{day}/gulls" for day in (6, 7)]
    for day, path in enumerate((*paths, "/log/2024/01/first-gulls")):
        sitemaps.web.article(path, f"The log, part {day}", *sentences(50 + day))
    sitemaps.web.feed("/feed.xml", *paths)
    older = f"<url><loc>{sitemaps.web.origin}/log/2024/01/first-gulls</loc></url></urlset>"
    child = sitemaps.web.pages["/sitemap-2024-01.xml"]
    child.body = child.body.replace(b"</urlset>", older.encode())
    sitemaps.sources(f"{{name: log, url: '{sitemaps.web.origin}/feed.xml', kind: feed}}")
    done = sitemaps("backfill", "log")
    assert "3 new" in done.stdout
    assert stories(sitemaps) == ["The log, part 0", "The log, part 1", "The log, part 2"]


def test_a_page_that_declares_only_a_feed_is_followed_back_through_its_sitemaps(sitemaps: Any):
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    sitemaps.web.text("/home", f"<html><head>{head}</head><body>Gulls</body></html>", "text/html")
    sitemaps.web.article("/log/2024/06/gulls", "The log", *sentences(99))
    sitemaps.web.feed("/feed.xml", "/log/2024/06/gulls")
    sitemaps.sources(f"{{name: log, url: '{sitemaps.web.origin}/home'}}")
    assert "11 new" in sitemaps("backfill", "log").stdout


def test_an_unknown_name_ends_with_2(desk: Any):
    assert "did you mean town?" in desk("backfill", "twon", status=2).stderr
