"""Which entries of an index page become links."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.discover import IndexPage, IndexRequest
from ingest.discover.link_collection import CollectedLinks, Entry, collect_links, is_further_index
from ingest.model import Hints, Source

FEED = "https://news.example/feed"


@pytest.fixture
def index_page(page) -> IndexPage:
    return IndexPage(page("", FEED), IndexRequest(FEED, "feed"), Source("news", "https://news.example/"))


def collected(index_page: IndexPage, *urls: str, **options) -> CollectedLinks:
    return collect_links([Entry((url,)) for url in urls], index_page, **options)


def test_relative_urls_become_canonical_links_in_their_order_each_once(index_page: IndexPage):
    links = collected(index_page, "/b?utm_source=x", "a", "https://NEWS.example/b").links
    assert [link.url for link in links] == ["https://news.example/b", "https://news.example/a"]
    assert {(link.source, link.via) for link in links} == {("news", FEED)}


def test_what_is_refused_is_named_with_its_error_class(index_page: IndexPage):
    refused = collected(
        index_page,
        *("https://other.example/a", "ftp://news.example/a", "https://kim@news.example/a", "/cdn-cgi/l/email", "#top"),
    ).refused
    assert refused == [
        ("https://other.example/a", "foreign_host"),
        ("ftp://news.example/a", "bad_scheme"),
        ("https://kim@news.example/a", "bad_url"),
        ("https://news.example/cdn-cgi/l/email", "not_an_article"),
        (FEED, "not_an_article"),
    ]


def test_an_entry_without_a_url_is_refused_under_its_title(index_page: IndexPage):
    found = collect_links([Entry((), Hints(title="Boats")), Entry((" ",), Hints(title="Tea"))], index_page)
    assert found.refused == [(f"{FEED}#Boats", "bad_url"), (f"{FEED}#Tea", "bad_url")]


def test_the_first_url_that_can_be_followed_is_taken_and_of_none_the_first_is_named(index_page: IndexPage):
    entries = [
        Entry(("https://other.example/a", "/a", "/b")),
        Entry(("https://other.example/c", "ftp://news.example/c")),
        Entry(("", "https://other.example/d")),
    ]
    found = collect_links(entries, index_page)
    assert [link.url for link in found.links] == ["https://news.example/a"]
    assert found.refused == [("https://other.example/c", "foreign_host"), ("https://other.example/d", "foreign_host")]


def test_a_base_of_its_own_is_what_an_entry_s_url_is_relative_to(index_page: IndexPage):
    found = collect_links([Entry(("a",), base="https://news.example/boats/")], index_page)
    assert [link.url for link in found.links] == ["https://news.example/boats/a"]


def test_links_may_be_on_the_site_of_source_request_redirect_or_declared_home(index_page: IndexPage):
    moved = replace(index_page.page, url="https://old.example/feed", final_url="https://new.example/feed")
    moved_page = replace(index_page, page=moved)
    hosts = ("https://www.news.example/a", "https://old.example/a", "https://new.example/a", "https://home.example/a")
    assert [code for _, code in collected(moved_page, *hosts).refused] == ["foreign_host"]
    assert collected(moved_page, *hosts, site_urls=["https://home.example/", "no url"]).refused == []


def test_the_operator_s_own_credentials_may_stand_in_links(index_page: IndexPage):
    source = replace(index_page.source, url="https://kim@news.example/")
    found = collected(replace(index_page, source=source), "https://kim@news.example/a", "https://lee@news.example/a")
    assert [link.url for link in found.links] == ["https://kim@news.example/a"]
    assert found.refused == [("https://lee@news.example/a", "bad_url")]


def test_of_an_index_of_all_pages_only_what_looks_like_an_article_is_followed(index_page: IndexPage):
    found = collected(index_page, "/a-story-of-boats", "/tag/boats", "https://other.example/tag/x", strict=True)
    assert [link.url for link in found.links] == ["https://news.example/a-story-of-boats"]
    assert [code for _, code in found.refused] == ["not_an_article", "foreign_host"]
    assert collected(index_page, "/tag/boats").links


@pytest.mark.parametrize(
    ("url", "homes", "expected"),
    [
        (f"{FEED}?page=2", (), True),
        (FEED, (), False),
        ("https://other.example/feed?page=2", (), False),
        ("https://other.example/feed?page=2", ("https://www.other.example/",), True),
        ("", (), False),
    ],
)
def test_the_next_index_page_is_another_one_of_the_same_site(index_page, url: str, homes, expected: bool):
    assert is_further_index(url, index_page, homes) is expected
