"""Reading beside a run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ingest.store import Reader


def test_a_kept_page_is_found_by_its_url_the_newest_one(archive: Any) -> None:
    url = "https://news.example/a"
    for content in (b"one", b"two"):
        archive.later(hours=1)
        archive.keep(archive.page(url, content))
    assert archive.reader.raw_page(url).page.content == b"two"
    assert archive.reader.raw_page("https://news.example/b") is None


def test_it_is_known_when_the_page_of_an_article_was_last_read(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, next_check=archive.now)
    before = archive.now
    archive.later(days=2)
    assert archive.reader.read_at(1) == before
    archive.save_article(archive.due()[0])
    assert archive.reader.read_at(1) == before + timedelta(days=2)
    assert archive.reader.read_at(2) is None


def test_sources_that_were_ever_configured_are_known_by_name(archive: Any) -> None:
    archive.configure()
    assert sorted(archive.reader.source_names()) == ["news", "other"]


def test_an_export_names_its_columns(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    (article,) = archive.reader.export()
    assert list(article) == archive.reader.article_columns()


def test_an_export_can_begin_at_a_day_by_publication_or_by_the_finding_of_undated_articles(archive: Any) -> None:
    new, old, undated = archive.queue("new", "old", "undated")
    since = archive.now - timedelta(days=1)
    archive.save_article(new, "new", published=since)
    archive.save_article(old, "old", published=since - timedelta(seconds=1))
    archive.save_article(undated, "undated", published=None)
    assert [row["key"][13:] for row in archive.reader.export(since=since)] == ["new", "undated"]


def test_a_reader_of_its_own_sees_the_same(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    with Reader.open(archive.store.path) as reader:
        assert reader.latest() == archive.reader.latest()
