"""`ingest fetch`, and what `ingest status` says of it afterwards, where sources want something else than to be read."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from damaging import flip_page

pytestmark = pytest.mark.slow


def test_a_source_that_asked_to_be_left_alone_is_left_alone_by_the_next_command(desk: Any, web: Any):
    web.pages["/feed.xml"].status = 429
    web.pages["/feed.xml"].headers["Retry-After"] = "3600"
    refused = desk("fetch", status=1)
    assert "town: failed — rate_limited: 429: the site asked to be left alone until 20" in refused.stdout
    web.asked.clear()
    web.pages["/feed.xml"].status = 200
    resting = desk("fetch", status=0)
    assert "town: skipped — rate_limited: 127.0.0.1 asked to be left alone until 20" in resting.stdout
    assert "/feed.xml" not in web.asked
    assert "asked to be left alone until 20" in desk("status").stdout


def test_a_feed_that_robots_txt_refuses_is_a_failure_that_status_shows(desk: Any, web: Any):
    web.text("/robots.txt", "User-agent: *\nDisallow: /feed.xml")
    assert "town: failed — robots: robots.txt does not allow this URL to us" in desk("fetch", status=1).stdout
    assert "robots: robots.txt does not allow this URL to us" in desk("status").stdout


def test_a_feed_that_has_moved_is_said_once_for_the_operator(desk: Any, web: Any):
    web.feed("/moved.xml", "/2026/council")
    web.pages["/feed.xml"].status = 301
    web.pages["/feed.xml"].headers["Location"] = "/moved.xml"
    desk("fetch")
    assert "moved" not in desk("status").stdout
    for _ in range(4):
        said = desk("fetch")
    assert "moved for good, asked there from now on" in said.stderr
    line = f"town has moved for good and is asked at {web.origin}/moved.xml; mend sources.yaml"
    assert desk("status").stdout.splitlines()[-1] == line
    assert "moved" not in desk("fetch").stderr


def test_fetch_prints_a_line_a_source_and_ends_with_0(desk: Any):
    done = desk("fetch")
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == "town: ok (2 new)"
    assert done.stdout.splitlines()[1].startswith("2 new in ")


def test_fetch_json_prints_one_object_with_the_agreed_keys(desk: Any):
    done = desk("fetch", "--json")
    report = json.loads(done.stdout)
    assert list(report) == ["started", "finished", "sources", "totals"]
    assert report["sources"] == [
        {"name": "town", "outcome": "ok", "error": None, "message": "", "found": 2, "new": 2, "changed": 0,
         "unchanged": 0, "duplicate": 0, "held_back": 0, "failed": 0, "skipped": 0}
    ]  # fmt: skip
    assert report["totals"]["new"] == 2


def test_fetch_ends_with_1_when_a_source_fails_and_stores_the_rest(desk: Any, web: Any):
    names = {"town": "/feed.xml", "gone": "/none.xml"}
    desk.sources(*(f"{{name: {name}, url: '{web.origin}{path}', kind: feed}}" for name, path in names.items()))
    done = desk("fetch", status=1)
    assert "town: ok (2 new)" in done.stdout
    assert "gone: failed — http_4xx" in done.stdout


def test_fetch_without_a_network_fails_in_seconds_with_a_line_a_source(desk: Any):
    desk.sources(*(f"https://nowhere-{number}.invalid/feed" for number in range(30)))
    began = time.monotonic()
    done = desk("fetch", status=1)
    assert time.monotonic() - began < 20
    lines = [line for line in done.stdout.splitlines() if ": failed — connect: " in line]
    assert len(lines) == 30
    assert done.stderr == ""


def test_dry_run_shows_the_links_and_stores_nothing(desk: Any, web: Any):
    done = desk("fetch", "--dry-run")
    assert "town: 2 links to fetch" in done.stdout
    assert f"{web.origin}/2026/council  Story /2026/council" in done.stdout
    assert "/2026/council" not in web.asked
    assert "2 new" in desk("fetch").stdout


@pytest.mark.parametrize("table", ["articles", "links", "fetches", "articles_fts_data"])
def test_a_flipped_page_ends_a_run_with_3_before_anything_is_written(desk: Any, web: Any, table: str):
    desk("fetch")
    database = desk.folder / "db" / "articles.db"
    flip_page(database, table)
    before = database.read_bytes()
    web.feed("/feed.xml", "/2026/council", "/2026/quorum", "/2026/news")
    web.article("/2026/news", "News", "Nobody reads this one, because its run has ended before it began.")
    web.asked.clear()
    said = desk("fetch", status=3)
    assert "db/articles.db: the database is damaged" in said.stderr
    assert "`ingest db check` says what to do" in said.stderr
    assert (web.asked, database.read_bytes()) == ([], before)


def test_damaged_raw_pages_stop_no_run_and_are_told_once(desk: Any, web: Any):
    desk("fetch")
    pages = desk.folder / "db" / "pages.db"
    flip_page(pages, "pages")
    before = pages.read_bytes()
    web.feed("/feed.xml", "/2026/council", "/2026/quorum", "/2026/news", "/2026/more")
    for name in ("news", "more"):
        web.article(f"/2026/{name}", name, f"The {name} of the day is that the pages of yesterday are damaged.")
    said = desk("fetch")
    assert "2 new" in said.stdout
    (warning,) = [line for line in said.stderr.splitlines() if "raw pages are not kept" in line]
    assert "move this file away" in warning
    assert pages.read_bytes() == before
    pages.unlink()
    assert desk("fetch").stderr.count("raw pages") == 1
    assert "raw pages" not in desk("fetch").stderr


def test_a_run_over_one_source_leaves_the_others_configured(desk: Any, web: Any):
    web.feed("/other.xml")
    desk.sources(*(f"{{name: {name}, url: '{web.origin}/{path}.xml', kind: feed}}" for name, path in
                   (("town", "feed"), ("other", "other"))))  # fmt: skip
    desk("fetch")
    desk("fetch", "town")
    desk("fetch", "town", "--dry-run")
    assert desk.rows("SELECT name FROM sources WHERE active ORDER BY name") == [("other",), ("town",)]
