"""The links of an article's later pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingest.article.body import Body
from ingest.dedup.decide import decide
from ingest.errors import FetchError
from ingest.model import Article, Decision, Page, Validators
from ingest.schedule.requeue import requeue
from ingest.store import Extracted, QueuedLink


def _save(archive: Any, queued: QueuedLink, *later: Page, missing: str = "", **said: Any) -> Decision:
    article = Article(queued.url, queued.url, title="Bridges", body=Body.of_text("text " * 50), pages=len(later) + 1)
    gap = FetchError(missing, "http_5xx", "503") if missing else None
    page = archive.page(queued.url, etag='"1"')
    extracted = Extracted(queued, article, queued.key, page, later, gap, **said)
    decision: Decision = archive.store.save_article(extracted, decide, archive.now, archive.now)
    return decision


def _page(archive: Any, number: int) -> Page:
    page: Page = archive.page(f"https://news.example/a/{number}", etag=f'"{number}"')
    return page


def test_later_pages_are_kept_in_their_order_with_their_validators(archive: Any) -> None:
    (queued,) = archive.queue("a")
    _save(archive, queued, _page(archive, 2), _page(archive, 3))
    assert archive.store.later_pages(1) == [
        ("https://news.example/a/2", Validators('"2"')),
        ("https://news.example/a/3", Validators('"3"')),
    ]
    assert [link.key for link in archive.due()] == ["news.example/a"]


def test_a_later_page_that_a_feed_has_named_leads_to_the_same_article(archive: Any) -> None:
    queued, _ = archive.queue("a", "a/2")
    _save(archive, queued, _page(archive, 2))
    assert [link.key for link in archive.due()] == ["news.example/a"]
    assert archive.row("SELECT state, page, article_id FROM links WHERE key = 'news.example/a/2'") == {
        "state": "done", "page": 2, "article_id": 1
    }  # fmt: skip


def test_pages_beyond_the_end_of_a_shortened_article_are_gone(archive: Any) -> None:
    (queued,) = archive.queue("a")
    _save(archive, queued, _page(archive, 2), _page(archive, 3))
    (again,) = archive.due()
    _save(archive, again, _page(archive, 2))
    assert [url[-1] for url, _ in archive.store.later_pages(1)] == ["2"]
    assert archive.row("SELECT state, error FROM links WHERE page = 3") == {"state": "gone", "error": "gone"}


def test_pages_beyond_a_missing_one_stay(archive: Any) -> None:
    (queued,) = archive.queue("a")
    _save(archive, queued, _page(archive, 2), _page(archive, 3))
    (again,) = archive.due()
    _save(archive, again, missing="https://news.example/a/2")
    assert [url[-1] for url, _ in archive.store.later_pages(1)] == ["2", "3"]
    link = archive.row("SELECT state, attempts, error, reason FROM links WHERE page = 1")
    assert link == {
        "state": "done",
        "attempts": 1,
        "error": "http_5xx",
        "reason": "the article goes on at https://news.example/a/2: 503",
    }


def test_an_article_with_a_page_missing_for_now_is_fetched_without_validators(archive: Any) -> None:
    first, second = archive.queue("a", "b")
    _save(archive, first, missing="https://news.example/a/2")
    _save(archive, second, missing="https://news.example/b/2", revalidate=False)
    kept, dropped = archive.due()
    assert (kept.validators, bool(kept.page_hash)) == (Validators('"1"'), True)
    assert (dropped.validators, dropped.page_hash) == (Validators(), "")


def test_a_later_page_sends_the_reader_to_the_first(archive: Any) -> None:
    (later,) = archive.queue("a/2", title="Bridges")
    archive.store.queue_first(later, "news.example/a", "https://news.example/a", requeue, archive.now)
    first = archive.due()[-1]
    assert (first.url, first.via, first.hints.title) == ("https://news.example/a", later.url, "Bridges")


def test_a_reextraction_that_finds_a_further_page_makes_the_article_due(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, page=archive.page(queued.url, etag='"1"'))
    assert archive.due() == []
    queued = replace(queued, article_id=1)
    article = Article(queued.url, queued.url, title="Bridges", body=Body.of_text("text " * 50))
    gap = FetchError("https://news.example/a/2", "gone", "the page was not kept")
    extracted = Extracted(queued, article, queued.key, archive.page(queued.url), gap=gap)
    archive.store.save_reextracted(extracted, decide, archive.now, None)
    (again,) = archive.due()
    assert (again.key, again.validators, again.page_hash) == ("news.example/a", Validators(), "")
