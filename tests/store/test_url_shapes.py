"""How many pages of each shape of URL were articles, and the links that were filtered out by it."""

from __future__ import annotations

from typing import Any

from ingest.discover.shape_filter import ShapeCounts, SkippedLink
from ingest.model import Link

FEED = "https://news.example/feed"


def _skipped(path: str, shape: str = "news.example/beat/*") -> SkippedLink:
    link = Link(f"https://news.example/{path}", "news", FEED)
    return SkippedLink(f"news.example/{path}", link, shape, "learned: of no use")


def test_articles_and_other_pages_are_counted_by_the_shape_of_their_url(archive: Any) -> None:
    first, second, third = archive.queue("beat/harbour", "beat/market", "beat/school")
    archive.save_article(first)
    archive.later(hours=1)
    archive.store.skip(second, "not_an_article", "a list", archive.now, counts_for_shape=True)
    archive.store.skip(third, "robots", "disallowed", archive.now)
    assert archive.store.url_shapes("news") == {"news.example/beat/*": ShapeCounts(1, 1, archive.now)}
    assert archive.store.url_shapes("other") == {}


def test_an_article_that_is_checked_again_counts_once(archive: Any) -> None:
    (queued,) = archive.queue("beat/harbour")
    archive.save_article(queued, next_check=archive.now)
    archive.save_article(archive.due()[0], "edited")
    assert archive.store.url_shapes("news")["news.example/beat/*"].articles == 1


def test_an_article_of_the_shape_queues_the_links_that_were_filtered_out(archive: Any) -> None:
    archive.record([], skipped=[_skipped("beat/harbour"), _skipped("tag/x", "news.example/tag/*")])
    assert archive.due() == []
    (queued,) = archive.queue("beat/market")
    archive.save_article(queued)
    assert [link.key for link in archive.due()] == ["news.example/beat/harbour"]
    assert archive.row("SELECT state, shape, error, reason FROM links WHERE key = 'news.example/beat/harbour'") == {
        "state": "queued", "shape": None, "error": None, "reason": None
    }  # fmt: skip


def test_a_page_that_is_no_article_queues_nothing(archive: Any) -> None:
    archive.record([], skipped=[_skipped("beat/harbour")])
    (queued,) = archive.queue("beat/market")
    archive.store.skip(queued, "not_an_article", "a list", archive.now, counts_for_shape=True)
    assert archive.due() == []


def test_the_newest_filtered_link_of_a_shape_is_tried_and_the_day_remembered(archive: Any) -> None:
    (queued,) = archive.queue("beat/market")
    archive.store.skip(queued, "not_an_article", "a list", archive.now, counts_for_shape=True)
    archive.later(days=8)
    archive.record([], skipped=[_skipped("beat/harbour"), _skipped("beat/school")], retry=["news.example/beat/*"])
    assert [link.key for link in archive.due()] == ["news.example/beat/school"]
    assert archive.store.url_shapes("news")["news.example/beat/*"].tried_at == archive.now


def test_a_shape_without_a_filtered_link_is_not_tried(archive: Any) -> None:
    (queued,) = archive.queue("beat/market")
    archive.store.skip(queued, "not_an_article", "a list", archive.now, counts_for_shape=True)
    before = archive.now
    archive.later(days=8)
    archive.record([], retry=["news.example/beat/*"])
    assert archive.store.url_shapes("news")["news.example/beat/*"].tried_at == before
