"""What a run accepts as a link and as an article."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.article.body import Body
from ingest.errors import ExtractError, FetchError, PageError
from ingest.extraction.pagination.follow import JoinedArticle
from ingest.model import Article, Hints, Page, Source
from ingest.run import acceptance
from ingest.store import QueuedLink

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
URL = "https://news.example/2026/a?id=7"
SOURCE = Source("news", "https://news.example/feed", time_zone="Asia/Seoul", id_pattern=r"id=(\d+)")
QUEUED = QueuedLink(1, "news.example/7", URL, "news", SOURCE.url, NOW - timedelta(hours=2))


def _article(text: str = "The council met.", **said: object) -> Article:
    return Article(URL, URL, title="Bridges", body=Body.of_text(text), **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hints", "recent"),
    [
        (Hints(), True),
        (Hints(published="some day"), True),
        (Hints(published="2026-03-04T12:00:00Z"), True),
        (Hints(published="2026-03-04T11:59:59Z"), False),
        (Hints(modified="2026-03-04T11:59:59Z"), False),
        (Hints(modified="2026-03-05T00:00:00Z"), True),
        (Hints(published="2026-03-05T00:00:00Z", modified="2026-03-01T00:00:00Z"), True),
        (Hints(published="2026-03-01T00:00:00Z", modified="2026-03-05T00:00:00Z"), False),
        (Hints(published="2026-03-04 21:00"), True),
        (Hints(published="2026-03-04 20:59"), False),
    ],
)
def test_a_link_is_recent_unless_its_date_says_otherwise(hints: Hints, recent: bool) -> None:
    assert acceptance.is_recent(hints, SOURCE, NOW) is recent


def test_every_link_is_recent_for_a_run_without_a_limit() -> None:
    assert acceptance.is_recent(Hints(published="1999-01-01"), SOURCE, None)


@pytest.mark.parametrize(
    ("article", "code"),
    [
        (_article(" \n "), "empty"),
        (Article(URL, URL, title="404 Not Found", body=Body.of_text("Page not found.")), "empty"),
        (_article(page_type="listing"), "not_an_article"),
    ],
)
def test_empty_missing_and_listing_pages_are_no_articles(article: Article, code: str) -> None:
    with pytest.raises(ExtractError) as caught:
        acceptance.check_article(article)
    assert caught.value.code == code


@pytest.mark.parametrize("page_type", ["article", "forum", "other"])
def test_words_of_a_forum_or_a_stub_are_accepted(page_type: str) -> None:
    acceptance.check_article(_article(page_type=page_type))


@pytest.mark.parametrize(
    ("gap", "revalidate"),
    [
        (None, True),
        (FetchError(URL, "gone", "410"), True),
        (PageError(URL, "depth", "too many pages"), True),
        (FetchError(URL, "http_5xx", "503"), False),
        (FetchError(URL, "timeout", "slow"), False),
    ],
)
def test_an_article_is_fetched_unconditionally_while_a_page_of_it_is_missing_for_now(
    gap: PageError | None, revalidate: bool
) -> None:
    page = Page(URL, URL, 200, b"", {}, NOW)
    later = (Page(f"{URL}&page=2", f"{URL}&page=2", 200, b"", {}, NOW),)
    extracted = acceptance.extracted(SOURCE, QUEUED, page, JoinedArticle(_article(), later, gap))
    assert (extracted.revalidate, extracted.gap, extracted.later, extracted.page) == (revalidate, gap, later, page)


def test_an_article_is_unique_by_the_id_of_its_canonical_url() -> None:
    article = Article(URL, "https://news.example/other?id=9", body=Body.of_text("x"))
    extracted = acceptance.extracted(SOURCE, QUEUED, None, JoinedArticle(article))
    assert extracted.key == acceptance.urls.key("https://news.example/else?id=9", SOURCE.id_pattern)


def test_the_age_of_an_article_counts_from_its_publication_or_else_from_the_finding_of_its_link() -> None:
    published = NOW - timedelta(minutes=30)
    assert acceptance.next_check(QUEUED, _article(published=published), NOW) == published + timedelta(hours=1)
    assert acceptance.next_check(QUEUED, _article(), NOW) == QUEUED.found_at + timedelta(hours=6)
    assert acceptance.next_check(QUEUED, None, NOW) == QUEUED.found_at + timedelta(hours=6)


def test_an_article_dated_in_the_future_is_as_young_as_can_be() -> None:
    assert acceptance.next_check(QUEUED, _article(published=NOW + timedelta(days=9)), NOW) == NOW + timedelta(hours=1)


def test_an_old_article_is_not_looked_at_again() -> None:
    assert acceptance.next_check(QUEUED, _article(published=NOW - timedelta(days=90)), NOW) is None


def test_a_wall_is_no_article_and_says_what_it_asks_for() -> None:
    article = _article("Subscribe to read this article.")
    with pytest.raises(ExtractError, match="asks for a subscription") as failure:
        acceptance.check_article(article)
    assert failure.value.code == "wall"


def test_an_error_message_with_status_200_is_no_article() -> None:
    article = _article("Something went wrong. Please try again later.")
    with pytest.raises(ExtractError, match="an error occurred") as failure:
        acceptance.check_article(article)
    assert failure.value.code == "empty"
