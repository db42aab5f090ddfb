"""The index pages of a backfill: unread, read and failed."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from ingest.discover import IndexRequest
from ingest.discover.revalidation import IndexPageState
from ingest.discover.shape_filter import FilteredLinks
from ingest.model import Link, Validators
from ingest.schedule.requeue import requeue
from ingest.store import ReadIndex, backfills
from ingest.store.backfills import Progress, Step

FEED = "https://news.example/feed"


def _request(number: int) -> IndexRequest:
    return IndexRequest(f"{FEED}?page={number}", "feed", depth=number, via=FEED, optional=number > 1)


def _begin(archive: Any, *numbers: int) -> bool:
    resumed: bool = archive.store.begin_backfill("news", [_request(number) for number in numbers], archive.now)
    return resumed


def _record(archive: Any, step: Step, *paths: Any, further: tuple[IndexRequest, ...] = ()) -> None:
    links = [(f"news.example/{path}", Link(f"https://news.example/{path}", "news", path and FEED)) for path in paths]
    read = ReadIndex("news", step.request.url, FilteredLinks(tuple(links)), priority=backfills.PRIORITY)
    archive.store.record_step(step, read, further, requeue, archive.now)


def test_pages_come_in_the_order_in_which_they_were_found(archive: Any) -> None:
    assert not _begin(archive, 1, 2)
    first = archive.store.next_step("news", 0)
    assert first.request == _request(1)
    _record(archive, first, "a", further=(_request(3), _request(2)))
    second = archive.store.next_step("news", first.id)
    third = archive.store.next_step("news", second.id)
    assert [second.request, third.request] == [_request(2), _request(3)]
    assert archive.store.next_step("news", third.id) is None
    assert archive.store.next_step("other", 0) is None
    assert archive.store.backfill_progress("news") == Progress(read=1, unread=2)


def test_an_unfinished_backfill_is_resumed_and_a_finished_one_begun_anew(archive: Any) -> None:
    _begin(archive, 1, 2)
    first = archive.store.next_step("news", 0)
    _record(archive, first)
    assert _begin(archive, 1, 2)
    assert archive.store.backfill_progress("news") == Progress(read=1, unread=1)
    _record(archive, archive.store.next_step("news", first.id))
    assert not _begin(archive, 1)
    assert archive.store.backfill_progress("news") == Progress(unread=1)


def test_links_of_history_wait_behind_the_news(archive: Any) -> None:
    _begin(archive, 1)
    _record(archive, archive.store.next_step("news", 0), "old")
    assert [link.key for link in archive.queue("new")] == ["news.example/new", "news.example/old"]


def test_a_page_is_not_marked_read_when_one_of_its_links_cannot_be_saved(archive: Any) -> None:
    _begin(archive, 1)
    step = archive.store.next_step("news", 0)
    with pytest.raises(sqlite3.IntegrityError):
        _record(archive, step, "a", None)
    assert archive.store.backfill_progress("news") == Progress(unread=1)
    assert archive.due() == []


def test_the_next_run_fetches_an_index_page_of_a_backfill_without_validators(archive: Any) -> None:
    url = _request(1).url
    archive.store.save_index_page("news", url, IndexPageState(Validators('"1"'), "hash", "as"), archive.now)
    _begin(archive, 1)
    _record(archive, archive.store.next_step("news", 0), "a")
    assert archive.store.index_page("news", url) == IndexPageState(Validators(), "hash", "as")


def test_a_page_that_fails_is_given_up_or_stays_for_the_next_run(archive: Any) -> None:
    _begin(archive, 1, 2)
    first = archive.store.next_step("news", 0)
    second = archive.store.next_step("news", first.id)
    archive.store.fail_step("news", first, "timeout", [], archive.now, again=True)
    archive.store.fail_step("news", second, "http_4xx", [_request(3)], archive.now, again=False)
    assert archive.rows("SELECT url, state, error FROM history_pages ORDER BY id") == [
        {"url": _request(1).url, "state": "unread", "error": "timeout"},
        {"url": _request(2).url, "state": "failed", "error": "http_4xx"},
        {"url": _request(3).url, "state": "unread", "error": None},
    ]


def test_an_archive_without_end_ends_and_says_so(archive: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backfills, "MOST_PAGES", 2)
    _begin(archive, 1)
    _record(archive, archive.store.next_step("news", 0), further=(_request(2), _request(3)))
    assert archive.store.backfill_progress("news") == Progress(read=1, unread=1)
    assert archive.row("SELECT error FROM history_pages WHERE state = 'read'") == {"error": "budget"}


def test_articles_that_an_index_page_named_are_known_the_last_ones_first(archive: Any) -> None:
    first, _, third = archive.queue("a", "b", "c")
    archive.save_article(first)
    archive.store.skip(third, "robots", "disallowed", archive.now)
    assert archive.store.named_by("news", FEED) == ["https://news.example/b", "https://news.example/a"]
    assert archive.store.named_by("news", "https://news.example/") == []
