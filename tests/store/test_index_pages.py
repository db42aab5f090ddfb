"""What is remembered of an index page."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from ingest.discover.revalidation import IndexPageState
from ingest.discover.shape_filter import FilteredLinks, SkippedLink
from ingest.model import Link, Validators
from ingest.store import index_pages

FEED = "https://news.example/feed"


def link(path: str) -> tuple[str, Link]:
    return f"news.example/{path}", Link(f"https://news.example/{path}", "news", FEED)


def full(desk: Any) -> IndexPageState:
    return IndexPageState(
        Validators('"1"', "Mon"), "hash", "as", desk.now, 3, desk.now, "https://news.example/next", 2, "https://new.example/"
    )  # fmt: skip


def test_a_standing_comes_back_as_it_was_saved(desk: Any) -> None:
    assert index_pages.standing(desk.store, "news", FEED) == IndexPageState()
    index_pages.save(desk.store, "news", FEED, full(desk), desk.now)
    assert index_pages.standing(desk.store, "news", FEED) == full(desk)
    again = replace(full(desk), moved_to="", distrusted_at=None, unchanged=0)
    index_pages.save(desk.store, "news", FEED, again, desk.now)
    assert index_pages.standing(desk.store, "news", FEED) == again
    assert index_pages.standing(desk.store, "other", FEED) == IndexPageState()


def test_nothing_of_a_page_is_remembered_when_one_of_its_links_cannot_be_saved(desk: Any) -> None:
    broken = ("news.example/b", Link("https://news.example/b", "news", None))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        index_pages.record(desk.store, "news", FEED, full(desk), FilteredLinks((link("a"), broken)), [], desk.now)
    assert index_pages.standing(desk.store, "news", FEED) == IndexPageState()
    assert desk.due() == []


def test_a_link_that_is_left_out_waits_until_somebody_vouches_for_it(desk: Any) -> None:
    key, front = link("beat/harbour")
    left_out = SkippedLink(key, front, "news.example/beat/*", "learned: of no use")
    counts = index_pages.record(
        desk.store, "news", FEED, IndexPageState(), FilteredLinks((), (left_out,)), [], desk.now
    )
    assert (counts.new, desk.due()) == (0, [])
    assert desk.row("SELECT state, error, reason FROM links") == {
        "state": "skipped", "error": "not_an_article", "reason": "learned: of no use"
    }  # fmt: skip
    counts = index_pages.record(
        desk.store, "news", FEED, IndexPageState(), FilteredLinks(((key, front),)), [], desk.now
    )
    assert (counts.new, [queued.key for queued in desk.due()]) == (1, [key])


def test_a_known_link_is_not_left_out_afterwards(desk: Any) -> None:
    key, front = link("beat/harbour")
    index_pages.record(desk.store, "news", FEED, IndexPageState(), FilteredLinks(((key, front),)), [], desk.now)
    left_out = SkippedLink(key, front, "news.example/beat/*", "learned: of no use")
    index_pages.record(desk.store, "news", FEED, IndexPageState(), FilteredLinks((), (left_out,)), [], desk.now)
    assert [queued.key for queued in desk.due()] == [key]
