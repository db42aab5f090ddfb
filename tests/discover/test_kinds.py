"""The registry of kinds: complete, and in step with what a source may say."""

import pytest

from ingest import discover
from ingest.discover import IndexRequest
from ingest.discover.kinds import KINDS, configurable
from ingest.errors import DiscoverError, FetchError
from ingest.model import Source

HOME = "https://news.example/"


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


def test_a_dead_feed_of_a_site_of_unknown_kind_is_replaced_by_the_page_that_declared_it():
    feed = IndexRequest("https://news.example/feed/", "feed")
    assert discover.fallbacks(feed, Source("n", HOME)) == [IndexRequest(HOME, "listing", via=feed.url)]
    assert discover.fallbacks(feed, Source("n", feed.url, kind="feed")) == []


def test_a_feed_that_was_only_guessed_has_no_fallback():
    assert discover.fallbacks(IndexRequest(HOME + "rss.xml", "feed", optional=True), Source("n", HOME)) == []


def test_apis_are_proposed_before_feeds_feeds_before_sitemaps_and_lists_last():
    ranked = sorted(KINDS.values(), key=lambda kind: kind.rank)
    assert [kind.name for kind in ranked[:5]] == ["blogger", "wordpress", "feed", "sitemap", "listing"]
    assert all(kind.rank > KINDS["listing"].rank for kind in ranked[5:]), "the others are never proposed"
