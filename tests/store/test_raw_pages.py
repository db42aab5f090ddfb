"""Which raw pages are kept, and how they come back."""

from __future__ import annotations

from typing import Any

import pytest

URL = "https://news.example/a"


def _kept(archive: Any) -> list[bytes]:
    return [raw.page.content for raw, _ in archive.reader.raw_pages()]


def _count(archive: Any) -> int:
    return int(archive.pages.execute("SELECT count(*) FROM pages").fetchone()[0])


def test_a_kept_page_comes_back_as_it_was_fetched(archive: Any) -> None:
    (queued,) = archive.queue("a")
    page = archive.page(URL, bytes(range(256)) * 100, **{"content-type": "text/html; charset=euc-kr"})
    assert archive.keep(page)
    ((raw, link),) = archive.reader.raw_pages()
    assert raw.page == page
    assert (raw.source, link) == ("news", queued)


def test_an_empty_page_can_be_kept(archive: Any) -> None:
    archive.keep(archive.page(URL, b""))
    assert _kept(archive) == [b""]


@pytest.mark.parametrize(("mode", "count"), [("all", 2), ("latest", 1), ("none", 0)])
def test_as_many_pages_are_kept_as_the_source_asks_for(archive: Any, mode: Any, count: int) -> None:
    for content in (b"one", b"two"):
        archive.later(hours=1)
        archive.keep(archive.page(URL, content), mode)
    assert _count(archive) == count
    assert _kept(archive) == [b"two"] * bool(count)


def test_the_same_content_is_not_kept_twice(archive: Any) -> None:
    assert archive.keep(archive.page(URL, b"one"))
    archive.later(hours=1)
    assert not archive.keep(archive.page(URL, b"one"))
    row = next(iter(archive.pages.query("SELECT fetched_at, last_seen FROM pages")))
    assert row == {"fetched_at": "2026-03-04T05:06:07Z", "last_seen": "2026-03-04T06:06:07Z"}


def test_pages_are_stored_compressed(archive: Any) -> None:
    archive.keep(archive.page(URL, b"<p>the same line again</p>" * 1_000))
    row = next(iter(archive.pages.query("SELECT size, length(content) AS stored FROM pages")))
    assert row["size"] == 26_000
    assert row["stored"] < 1_000


def test_pages_can_be_read_by_source(archive: Any) -> None:
    archive.keep(archive.page(URL, b"one"))
    archive.keep(archive.page("https://other.example/a", b"two"), source="other")
    assert [raw.source for raw, _ in archive.reader.raw_pages(["other"])] == ["other"]
    assert [raw.source for raw, _ in archive.reader.raw_pages(["nobody"])] == []
    assert [raw.source for raw, _ in archive.reader.raw_pages()] == ["news", "other"]


def test_articles_can_be_saved_while_pages_are_read(archive: Any) -> None:
    for queued in archive.queue("a", "b"):
        archive.keep(archive.page(queued.url))
    for raw, link in archive.reader.raw_pages():
        archive.save_article(link, f"again from {raw.page.url}")
    assert archive.row("SELECT count(*) AS n FROM articles")["n"] == 2
