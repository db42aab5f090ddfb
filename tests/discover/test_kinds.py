"""The registry of kinds: complete, and in step with what a source may say."""

import pytest

from ingest import discover
from ingest.discover import IndexRequest, IndexResult
from ingest.discover.kinds import KINDS, configurable
from ingest.errors import DiscoverError, FetchError
from ingest.model import Link, Source

HOME = "https://news.example/"
LINKS = tuple(Link(f"https://news.example/boats/{number}", "n", HOME) for number in (1, 2))


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_a_parser_that_refuses_what_is_no_index(read, name: str):
    with pytest.raises(DiscoverError):
        read(b"\x89PNG\r\n", name)


@pytest.mark.parametrize("name", configurable())
def test_every_kind_that_an_operator_may_write_has_a_first_page_on_its_own_site(name: str):
    [request] = discover.start(Source("n", HOME, kind=name))
    assert request.kind == name
    assert request.url.startswith(HOME)
    assert KINDS[name].source_url(request.url) == HOME


@pytest.mark.parametrize("kind", ["wordpress", "blogger", "auto"])
def test_a_guess_that_fails_has_no_fallback(kind: str):
    assert discover.fallbacks(IndexRequest(HOME, kind, optional=True), Source("n", HOME, kind=kind)) == []


def test_a_host_without_robots_txt_is_asked_for_its_customary_sitemap():
    request = IndexRequest("https://news.example/robots.txt", "robots", optional=True)
    missing = FetchError(request.url, "gone", "404: no such page", status=404)
    assert discover.fallbacks(request, Source("n", HOME), missing) == [
        IndexRequest("https://news.example/sitemap.xml", "sitemap", via=request.url, optional=True)
    ]


def test_nothing_else_is_asked_of_a_host_that_cannot_be_reached():
    request = IndexRequest("https://news.example/robots.txt", "robots", optional=True)
    assert discover.fallbacks(request, Source("n", HOME), FetchError(request.url, "timeout", "30 s")) == []


@pytest.mark.parametrize(("kind", "sitemaps"), [("feed", 1), ("listing", 1), ("sitemap", 0), ("wordpress", 0)])
def test_the_history_of_a_feed_or_list_is_looked_for_in_the_sitemaps_of_its_articles_site(kind: str, sitemaps: int):
    source, request = Source("n", HOME, kind=kind), IndexRequest(HOME, kind)
    archives = discover.archives(IndexResult(links=LINKS), request, source)
    assert archives == [IndexRequest("https://news.example/robots.txt", "robots", via=HOME, optional=True)][:sitemaps]


def test_a_feed_that_leads_to_older_pages_or_names_nothing_has_no_other_history():
    source, request = Source("n", HOME, kind="feed"), IndexRequest(HOME, "feed")
    paged = IndexResult(links=LINKS, history=(IndexRequest(HOME + "2", "feed"),))
    assert discover.archives(paged, request, source) == []
    assert discover.archives(IndexResult(), request, source) == []
    assert discover.archives(IndexResult(links=LINKS), IndexRequest(HOME, "feed", via=HOME + "x"), source) == []


def test_only_the_sitemaps_of_a_source_without_an_archive_may_name_more_than_it_follows():
    sitemap, feed = IndexRequest(HOME, "sitemap"), IndexRequest(HOME, "feed")
    assert discover.is_wider_than_source(sitemap, Source("n", HOME, kind="listing"))
    assert not discover.is_wider_than_source(sitemap, Source("n", HOME, kind="sitemap"))
    assert not discover.is_wider_than_source(feed, Source("n", HOME, kind="feed"))
