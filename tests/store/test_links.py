"""What waits to be fetched, and what becomes of it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from ingest.errors import FetchError
from ingest.model import Hints, Link, Source, Validators
from ingest.store import IndexCounts, index_pages

FEED = "https://news.example/feed"


def _link(path: str, *, via: str = FEED, source: str = "news", **hints: Any) -> tuple[str, Link]:
    return f"news.example/{path}", Link(f"https://news.example/{path}", source, via, Hints(**hints))


def _record(desk: Any, *links: tuple[str, Link], url: str = FEED, source: str = "news") -> IndexCounts:
    counts: IndexCounts = desk.store.record_index(source, url, Validators('"1"', "Mon"), links, [], desk.now)
    return counts


def test_new_links_are_queued_in_the_order_they_came(desk: Any) -> None:
    assert _record(desk, _link("c"), _link("a"), _link("b")) == IndexCounts(found=3, new=3)
    assert [link.url[-1] for link in desk.due()] == ["c", "a", "b"]


def test_a_queued_link_brings_back_what_the_feed_said(desk: Any) -> None:
    hints = Hints(title="제목", authors=("A", "B"), published="Mon, 6 Jan", content="<p>…</p>", tags=("x",))
    link = Link("https://news.example/a", "news", FEED, hints)
    _record(desk, ("news.example/a", link))
    (queued,) = desk.due()
    assert Link(queued.url, queued.source, queued.via, queued.hints) == link
    assert queued.found_at == desk.now


def test_validators_of_an_index_page_are_saved_with_its_links(desk: Any) -> None:
    assert index_pages.standing(desk.store, "news", FEED).validators == Validators()
    _record(desk, _link("a"))
    assert index_pages.standing(desk.store, "news", FEED).validators == Validators('"1"', "Mon")
    assert index_pages.standing(desk.store, "other", FEED).validators == Validators()
    assert desk.row("SELECT etag, last_modified FROM sources WHERE name = 'news'") == {
        "etag": '"1"',
        "last_modified": "Mon",
    }


def test_validators_are_not_saved_when_a_link_cannot_be(desk: Any) -> None:
    broken = ("news.example/b", Link("https://news.example/b", "news", None))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        _record(desk, _link("a"), broken)
    assert index_pages.standing(desk.store, "news", FEED).validators == Validators()
    assert desk.due() == []


def test_a_known_link_is_left_alone_while_its_feed_says_the_same(desk: Any) -> None:
    _record(desk, _link("a", title="One"))
    desk.save_article(desk.due()[0])
    assert _record(desk, _link("a", title="One")) == IndexCounts(found=1)
    assert desk.due() == []


def test_a_known_link_is_fetched_again_when_its_feed_says_something_else(desk: Any) -> None:
    _record(desk, _link("a", title="One", modified="1"))
    desk.save_article(desk.due()[0])
    assert _record(desk, _link("a", title="One", modified="2")) == IndexCounts(found=1, requeued=1)
    (queued,) = desk.due()
    assert (queued.hints.modified, queued.article_id) == ("2", 1)


def test_content_that_varies_with_every_request_is_no_news_when_the_feed_dates_its_changes(desk: Any) -> None:
    _record(desk, _link("a", modified="1", content="12 readers"))
    desk.save_article(desk.due()[0])
    assert _record(desk, _link("a", modified="1", content="13 readers")).requeued == 0
    assert _record(desk, _link("b", content="text")).new == 1
    desk.save_article(desk.due()[0])
    assert _record(desk, _link("b", content="another text")).requeued == 1


def test_another_index_page_may_call_a_link_something_else(desk: Any) -> None:
    sitemap = "https://news.example/sitemap.xml"
    _record(desk, _link("a", title="One"))
    desk.save_article(desk.due()[0])
    for _ in range(2):
        assert _record(desk, _link("a", via=sitemap, title="One | News"), url=sitemap) == IndexCounts(found=1)
        assert _record(desk, _link("a", title="One")) == IndexCounts(found=1)
    assert desk.row("SELECT via, source FROM links") == {"via": FEED, "source": "news"}


def test_a_link_of_a_dropped_source_goes_over_to_the_source_that_names_it(desk: Any) -> None:
    _record(desk, _link("a"))
    desk.store.configure([Source("other", "https://other.example/")], desk.now)
    _record(desk, _link("a", source="other"), source="other")
    assert [link.key for link in desk.due("other")] == ["news.example/a"]


def test_a_failed_link_comes_back_when_its_time_has_come(desk: Any) -> None:
    (queued,) = desk.queue("a")
    error = FetchError(queued.url, "http_5xx", "503 Service\nUnavailable", status=503)
    desk.store.fail(queued, error, now=desk.now, next_try=desk.now + timedelta(minutes=10))
    assert desk.row("SELECT state, attempts, error, reason FROM links") == {
        "state": "failed",
        "attempts": 1,
        "error": "http_5xx",
        "reason": "503 Service Unavailable",
    }
    desk.later(minutes=9)
    assert desk.due() == []
    desk.later(minutes=1)
    assert [link.attempts for link in desk.due()] == [1]


def test_a_link_that_failed_for_good_stays_with_its_reason(desk: Any) -> None:
    (queued,) = desk.queue("a")
    desk.store.fail(queued, FetchError(queued.url, "http_4xx", "404"), now=desk.now, next_try=None)
    desk.later(days=400)
    assert desk.due() == []
    assert desk.row("SELECT state, error FROM links") == {"state": "failed", "error": "http_4xx"}


def test_a_failed_look_at_a_stored_article_leaves_its_link_done(desk: Any) -> None:
    (queued,) = desk.queue("a")
    desk.save_article(queued, next_check=desk.now)
    (again,) = desk.due()
    desk.store.fail(again, FetchError(again.url, "timeout", "slow"), now=desk.now, next_try=None)
    assert desk.row("SELECT state, error FROM links") == {"state": "done", "error": "timeout"}


def test_articles_are_looked_at_again_after_new_ones_were_fetched(desk: Any) -> None:
    (old,) = desk.queue("old")
    desk.save_article(old, next_check=desk.now + timedelta(hours=1))
    desk.later(hours=2)
    assert [link.url[-3:] for link in desk.queue("new")] == ["new", "old"]


def test_unchanged_pages_keep_their_validators_and_wait_for_the_next_check(desk: Any) -> None:
    (queued,) = desk.queue("a")
    desk.save_article(queued, page=desk.page(queued.url, etag='"v1"'), next_check=desk.now)
    (again,) = desk.due()
    desk.store.unchanged(again, desk.now, desk.now + timedelta(days=1))
    assert desk.due() == []
    desk.later(days=1)
    assert desk.due()[0].validators == Validators('"v1"')


def test_skipped_refused_and_gone_links_say_why(desk: Any) -> None:
    first, second = desk.queue("a", "b")
    desk.store.skip(first, "not_an_article", "the page is a list of links", desk.now)
    desk.store.gone(second, desk.now)
    refused = [("https://elsewhere.example/x", "foreign_host", "not the source's own host")]
    desk.store.record_index("news", FEED, Validators(), [], refused * 2, desk.now)
    assert desk.rows("SELECT state, error, url FROM links ORDER BY id") == [
        {"state": "skipped", "error": "not_an_article", "url": "https://news.example/a"},
        {"state": "gone", "error": "gone", "url": "https://news.example/b"},
        {"state": "skipped", "error": "foreign_host", "url": "https://elsewhere.example/x"},
    ]
    assert desk.due() == []


def test_links_of_a_higher_priority_come_first(desk: Any) -> None:
    desk.store.record_index("news", FEED, Validators(), [_link("history")], [], desk.now, priority=-1)
    _record(desk, _link("today"))
    assert [link.url[-5:] for link in desk.due()] == ["today", "story"]


def test_held_links_are_those_that_are_known(desk: Any) -> None:
    _record(desk, _link("a"))
    assert desk.store.held_links(["news.example/a", "news.example/b"]) == {"news.example/a"}


def test_the_next_links_are_found_as_quickly_in_a_long_queue_as_in_a_short_one(desk: Any) -> None:
    def steps() -> int:
        """Hundreds of instructions of SQLite's machine, which no other process disturbs."""
        count = 0

        def step() -> None:
            nonlocal count
            count += 1

        desk.store.database.conn.set_progress_handler(step, 100)
        assert len(desk.store.due_links("news", desk.now, 20)) == 20
        desk.store.database.conn.set_progress_handler(None, 0)
        return count

    desk.queue(*(f"s{number}" for number in range(100)))
    short = steps()
    desk.queue(*(f"l{number}" for number in range(5_000)))
    assert steps() < 2 * short + 5
