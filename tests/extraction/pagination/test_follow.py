"""Articles that run over several pages, over real HTTP, real worker processes and a real database."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.article.body import Body
from ingest.dedup.fingerprint import content_hash
from ingest.extraction.pagination.follow import MOST_PAGES
from ingest.model import KeepRaw, Settings, Source
from ingest.run.reextract import reextract
from ingest.run.report import SourceReport
from ingest.run.runtime import open_runtime

SETTINGS = Settings(delay=0, allow_addresses=("127.0.0.0/8",), deadline=5)
STORY = "/2026/a-walk-along-the-old-wall"
TITLE = "A walk along the old wall"


def part(number: int, *, edited: bool = False) -> tuple[str, ...]:
    """What one page of the walk tells; no two pages tell the same."""
    stone = f"Stone number {number}"
    return (
        f"{stone} stands where the walkers of the {number}th day came down to the river and took off their boots.",
        f"From {stone.lower()} one sees all of the valley, the mill and, on a clear day, the tower of the church.",
        f"The farmer who owns the field around {stone.lower()} has put a bench there, and asks nothing for it.",
        "His grandfather thought otherwise." if edited else f"It was restored after the flood, {number} times in all.",
    )


class Town:
    """A town's paper on loopback, and ingest following it with one database."""

    def __init__(self, web: Any, database: Path) -> None:
        self.web = web
        self.database = database
        self.keep_raw: KeepRaw = "all"
        self.id_pattern = ""
        web.feed("/feed.xml", STORY)

    @property
    def source(self) -> Source:
        return Source("town", f"{self.web.origin}/feed.xml", "feed", keep_raw=self.keep_raw, id_pattern=self.id_pattern)

    def address(self, number: int) -> str:
        return STORY if number == 1 else f"{STORY}?page={number}"

    def page(self, number: int, *paragraphs: str, of: int = 3, title: str = TITLE, head: str = "") -> None:
        """Page ``number`` of the walk, with a row of page numbers below."""
        self.web.article(self.address(number), title, *(paragraphs or part(number)))
        row = "".join(
            f"<b>{other}</b> " if other == number else f'<a href="{self.address(other)}">{other}</a> '
            for other in range(1, of + 1)
        )
        answer = self.web.pages[self.address(number)]
        declared = f'<meta property="og:type" content="article">{head}</head>'.encode()
        row = f'</article><div class="pages">{row}</div>'
        answer.body = answer.body.replace(b"</head>", declared).replace(b"</article>", row.encode())

    def walk(self, pages: int = 3) -> None:
        for number in range(1, pages + 1):
            self.page(number, of=pages)

    def fetch(self) -> SourceReport:
        async def run() -> SourceReport:
            async with open_runtime(SETTINGS, [self.source], self.database, jobs=1) as runtime:
                return (await runtime.pipeline.run([self.source])).sources[0]

        self.web.asked.clear()
        return asyncio.run(run())

    def fetch_again(self) -> SourceReport:
        """Once it is time to look at the article again."""
        with closing(sqlite3.connect(self.database)) as db, db:
            db.execute("UPDATE links SET next_try = '2026-01-01T00:00:00Z' WHERE page = 1")
        return self.fetch()

    def read_again(self) -> SourceReport:
        async def run() -> SourceReport:
            async with open_runtime(SETTINGS, [self.source], self.database, jobs=1) as runtime:
                return (await reextract(runtime, [self.source])).sources[0]

        self.web.asked.clear()
        return asyncio.run(run())

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as db:
            return db.execute(query).fetchall()

    @property
    def text(self) -> str:
        ((text,),) = self.rows("SELECT text FROM articles")
        return str(text)

    @property
    def asked(self) -> list[str]:
        return [path for path in self.web.asked if path.startswith(STORY)]


@pytest.fixture
def town(web: Any, tmp_path: Path) -> Town:
    return Town(web, tmp_path / "articles.db")


def told(*numbers: int) -> str:
    return "\n\n".join(line for number in numbers for line in part(number))


def test_three_pages_are_one_article(town: Town):
    town.walk()
    assert town.fetch().new == 1
    assert town.rows("SELECT title, text, pages, next_page FROM articles") == [(TITLE, told(1, 2, 3), 3, None)]
    assert town.rows("SELECT url, state, page, article_id FROM links ORDER BY page") == [
        (town.web.origin + town.address(number), "done", number, 1) for number in (1, 2, 3)
    ]
    assert {url.removeprefix(town.web.origin) for (url,) in town.rows("SELECT url FROM fetches")} == {
        "/feed.xml", *map(town.address, (1, 2, 3))
    }  # fmt: skip


def test_a_second_run_asks_for_nothing_and_a_look_again_changes_nothing(town: Town):
    town.walk()
    town.fetch()
    before = town.rows("SELECT * FROM articles")
    town.fetch()
    assert town.asked == []
    report = town.fetch_again()
    assert town.asked == list(map(town.address, (1, 2, 3)))
    assert [status for (status,) in town.rows("SELECT status FROM fetches ORDER BY id DESC LIMIT 3")] == [304] * 3
    assert (report.unchanged, report.changed) == (1, 0)
    assert town.rows("SELECT * FROM articles") == before


def test_an_edit_on_page_two_is_seen(town: Town):
    town.walk()
    town.fetch()
    town.page(2, *part(2, edited=True))
    assert town.fetch_again().changed == 1
    assert town.text == "\n\n".join((*part(1), *part(2, edited=True), *part(3)))
    assert town.rows("SELECT text FROM versions") == [(told(1, 2, 3),)]


def test_a_last_page_that_is_gone_is_held_back_and_what_was_read_stays(town: Town):
    town.walk(3)
    town.fetch()
    town.walk(2)
    assert town.fetch_again().held_back == 1
    assert town.text == told(1, 2, 3)
    assert town.rows("SELECT held_back, text FROM versions") == [("shorter", told(1, 2))]


def test_a_short_last_page_that_was_taken_away_is_no_longer_part_of_it(town: Town):
    town.page(1, of=3)
    town.page(2, of=3)
    town.page(3, "A last line.", of=3)
    town.fetch()
    town.walk(2)
    assert town.fetch_again().changed == 1
    assert town.text == told(1, 2)
    assert town.rows("SELECT state FROM links WHERE page = 3") == [("gone",)]


def test_links_to_later_pages_lead_to_the_same_article(town: Town):
    town.walk()
    town.web.feed("/feed.xml", town.address(3), town.address(2), STORY)
    town.fetch()
    assert town.rows("SELECT count(*) FROM articles") == [(1,)]
    assert town.text == told(1, 2, 3)
    assert town.rows("SELECT state, article_id FROM links") == [("done", 1)] * 3


def test_a_link_to_page_two_alone_brings_the_whole_article(town: Town):
    town.walk()
    town.web.feed("/feed.xml", town.address(2))
    assert town.fetch().new == 1
    assert town.rows("SELECT url, text FROM articles") == [(town.web.origin + STORY, told(1, 2, 3))]


def test_a_link_that_stands_for_all_pages_brings_the_whole_article(town: Town):
    town.walk()
    town.id_pattern = "/2026/([a-z-]+)"
    town.web.feed("/feed.xml", town.address(2), STORY)
    assert town.fetch().new == 1
    assert town.text == told(1, 2, 3)
    assert (town.fetch_again().unchanged, town.read_again().unchanged) == (1, 1)


def test_pages_that_lead_in_a_circle_end(town: Town):
    town.page(1, of=2)
    town.page(2, of=3)
    town.page(3, *part(1), of=4)
    town.page(4, of=4)
    town.fetch()
    assert town.text == told(1, 2)
    assert town.asked == list(map(town.address, (1, 2, 3)))
    assert town.rows("SELECT pages, next_page FROM articles") == [(2, None)]


def test_a_page_of_another_site_is_not_asked_for(town: Town):
    town.page(1, of=1)
    answer = town.web.pages[STORY]
    answer.body = answer.body.replace(b'<div class="pages">', b'<div><a href="http://elsewhere.example/x?page=2">2</a>')
    town.fetch()
    assert town.text == told(1)
    assert town.rows("SELECT count(*) FROM fetches WHERE url LIKE '%elsewhere%'") == [(0,)]


def test_another_article_behind_the_number_is_left_out(town: Town):
    town.walk(1)
    town.page(1, of=2)
    town.page(2, of=2, title="Herring prices fall for the third week")
    town.fetch()
    assert town.text == told(1)
    assert town.rows("SELECT pages, next_page FROM articles") == [(1, None)]


def test_a_missing_page_leaves_what_is_there_and_says_so(town: Town):
    town.page(1, of=2)
    assert town.fetch().new == 1
    assert town.text == told(1)
    assert town.rows("SELECT pages, next_page FROM articles") == [(1, town.web.origin + town.address(2))]
    ((state, error, reason),) = town.rows("SELECT state, error, reason FROM links")
    assert (state, error) == ("done", "http_4xx")
    assert reason.startswith(f"the article goes on at {town.web.origin}{town.address(2)}: ")


def test_a_page_that_robots_txt_forbids_is_not_asked_for(town: Town):
    town.web.text("/robots.txt", "User-agent: *\nDisallow: /*?page=")
    town.walk()
    town.fetch()
    assert town.text == told(1)
    assert town.asked == [STORY]
    assert town.rows("SELECT error FROM links") == [("robots",)]


def test_a_page_that_fails_for_a_while_is_added_later(town: Town):
    town.walk()
    town.web.pages[town.address(3)].status = 503
    assert town.fetch().new == 1
    assert town.text == told(1, 2)
    ((error, attempts, soon),) = town.rows(
        "SELECT error, attempts, next_try < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+20 minutes') FROM links"
        " WHERE page = 1"
    )
    assert (error, attempts, soon) == ("http_5xx", 1, 1)
    town.web.pages[town.address(3)].status = 200
    assert town.fetch_again().changed == 1
    assert town.text == told(1, 2, 3)
    assert town.rows("SELECT error, attempts FROM links WHERE page = 1") == [(None, 0)]


def test_an_article_that_was_whole_stays_so_while_a_page_fails(town: Town):
    town.walk()
    town.fetch()
    town.page(1, *part(1, edited=True))
    town.web.pages[town.address(2)].status = 503
    assert town.fetch_again().changed == 0
    assert town.text == told(1, 2, 3)
    town.web.pages[town.address(2)].status = 200
    town.fetch_again()
    assert town.text == "\n\n".join((*part(1, edited=True), *part(2), *part(3)))


def test_an_article_without_end_is_cut_off_and_said_to_be(town: Town):
    town.walk(50)
    town.fetch()
    assert town.asked == [town.address(number) for number in range(1, MOST_PAGES + 1)]
    assert town.rows("SELECT pages, next_page FROM articles") == [
        (MOST_PAGES, town.web.origin + town.address(MOST_PAGES + 1))
    ]
    assert town.rows("SELECT error FROM links WHERE page = 1") == [("depth",)]


def test_kept_pages_are_joined_again_without_asking_anybody(town: Town):
    town.walk()
    town.fetch()
    before = town.rows("SELECT * FROM articles")
    report = town.read_again()
    assert town.web.asked == []
    assert (report.found, report.unchanged) == (1, 1)
    assert town.rows("SELECT * FROM articles") == before


def test_a_page_that_was_not_kept_costs_nothing_of_what_is_held(town: Town):
    town.walk()
    town.fetch()
    with closing(sqlite3.connect(town.database.with_name("pages.db"))) as pages, pages:
        pages.execute("DELETE FROM pages WHERE url LIKE '%page=2'")
    town.read_again()
    assert town.text == told(1, 2, 3)


def test_an_article_whose_other_pages_were_never_read_is_asked_for_again(town: Town):
    town.walk()
    town.fetch()
    with (
        closing(sqlite3.connect(town.database)) as db,
        closing(sqlite3.connect(town.database.with_name("pages.db"))) as pages,
        db,
        pages,
    ):
        pages.execute("DELETE FROM pages WHERE url LIKE '%page=%'")
        db.execute("DELETE FROM links WHERE page > 1")
        one = [told(1), Body.of_text(told(1)).html, content_hash(TITLE, told(1))]
        db.execute("UPDATE articles SET pages = 1, text = ?, html = ?, content_hash = ?", one)
    town.read_again()
    assert town.rows("SELECT pages, next_page FROM articles") == [(1, town.web.origin + town.address(2))]
    town.fetch()
    assert town.text == told(1, 2, 3)


def test_without_kept_pages_edits_are_seen_all_the_same(town: Town):
    town.keep_raw = "none"
    town.walk()
    town.fetch()
    town.page(3, *part(3, edited=True))
    assert town.fetch_again().changed == 1
    assert town.text == "\n\n".join((*part(1), *part(2), *part(3, edited=True)))
