"""What waits to be fetched, and what becomes of it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from ingest.discover.revalidation import IndexPageState
from ingest.errors import FetchError
from ingest.model import Hints, Link, Source, Validators
from ingest.store import IndexCounts
from ingest.store.links import page_hash

FEED = "https://news.example/feed"


def _link(path: str, *, via: str = FEED, source: str = "news", **hints: Any) -> tuple[str, Link]:
    return f"news.example/{path}", Link(f"https://news.example/{path}", source, via, Hints(**hints))


def _record(archive: Any, *links: tuple[str, Link], url: str = FEED, source: str = "news") -> IndexCounts:
    counts: IndexCounts = archive.record(links, url, source, state=IndexPageState(Validators('"1"', "Mon")))
    return counts


def test_new_links_are_queued_in_the_order_they_came(archive: Any) -> None:
    assert _record(archive, _link("c"), _link("a"), _link("b")) == IndexCounts(found=3, new=3)
    assert [link.url[-1] for link in archive.due()] == ["c", "a", "b"]


def test_a_queued_link_keeps_the_hints_of_its_feed(archive: Any) -> None:
    hints = Hints(title="제목", authors=("A", "B"), published="Mon, 6 Jan", content="<p>…</p>", tags=("x",))
    link = Link("https://news.example/a", "news", FEED, hints)
    _record(archive, ("news.example/a", link))
    (queued,) = archive.due()
    assert Link(queued.url, queued.source, queued.via, queued.hints) == link
    assert queued.found_at == archive.now


def test_validators_of_an_index_page_are_saved_with_its_links(archive: Any) -> None:
    assert archive.store.index_page("news", FEED).validators == Validators()
    _record(archive, _link("a"))
    assert archive.store.index_page("news", FEED).validators == Validators('"1"', "Mon")
    assert archive.store.index_page("other", FEED).validators == Validators()
    assert archive.row("SELECT etag, last_modified FROM sources WHERE name = 'news'") == {
        "etag": '"1"',
        "last_modified": "Mon",
    }


def test_validators_are_not_saved_when_a_link_cannot_be(archive: Any) -> None:
    broken = ("news.example/b", Link("https://news.example/b", "news", None))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        _record(archive, _link("a"), broken)
    assert archive.store.index_page("news", FEED).validators == Validators()
    assert archive.due() == []


def test_a_known_link_is_left_alone_while_its_feed_says_the_same(archive: Any) -> None:
    _record(archive, _link("a", title="One"))
    archive.save_article(archive.due()[0])
    assert _record(archive, _link("a", title="One")) == IndexCounts(found=1)
    assert archive.due() == []


def test_a_known_link_is_fetched_again_when_its_feed_says_something_else(archive: Any) -> None:
    _record(archive, _link("a", title="One", modified="1"))
    archive.save_article(archive.due()[0])
    assert _record(archive, _link("a", title="One", modified="2")) == IndexCounts(found=1, requeued=1)
    (queued,) = archive.due()
    assert (queued.hints.modified, queued.article_id) == ("2", 1)


def test_content_that_varies_with_every_request_is_no_news_when_the_feed_dates_its_changes(archive: Any) -> None:
    _record(archive, _link("a", modified="1", content="12 readers"))
    archive.save_article(archive.due()[0])
    assert _record(archive, _link("a", modified="1", content="13 readers")).requeued == 0
    assert _record(archive, _link("b", content="text")).new == 1
    archive.save_article(archive.due()[0])
    assert _record(archive, _link("b", content="another text")).requeued == 1


def test_another_index_page_may_call_a_link_something_else(archive: Any) -> None:
    sitemap = "https://news.example/sitemap.xml"
    _record(archive, _link("a", title="One"))
    archive.save_article(archive.due()[0])
    for _ in range(2):
        assert _record(archive, _link("a", via=sitemap, title="One | News"), url=sitemap) == IndexCounts(found=1)
        assert _record(archive, _link("a", title="One")) == IndexCounts(found=1)
    assert archive.row("SELECT via, source FROM links") == {"via": FEED, "source": "news"}


def test_a_link_of_a_dropped_source_goes_over_to_the_source_that_names_it(archive: Any) -> None:
    _record(archive, _link("a"))
    archive.configure(Source("other", "https://other.example/"))
    _record(archive, _link("a", source="other"), source="other")
    assert [link.key for link in archive.due("other")] == ["news.example/a"]


def test_a_failed_link_comes_back_when_its_time_has_come(archive: Any) -> None:
    (queued,) = archive.queue("a")
    error = FetchError(queued.url, "http_5xx", "503 Service\nUnavailable", status=503)
    archive.store.fail(queued, error, now=archive.now, next_try=archive.now + timedelta(minutes=10))
    assert archive.row("SELECT state, attempts, error, reason FROM links") == {
        "state": "failed",
        "attempts": 1,
        "error": "http_5xx",
        "reason": "503 Service Unavailable",
    }
    archive.later(minutes=9)
    assert archive.due() == []
    archive.later(minutes=1)
    assert [link.attempts for link in archive.due()] == [1]


def test_a_link_that_failed_for_good_stays_with_its_reason(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.store.fail(queued, FetchError(queued.url, "http_4xx", "404"), now=archive.now, next_try=None)
    archive.later(days=400)
    assert archive.due() == []
    assert archive.row("SELECT state, error FROM links") == {"state": "failed", "error": "http_4xx"}


def test_a_failed_look_at_a_stored_article_leaves_its_link_done(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, next_check=archive.now)
    (again,) = archive.due()
    archive.store.fail(again, FetchError(again.url, "timeout", "slow"), now=archive.now, next_try=None)
    assert archive.row("SELECT state, error FROM links") == {"state": "done", "error": "timeout"}


def test_articles_are_looked_at_again_after_new_ones_were_fetched(archive: Any) -> None:
    (old,) = archive.queue("old")
    archive.save_article(old, next_check=archive.now + timedelta(hours=1))
    archive.later(hours=2)
    assert [link.url[-3:] for link in archive.queue("new")] == ["new", "old"]


def test_unchanged_pages_keep_their_validators_and_wait_for_the_next_check(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, page=archive.page(queued.url, etag='"v1"'), next_check=archive.now)
    (again,) = archive.due()
    archive.store.unchanged(again, archive.now, archive.now + timedelta(days=1))
    assert archive.due() == []
    archive.later(days=1)
    assert archive.due()[0].validators == Validators('"v1"')


def test_skipped_refused_and_gone_links_say_why(archive: Any) -> None:
    first, second = archive.queue("a", "b")
    archive.store.skip(first, "not_an_article", "the page is a list of links", archive.now)
    archive.store.mark_gone(second, archive.now, None)
    refused = [("https://elsewhere.example/x", "foreign_host", "not the source's own host")]
    archive.record([], refused=refused * 2)
    assert archive.rows("SELECT state, error, url FROM links ORDER BY id") == [
        {"state": "skipped", "error": "not_an_article", "url": "https://news.example/a"},
        {"state": "gone", "error": "gone", "url": "https://news.example/b"},
        {"state": "skipped", "error": "foreign_host", "url": "https://elsewhere.example/x"},
    ]
    assert archive.due() == []


def test_links_of_a_higher_priority_come_first(archive: Any) -> None:
    archive.record([_link("history")], priority=-1)
    _record(archive, _link("today"))
    assert [link.url[-5:] for link in archive.due()] == ["today", "story"]


def test_held_links_are_those_that_are_known(archive: Any) -> None:
    _record(archive, _link("a"))
    assert archive.store.held_links(["news.example/a", "news.example/b"]) == {"news.example/a"}


def test_the_next_links_are_found_as_quickly_in_a_long_queue_as_in_a_short_one(archive: Any) -> None:
    def steps() -> int:
        """Hundreds of instructions of SQLite's machine, which no other process disturbs."""
        count = 0

        def step() -> None:
            nonlocal count
            count += 1

        archive.store._db.conn.set_progress_handler(step, 100)
        assert len(archive.store.due_links("news", archive.now, 20)) == 20
        archive.store._db.conn.set_progress_handler(None, 0)
        return count

    archive.queue(*(f"s{number}" for number in range(100)))
    short = steps()
    archive.queue(*(f"l{number}" for number in range(5_000)))
    assert steps() < 2 * short + 5


def test_of_an_index_page_that_named_thousands_only_the_last_links_are_returned(archive: Any) -> None:
    archive.queue(*(f"s{number}" for number in range(600)))
    named = archive.store.named_by("news", FEED)
    assert named[0] == "https://news.example/s599"
    assert 50 < len(named) < 400


def test_a_link_that_another_source_names_first_stays_with_it_while_both_are_followed(archive: Any) -> None:
    _record(archive, _link("a"))
    assert _record(archive, _link("a", source="other"), source="other") == IndexCounts(found=1)
    assert [link.source for link in archive.due()] == ["news"]


def test_a_requeued_link_forgets_its_failures(archive: Any) -> None:
    _record(archive, _link("a", title="One"))
    (queued,) = archive.due()
    archive.store.fail(queued, FetchError(queued.url, "http_4xx", "404"), now=archive.now, next_try=None)
    assert archive.due() == []
    assert _record(archive, _link("a", title="Two")).requeued == 1
    assert archive.row("SELECT state, attempts, error, reason FROM links") == {
        "state": "queued", "attempts": 0, "error": None, "reason": None
    }  # fmt: skip


def test_a_postponed_link_waits_and_nothing_else_changes(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.store.postpone(queued, archive.now + timedelta(minutes=5))
    assert archive.due() == []
    archive.later(minutes=5)
    assert archive.due() == [queued]


def test_the_newest_links_come_first_for_a_run_that_takes_only_some(archive: Any) -> None:
    archive.queue("a", "b", "c")
    due = archive.store.due_links("news", archive.now, 2, newest_first=True)
    assert [link.url[-1] for link in due] == ["c", "b"]


def test_links_that_are_skipped_or_gone_are_never_due(archive: Any) -> None:
    first, second = archive.queue("a", "b")
    archive.store.skip(first, "robots", "disallowed", archive.now)
    archive.store.mark_gone(second, archive.now, None)
    archive.later(days=400)
    assert archive.due() == []


def test_a_page_is_the_same_while_its_content_its_url_and_its_hints_are(archive: Any) -> None:
    page = archive.page("https://news.example/a")
    same = page_hash(page, Hints(title="One"))
    assert same == page_hash(archive.page("https://news.example/a", etag='"2"'), Hints(title="One"))
    others = [
        page_hash(archive.page("https://news.example/a", b"<p>other</p>"), Hints(title="One")),
        page_hash(archive.page("https://news.example/b"), Hints(title="One")),
        page_hash(page, Hints(title="Two")),
    ]
    assert len({same, *others}) == 4
