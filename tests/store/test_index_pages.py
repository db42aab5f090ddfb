"""What is remembered of an index page."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from ingest.discover.revalidation import IndexPageState
from ingest.discover.shape_filter import SkippedLink
from ingest.model import Link, Validators

FEED = "https://news.example/feed"


def link(path: str) -> tuple[str, Link]:
    return f"news.example/{path}", Link(f"https://news.example/{path}", "news", FEED)


def full(archive: Any) -> IndexPageState:
    return IndexPageState(
        Validators('"1"', "Mon"), "hash", "as", archive.now, 3, archive.now, "https://news.example/next", 2, "https://new.example/"
    )  # fmt: skip


def test_the_state_of_an_index_page_comes_back_as_it_was_saved(archive: Any) -> None:
    assert archive.store.index_page("news", FEED) == IndexPageState()
    archive.store.save_index_page("news", FEED, full(archive), archive.now)
    assert archive.store.index_page("news", FEED) == full(archive)
    again = replace(full(archive), moved_to="", distrusted_at=None, unchanged=0)
    archive.store.save_index_page("news", FEED, again, archive.now)
    assert archive.store.index_page("news", FEED) == again
    assert archive.store.index_page("other", FEED) == IndexPageState()


def test_nothing_of_a_page_is_remembered_when_one_of_its_links_cannot_be_saved(archive: Any) -> None:
    broken = ("news.example/b", Link("https://news.example/b", "news", None))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        archive.record([link("a"), broken], state=full(archive))
    assert archive.store.index_page("news", FEED) == IndexPageState()
    assert archive.due() == []


def test_a_filtered_link_waits_until_an_index_page_names_it_to_be_followed(archive: Any) -> None:
    key, front = link("beat/harbour")
    left_out = SkippedLink(key, front, "news.example/beat/*", "learned: of no use")
    counts = archive.record([], skipped=[left_out])
    assert (counts.new, archive.due()) == (0, [])
    assert archive.row("SELECT state, error, reason FROM links") == {
        "state": "skipped", "error": "not_an_article", "reason": "learned: of no use"
    }  # fmt: skip
    counts = archive.record([(key, front)])
    assert (counts.new, [queued.key for queued in archive.due()]) == (1, [key])


def test_a_known_link_is_not_filtered_out_afterwards(archive: Any) -> None:
    key, front = link("beat/harbour")
    archive.record([(key, front)])
    left_out = SkippedLink(key, front, "news.example/beat/*", "learned: of no use")
    archive.record([], skipped=[left_out])
    assert [queued.key for queued in archive.due()] == [key]
