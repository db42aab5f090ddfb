import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest import discover
from ingest.discover import IndexRequest, blogger
from ingest.errors import DiscoverError
from ingest.model import Source

BLOG = Source("blog", "https://kim.blogspot.com/", kind="blogger")
API = "https://kim.blogspot.com/feeds/posts/default?alt=json&max-results=100&redirect=false"


def post(number: int, **more: object) -> dict[str, object]:
    return {
        "link": [
            {"rel": "replies", "href": f"https://kim.blogspot.com/feeds/{number}/comments/default"},
            {"rel": "alternate", "href": f"http://kim.blogspot.com/2026/11/post-{number}.html"},
        ],
        "title": {"type": "text", "$t": f"Post {number}"},
        "published": {"$t": f"2026-11-{number:02}T10:00:00.000+09:00"},
    } | more


def feed(*posts: object, total: object = "2", **more: object) -> str:
    return json.dumps(
        {"feed": {"title": {"$t": "Kim's"}, "openSearch$totalResults": {"$t": total}, "entry": posts} | more}
    )


def test_the_feed_is_asked_whatever_page_of_the_blog_is_given() -> None:
    assert discover.start(BLOG) == [IndexRequest(API, "blogger")]
    assert discover.start(Source("b", "https://kim.blogspot.com/2026/11/x.html", kind="blogger")) == [
        IndexRequest(API, "blogger")
    ]
    [labelled] = discover.start(Source("b", "https://kim.blogspot.com/feeds/posts/default/-/tea", kind="blogger"))
    assert urlsplit(labelled.url).path == "/feeds/posts/default/-/tea"


def test_without_json_the_atom_feed_is_asked() -> None:
    [request] = discover.fallbacks(IndexRequest(API, "blogger"), BLOG)
    assert (request.url, request.kind) == ("https://kim.blogspot.com/feeds/posts/default?redirect=false", "feed")


def test_a_post_says_all_that_it_knows(read) -> None:
    entry = post(
        20,
        updated={"$t": "2026-11-21T10:00:00.000+09:00"},
        author=[{"name": {"$t": "Kim"}}, {"name": {"$t": "Unknown"}}],
        category=[{"term": "tea"}, {"term": "boats"}],
        content={"type": "html", "$t": "<p>Forty boats.</p>"},
    )
    found = read(feed(entry), "blogger", source=BLOG, url=API)
    [link] = found.links
    assert link.url == "http://kim.blogspot.com/2026/11/post-20.html"
    assert (link.hints.title, link.hints.authors, link.hints.tags) == ("Post 20", ("Kim",), ("tea", "boats"))
    assert link.hints.published == "2026-11-20T10:00:00.000+09:00"
    assert link.hints.content == "<p>Forty boats.</p>"
    assert found.title == "Kim's"


def test_posts_on_the_blog_s_own_domain_are_its_own(read) -> None:
    own = {"rel": "alternate", "href": "https://kim.example/2026/11/post-1.html"}
    body = feed(post(1, link=[own]), link=[{"rel": "alternate", "href": "https://kim.example/"}])
    assert [link.url for link in read(body, "blogger", source=BLOG, url=API).links] == [own["href"]]


def test_history_goes_on_behind_what_was_returned(read) -> None:
    found = read(feed(post(20), post(19), total="7"), "blogger", source=BLOG, url=API)
    [request] = found.history
    assert parse_qs(urlsplit(request.url).query)["start-index"] == ["3"]
    [further] = read(feed(post(18), total="7"), "blogger", source=BLOG, url=request.url).history
    assert parse_qs(urlsplit(further.url).query)["start-index"] == ["4"]


def test_history_ends_with_the_last_post_or_with_old_ones(read) -> None:
    assert read(feed(post(20), post(19)), "blogger", source=BLOG, url=API).history == ()
    assert read(feed(total="7"), "blogger", source=BLOG, url=API).history == ()
    late = datetime(2026, 12, 1, tzinfo=UTC)
    assert read(feed(post(20), total="7"), "blogger", source=BLOG, url=API, since=late).history == ()


def test_an_atom_answer_is_read_as_a_feed(read) -> None:
    body = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/2026/11/a.html"/></entry></feed>'
    found = read(body, "blogger", source=BLOG, url="https://kim.blogspot.com/feeds/posts/default")
    assert [link.url for link in found.links] == ["https://kim.blogspot.com/2026/11/a.html"]


@pytest.mark.parametrize(
    ("body", "code"),
    [('{"x": 1}', "not_a_feed"), ('{"feed": []}', "not_a_feed"), ("{", "parse"), ("<html>", "not_a_feed")],
)
def test_an_answer_that_is_no_feed_is_an_error(read, body: str, code: str) -> None:
    with pytest.raises(DiscoverError) as failure:
        read(body, "blogger", source=BLOG, url=API)
    assert failure.value.code == code


@pytest.mark.parametrize("odd", [None, 5, {}, {"link": "x"}, {"link": [{"rel": "alternate", "href": 5}], "title": 7}])
def test_odd_posts_break_nothing(read, odd: object) -> None:
    found = read(feed(odd, post(1), total=5), "blogger", source=BLOG, url=API)
    assert [link.hints.title for link in found.links] == ["Post 1"]


def test_history_is_asked_for_as_long_as_one_post_may_be_new_enough(read) -> None:
    day = datetime(2026, 11, 20, tzinfo=UTC)
    assert read(feed(post(20), post(10), total="7"), "blogger", source=BLOG, url=API, since=day).history
    assert read(feed(post(19), post(10), total="7"), "blogger", source=BLOG, url=API, since=day).history == ()
    assert read(feed(post(20), total="9" * 30), "blogger", source=BLOG, url=API).history, "an absurd total is no end"


def test_history_begins_at_one_and_does_not_pass_the_total(read) -> None:
    whole, odd = f"{API}&start-index=6", f"{API}&start-index=x"
    assert read(feed(post(20), total="7"), "blogger", source=BLOG, url=whole).history
    assert read(feed(post(20), post(19), total="7"), "blogger", source=BLOG, url=whole).history == ()
    [request] = read(feed(post(20), total="7"), "blogger", source=BLOG, url=odd).history
    assert parse_qs(urlsplit(request.url).query)["start-index"] == ["2"]


@pytest.mark.parametrize(
    ("head", "declared"),
    [
        ("<meta name='generator' content='Blogger'>", True),
        ("<meta name='Generator' content='blogger'>", True),
        ("<meta name='generator' content='Hugo'>", False),
        ("<meta name='generator'>", False),
        ("", False),
    ],
)
def test_a_page_says_that_blogger_made_it(head: str, declared: bool) -> None:
    proposal = blogger.declared_by(LexborHTMLParser(f"<head>{head}</head>"), "https://kim.blogspot.com/2026/11/a.html")
    assert (proposal is not None) is declared
    assert proposal is None or (proposal.kind, proposal.url) == ("blogger", API)


def test_the_home_page_is_what_is_written_down() -> None:
    assert blogger.home_url(API) == "https://kim.blogspot.com/"


def test_an_untitled_post_of_someone_who_does_not_say_is_read(read) -> None:
    entry = post(1, title={}, author=[{"name": {"$t": "noreply@blogger.com"}}])
    [link] = read(feed(entry), "blogger", source=BLOG, url=API).links
    assert (link.hints.title, link.hints.authors) == ("", ())
