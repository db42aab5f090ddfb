"""The way through the index pages of a source: which are requested, in which order, and when a run has failed."""

from __future__ import annotations

import asyncio

import pytest

from ingest.discover import IndexRequest, IndexResult
from ingest.discover.crawl import INDEX_BUDGET, crawl, keyed_links, link_key, refused_with_reasons, retries_same_index
from ingest.errors import ERROR_CLASSES, FetchError, PageError
from ingest.model import Link, Source

HOME = "https://news.example/"
FEED = Source("news", f"{HOME}feed", "feed")
LINK = Link(f"{HOME}a-story", "news", FEED.url)
NEWS = IndexResult(links=(LINK,))


class Site:
    """Index pages by URL; what is missing is 404. ``requested`` lists what was asked for."""

    def __init__(self, **pages: IndexResult) -> None:
        self.pages = {HOME + path: result for path, result in pages.items()}
        self.requested: list[str] = []

    async def process(self, request: IndexRequest) -> IndexResult:
        self.requested.append(request.url.removeprefix(HOME))
        if request.url not in self.pages:
            raise FetchError(request.url, "gone", "404: no such page", status=404)
        return self.pages[request.url]

    def crawl(self, source: Source = FEED) -> list[PageError]:
        return asyncio.run(crawl(source, self.process))


def leads_to(*paths: str, optional: bool = False) -> IndexResult:
    return IndexResult(requests=tuple(IndexRequest(HOME + path, "sitemap", optional=optional) for path in paths))


def test_pages_are_read_level_by_level_each_once():
    site = Site(feed=leads_to("a", "b", "feed"), a=leads_to("c", "b"), b=leads_to("a"), c=NEWS)
    assert site.crawl() == []
    assert site.requested == ["feed", "a", "b", "feed", "c"], "/feed as a sitemap is another request than as a feed"


def test_one_url_as_two_kinds_is_requested_twice():
    site = Site(feed=IndexResult(requests=(IndexRequest(FEED.url, "feed"), IndexRequest(FEED.url, "sitemap"))))
    site.crawl()
    assert site.requested == ["feed", "feed"]


def test_a_source_whose_only_index_page_fails_has_failed():
    with pytest.raises(PageError) as failure:
        Site().crawl()
    assert failure.value.url == FEED.url


def test_a_page_that_only_leads_to_others_does_not_make_a_run_succeed():
    with pytest.raises(PageError) as failure:
        Site(feed=leads_to("a", "b")).crawl()
    assert failure.value.url == f"{HOME}a", "the first failure is the one that is told"


def test_a_failure_beside_pages_that_were_read_is_reported_and_not_raised():
    failures = Site(feed=leads_to("a", "b"), b=NEWS).crawl()
    assert [failure.url for failure in failures] == [f"{HOME}a"]


def test_an_empty_feed_is_an_answer():
    site = Site(feed=IndexResult())
    assert site.crawl() == []


def test_a_guess_that_does_not_exist_is_no_failure():
    assert Site(feed=leads_to("a", optional=True)).crawl() == []


def test_the_fallback_of_a_dead_feed_is_read_and_the_feed_reported():
    home = Source("news", HOME, "auto")
    site = Site()
    site.pages = {HOME: IndexResult(requests=(IndexRequest(FEED.url, "feed"),))}

    async def process(request: IndexRequest) -> IndexResult:
        return NEWS if request.kind == "listing" else await site.process(request)

    assert [failure.url for failure in asyncio.run(crawl(home, process))] == [FEED.url]


def test_a_smaller_page_of_the_same_api_is_no_failure_yet():
    source = Source("news", HOME, "wordpress")
    requested: list[str] = []

    async def process(request: IndexRequest) -> IndexResult:
        requested.append(request.url)
        if len(requested) == 1:
            raise FetchError(request.url, "too_large", "more than 10 MB")
        return NEWS

    assert asyncio.run(crawl(source, process)) == []
    assert len(requested) == 2


def test_a_site_that_never_ends_is_left_at_the_budget():
    requested = 0

    async def process(request: IndexRequest) -> IndexResult:
        nonlocal requested
        requested += 1
        return leads_to(f"{requested}", f"x{requested}")

    asyncio.run(crawl(FEED, process))
    assert requested == INDEX_BUDGET


def test_a_fallback_of_another_kind_is_not_the_same_index():
    request = IndexRequest(HOME, "wordpress")
    assert retries_same_index(request, [IndexRequest(HOME, "feed"), IndexRequest(f"{HOME}2", "wordpress")])
    assert not retries_same_index(request, [IndexRequest(HOME, "feed")])
    assert not retries_same_index(request, [])


def test_links_are_unique_by_the_id_pattern_of_their_source():
    source = Source("news", HOME, id_pattern=r"/(\d+)")
    link = Link("https://news.example/old-title/77", "news", HOME)
    assert keyed_links(IndexResult(links=(link,)), source) == [(link_key(link, source), link)]
    assert link_key(link, source) == link_key(Link("https://news.example/new-title/77", "news", HOME), source)


def test_a_refused_url_comes_with_its_reason_in_words():
    refused = refused_with_reasons(IndexResult(refused=((f"{HOME}x", "foreign_host"),)))
    assert refused == [(f"{HOME}x", "foreign_host", ERROR_CLASSES["foreign_host"].advice)]


def test_a_page_that_names_articles_and_leads_to_others_makes_a_run_succeed_by_itself():
    both = IndexResult(links=(LINK,), requests=(IndexRequest(f"{HOME}a", "sitemap"),))
    assert [failure.url for failure in Site(feed=both).crawl()] == [f"{HOME}a"]


def test_an_empty_index_page_makes_a_run_succeed_by_itself():
    failures = Site(feed=leads_to("a", "b"), a=IndexResult()).crawl()
    assert [failure.url for failure in failures] == [f"{HOME}b"]
