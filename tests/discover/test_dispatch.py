"""What holds for every kind of index page."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import discover
from ingest.discover import IndexRequest, IndexResult
from ingest.errors import ERROR_CLASSES, DiscoverError, FetchError
from ingest.model import Link, Source

HOME = "https://news.example/"
LINKS = tuple(Link(f"https://news.example/boats/{number}", "n", HOME) for number in (1, 2))
KINDS = ["auto", "feed", "sitemap", "robots", "listing", "wordpress", "blogger"]
SAMPLES = [
    """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title>
    <link>https://news.example/</link><ttl>5</ttl>
    <item><title>A &amp; B</title><link>/a?x=1</link><guid>1</guid>
    <pubDate>Sat, 21 Nov 2026 10:00:00 GMT
    </pubDate><dc:creator>Ada</dc:creator><description><![CDATA[<p>x</p>]]></description></item></channel></rss>""",
    """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/"><link rel="next" href="?p=2"/><entry>
    <link href="a"/><id>x</id><author><name>Ada</name></author><content type="xhtml"><div><p>x</p></div></content>
    <updated>2026-11-21T10:00:00Z</updated><category term="t"/></entry></feed>""",
    """<urlset><url><loc>https://news.example/a-long-story</loc><lastmod>2026-11-21</lastmod><news:news>
    <news:publication_date>2026-11-21</news:publication_date></news:news></url></urlset>""",
    "<sitemapindex><sitemap><loc>https://news.example/s1.xml</loc><lastmod>2026</lastmod></sitemap></sitemapindex>",
    "User-agent: *\nSitemap: https://news.example/s.xml\n",
    """<html><head><link rel="alternate" type="application/rss+xml" href="/feed"><base href="/x/"></head><body><ul>
    <li><h3><a href="/a-long-story">A long story of boats</a></h3><time datetime="2026-11-21">x</time></li>
    </ul></body></html>""",
    json.dumps({"items": [{"url": "/a", "authors": [{"name": "A"}], "tags": ["x"]}], "next_url": "/2", "title": "T"}),
    json.dumps(
        [{"link": "/a", "date": "2026-11-21T10:00:00", "title": {"rendered": "A"}, "_embedded": {"author": []}}]
    ),
    json.dumps(
        {"feed": {"entry": [{"link": [{"rel": "alternate", "href": "/a"}], "published": {"$t": "2026-11-21"}}]}}
    ),
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample with pieces of it cut out, doubled, or put where they do not belong."""
    body = draw(st.sampled_from(SAMPLES)).encode()
    for _ in range(draw(st.integers(0, 6))):
        at, end = sorted((draw(st.integers(0, len(body))), draw(st.integers(0, len(body)))))
        piece = draw(
            st.sampled_from([b"", b"<", b">", b"&", b'"', b"\xff", b"\x00", b"]]>", b"<![CDATA[", b"http://[", b"5"])
        )
        body = draw(
            st.sampled_from([body[:at] + piece + body[end:], body[:end] + piece + body[at:], body[:at] + piece])
        )
    return body


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(damaged(), st.binary(max_size=200)), kind=st.sampled_from(KINDS))
def test_no_answer_breaks_discovery(read, body: bytes, kind: str) -> None:
    try:
        found = read(body, kind)
    except DiscoverError:
        return
    assert all(link.url.startswith(("http://", "https://")) for link in found.links)
    assert all(request.url.startswith(("http://", "https://")) for request in found.requests + found.history)
    assert {reason for _, reason in found.refused} <= ERROR_CLASSES.keys()


@pytest.mark.parametrize("kind", ["auto", "feed", "sitemap", "listing"])
def test_a_source_is_asked_at_its_own_address(kind: str) -> None:
    url = "https://news.example/x"
    assert discover.start(Source("n", url, kind=kind)) == [IndexRequest(url, kind)]


def test_a_server_that_says_there_is_no_content_serves_no_feed(page) -> None:
    answer = replace(page("", "https://news.example/"), status=204)
    with pytest.raises(DiscoverError) as failure:
        discover.parse(answer, IndexRequest(answer.url, "feed"), Source("news", answer.url))
    assert failure.value.code == "not_a_feed"


def test_only_sitemaps_are_counted_by_depth_and_every_request_names_the_page_that_led_to_it(read) -> None:
    named = "<sitemapindex><sitemap><loc>https://news.example/a.xml</loc></sitemap></sitemapindex>"
    [child] = read(named, "sitemap", depth=1).requests
    assert (child.depth, child.via) == (2, "https://news.example/index")
    paged = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/2"/><entry><link href="/a"/></entry></feed>'
    )
    [older] = read(paged, "feed").history
    assert (older.depth, older.via) == (0, "https://news.example/index")


def test_a_page_that_names_itself_is_not_requested_again(read) -> None:
    named = "<sitemapindex><sitemap><loc>https://news.example/index</loc></sitemap></sitemapindex>"
    found = read(named, "sitemap")
    assert (found.requests, found.history) == ((), ())


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


def test_a_page_that_is_missing_or_cannot_be_read_is_replaced_by_what_else_there_may_be():
    request = IndexRequest("https://news.example/feed/", "feed")
    missing = FetchError(request.url, "gone", "404: no such page", status=404)
    page = [IndexRequest(HOME, "listing", via=request.url)]
    assert discover.fallbacks(request, Source("n", HOME), missing) == page
    assert discover.fallbacks(request, Source("n", HOME)) == page


def test_the_history_of_a_feed_is_looked_for_where_its_newest_article_is():
    links = tuple(Link(f"https://{host}.example/a-story", "n", HOME) for host in ("old", "older", "older", "news"))
    [request] = discover.archives(IndexResult(links=links), IndexRequest(HOME, "feed"), Source("n", HOME, kind="feed"))
    assert request.url == "https://news.example/robots.txt"
