"""Which raw pages are kept, and how they come back."""

from __future__ import annotations

from typing import Any

import pytest

URL = "https://news.example/a"


def _kept(desk: Any) -> list[bytes]:
    return [raw.page.content for raw, _ in desk.store.raw_pages()]


def _count(desk: Any) -> int:
    return int(desk.store._pages.execute("SELECT count(*) FROM pages").fetchone()[0])


def test_a_kept_page_comes_back_as_it_was_fetched(desk: Any) -> None:
    (queued,) = desk.queue("a")
    page = desk.page(URL, bytes(range(256)) * 100, **{"content-type": "text/html; charset=euc-kr"})
    assert desk.store.keep_page(page, "all", "news", desk.now)
    ((raw, link),) = desk.store.raw_pages()
    assert raw.page == page
    assert (raw.source, link) == ("news", queued)


def test_an_empty_page_can_be_kept(desk: Any) -> None:
    desk.store.keep_page(desk.page(URL, b""), "all", "news", desk.now)
    assert _kept(desk) == [b""]


@pytest.mark.parametrize(("mode", "count"), [("all", 2), ("latest", 1), ("none", 0)])
def test_as_many_pages_are_kept_as_the_source_asks_for(desk: Any, mode: Any, count: int) -> None:
    for content in (b"one", b"two"):
        desk.later(hours=1)
        desk.store.keep_page(desk.page(URL, content), mode, "news", desk.now)
    assert _count(desk) == count
    assert _kept(desk) == [b"two"] * bool(count)


def test_the_same_content_is_not_kept_twice(desk: Any) -> None:
    assert desk.store.keep_page(desk.page(URL, b"one"), "all", "news", desk.now)
    desk.later(hours=1)
    assert not desk.store.keep_page(desk.page(URL, b"one"), "all", "news", desk.now)
    row = next(iter(desk.store._pages.query("SELECT fetched_at, last_seen FROM pages")))
    assert row == {"fetched_at": "2026-03-04T05:06:07Z", "last_seen": "2026-03-04T06:06:07Z"}


def test_pages_are_stored_compressed(desk: Any) -> None:
    desk.store.keep_page(desk.page(URL, b"<p>the same line again</p>" * 1_000), "all", "news", desk.now)
    row = next(iter(desk.store._pages.query("SELECT size, length(content) AS stored FROM pages")))
    assert row["size"] == 26_000
    assert row["stored"] < 1_000


def test_pages_can_be_asked_for_by_source(desk: Any) -> None:
    desk.store.keep_page(desk.page(URL, b"one"), "all", "news", desk.now)
    desk.store.keep_page(desk.page("https://other.example/a", b"two"), "all", "other", desk.now)
    assert [raw.source for raw, _ in desk.store.raw_pages(["other"])] == ["other"]
    assert [raw.source for raw, _ in desk.store.raw_pages(["nobody"])] == []
    assert [raw.source for raw, _ in desk.store.raw_pages()] == ["news", "other"]


def test_articles_can_land_while_pages_are_read(desk: Any) -> None:
    for queued in desk.queue("a", "b"):
        desk.store.keep_page(desk.page(queued.url), "all", "news", desk.now)
    for raw, link in desk.store.raw_pages():
        desk.save_article(link, f"again from {raw.page.url}")
    assert desk.row("SELECT count(*) AS n FROM articles")["n"] == 2
