import gzip

import pytest

from ingest import discover
from ingest.discover import IndexRequest, autodetect
from ingest.errors import DiscoverError, FetchError
from ingest.model import Source

HTML = "text/html; charset=utf-8"
RSS = '<link rel="alternate" type="application/rss+xml" title="Harbour News" href="/feed/">'
COMMENTS = (
    '<link rel="alternate" type="application/rss+xml" title="Harbour News » Comments Feed" href="/comments/feed/">'
)
WORDPRESS = '<link rel="https://api.w.org/" href="https://news.example/wp-json/">'
STORIES = "".join(
    f'<li><h3><a href="/2026/11/{day}/a-story-of-boats">A story of forty boats, part {day}</a></h3></li>'
    for day in range(10, 20)
)


def home(head: str = "", body: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def asked(found) -> list[tuple[str, str]]:
    return [(request.kind, request.url.removeprefix("https://news.example")) for request in found.requests]


@pytest.mark.parametrize(
    "body",
    [
        "<rss version='2.0'><channel><item><link>/a</link></item></channel></rss>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/></entry></feed>',
        '{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/a"}]}',
        "<urlset><url><loc>https://news.example/a</loc></url></urlset>",
        gzip.compress(b"<urlset><url><loc>https://news.example/a</loc></url></urlset>", mtime=0),
    ],
)
def test_a_feed_or_sitemap_is_known_for_what_it_is(read, body: str | bytes) -> None:
    assert [link.url for link in read(body, "auto").links] == ["https://news.example/a"]


def test_a_declared_feed_is_asked_and_the_comments_are_not(read) -> None:
    assert asked(read(home(COMMENTS + RSS), "auto", content_type=HTML)) == [("feed", "/feed/")]


def test_a_feed_of_the_page_s_own_section_is_preferred(read) -> None:
    head = RSS + '<link rel="alternate" type="application/atom+xml" href="/boats/feed.atom">'
    found = read(home(head), "auto", url="https://news.example/boats", content_type=HTML)
    assert asked(found) == [("feed", "/boats/feed.atom")]


def test_of_a_wordpress_blog_the_feed_is_polled_and_the_api_is_its_history(read) -> None:
    found = read(home(RSS + WORDPRESS), "auto", content_type=HTML)
    assert asked(found) == [("feed", "/feed/")]
    assert [request.kind for request in found.history] == ["wordpress"]


def test_a_platform_without_a_declared_feed_is_asked_by_its_api(read) -> None:
    [(kind, url)] = asked(read(home('<meta name="generator" content="blogger">'), "auto", content_type=HTML))
    assert kind == "blogger"
    assert url.startswith("/feeds/posts/default?alt=json")
    [(kind, url)] = asked(read(home(WORDPRESS), "auto", content_type=HTML))
    assert kind == "wordpress"
    assert url.startswith("/wp-json/wp/v2/posts?")


def test_without_a_feed_the_page_itself_is_the_list_and_robots_txt_is_asked(read) -> None:
    found = read(home(body=f"<main><ul>{STORIES}</ul></main>"), "auto", content_type=HTML)
    assert len(found.links) == 10
    assert asked(found) == [("robots", "/robots.txt")]
    assert found.requests[0].optional


def test_a_page_that_says_nothing_is_an_error_and_met_with_guesses(read) -> None:
    with pytest.raises(DiscoverError, match="declares no feed and lists no articles") as failure:
        read(home(body="<p>Welcome.</p>"), "auto", content_type=HTML)
    source = Source("n", "https://news.example/start")
    guesses = discover.fallbacks(IndexRequest(source.url, "auto"), source, failure.value)
    assert ("feed", "https://news.example/feed/") in [(request.kind, request.url) for request in guesses]
    assert ("robots", "https://news.example/robots.txt") in [(request.kind, request.url) for request in guesses]
    assert all(request.optional for request in guesses)


@pytest.mark.parametrize("kind", ["auto", "wordpress", "blogger"])
def test_a_host_that_does_not_answer_is_not_asked_for_something_else(kind: str) -> None:
    source = Source("n", "https://news.example/", kind=kind)
    failure = FetchError(source.url, "timeout", "the server did not finish")
    assert discover.fallbacks(discover.start(source)[0], source, failure) == []


def test_a_link_that_cannot_be_followed_is_no_feed(read) -> None:
    bad = '<link rel="alternate" type="application/rss+xml" href="javascript:x">'
    assert asked(read(home(bad + RSS), "auto", content_type=HTML)) == [("feed", "/feed/")]


def test_a_dead_feed_of_an_unknown_site_falls_back_to_its_page() -> None:
    source = Source("n", "https://news.example/")
    feed = IndexRequest("https://news.example/feed/", "feed")
    assert discover.fallbacks(feed, source) == [IndexRequest("https://news.example/", "listing", via=feed.url)]
    assert discover.fallbacks(IndexRequest("https://news.example/atom.xml", "feed", optional=True), source) == []
    assert discover.fallbacks(IndexRequest("https://news.example/", "listing"), source) == []
    assert discover.fallbacks(feed, Source("n", "https://news.example/feed/", kind="feed")) == []


def test_proposals_name_every_way_and_the_reason(page) -> None:
    head = COMMENTS + RSS + WORDPRESS + '<link rel="sitemap" href="/sitemap.xml">'
    proposals = autodetect.proposals(page(home(head), "https://news.example/", HTML))
    assert [(proposal.kind, proposal.title) for proposal in proposals] == [
        ("feed", "Harbour News"),
        ("wordpress", ""),
        ("sitemap", ""),
    ]
    assert all(proposal.why for proposal in proposals)


def test_without_a_feed_the_api_is_read_and_the_sitemaps_are_its_history(read) -> None:
    maps = "".join(f'<link rel="sitemap" href="/sitemap-{number}.xml">' for number in (1, 2, 3))
    found = read(home(WORDPRESS + maps), "auto", content_type=HTML)
    assert [request.kind for request in found.requests] == ["wordpress"]
    assert [request.url[21:] for request in found.history] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]


def test_a_page_is_made_by_one_program_whatever_it_says(page) -> None:
    both = home('<meta name="generator" content="blogger">' + WORDPRESS)
    assert len(autodetect.proposals(page(both, "https://news.example/", HTML))) == 1
