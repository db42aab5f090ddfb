import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest import discover
from ingest.discover import IndexRequest, wordpress
from ingest.errors import DiscoverError, FetchError
from ingest.model import Source

JSON = "application/json; charset=UTF-8"
API = "https://news.example/wp-json/wp/v2/posts?per_page=2&orderby=date&order=desc"


def post(number: int, date: str = "2026-11-20T10:00:00", **more: object) -> dict[str, object]:
    return {"id": number, "link": f"https://news.example/{number}/", "date": date, "title": {"rendered": "A"}} | more


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://news.example/", "/wp-json/wp/v2/posts"),
        ("https://news.example/blog", "/blog/wp-json/wp/v2/posts"),
        ("https://news.example/wp-json/", "/wp-json/wp/v2/posts"),
        ("https://news.example/wp-json/wp/v2/stories?lang=ko", "/wp-json/wp/v2/stories"),
    ],
)
def test_the_api_is_asked_below_the_address_of_the_blog(url: str, path: str) -> None:
    [request] = discover.start(Source("n", url, kind="wordpress"))
    asked = urlsplit(request.url)
    assert (request.kind, asked.path) == ("wordpress", path)
    query = parse_qs(asked.query)
    assert query["per_page"] == ["100"]
    assert query.get("lang") == (["ko"] if "lang" in url else None)


def test_a_closed_api_falls_back_to_the_feed() -> None:
    source = Source("n", "https://news.example/blog/", kind="wordpress")
    [request] = discover.start(source)
    assert discover.fallbacks(request, source) == [
        IndexRequest("https://news.example/blog/feed/", "feed", via=request.url)
    ]


def test_a_post_says_all_that_it_knows(read) -> None:
    body = [
        post(
            7,
            date_gmt="2026-11-20T01:00:00",
            modified_gmt="2026-11-21T01:00:00",
            title={"rendered": "Boats &#038; <em>ferries</em>"},
            content={"rendered": "<p>Forty boats.</p>", "protected": False},
            excerpt={"rendered": "<p>Boats.</p>"},
            _embedded={"author": [{"name": "Ada"}], "wp:term": [[{"name": "Harbour"}], [{"name": "boats"}]]},
        )
    ]
    [link] = read(json.dumps(body), "wordpress", content_type=JSON).links
    assert link.url == "https://news.example/7/"
    assert (link.hints.title, link.hints.authors) == ("Boats & ferries", ("Ada",))
    assert (link.hints.published, link.hints.modified) == ("2026-11-20T01:00:00Z", "2026-11-21T01:00:00Z")
    assert (link.hints.content, link.hints.summary) == ("<p>Forty boats.</p>", "Boats.")
    assert link.hints.tags == ("Harbour", "boats")


def test_posts_come_oldest_first(read) -> None:
    found = read(json.dumps([post(3), post(2), post(1)]), "wordpress", content_type=JSON)
    assert [link.url[-2] for link in found.links] == ["1", "2", "3"]


def test_what_a_password_protects_is_not_taken_for_the_text(read) -> None:
    body = [post(1, content={"rendered": "<p>Enter the password</p>", "protected": True})]
    assert read(json.dumps(body), "wordpress", content_type=JSON).links[0].hints.content == ""


def test_history_is_paged_by_date_and_loses_no_post_of_the_same_second(read) -> None:
    body = json.dumps([post(3, "2026-11-20T10:00:00"), post(2, "2026-11-19T09:00:00")])
    [request] = read(body, "wordpress", url=API, content_type=JSON).history
    assert parse_qs(urlsplit(request.url).query)["before"] == ["2026-11-19T09:00:01"]
    [again] = read(body, "wordpress", url=request.url, content_type=JSON).history
    assert parse_qs(urlsplit(again.url).query)["offset"] == ["2"]
    [further] = read(body, "wordpress", url=again.url, content_type=JSON).history
    assert parse_qs(urlsplit(further.url).query)["offset"] == ["4"]


def test_history_ends_with_a_page_that_is_not_full_or_old_enough(read) -> None:
    one = json.dumps([post(1)])
    assert read(one, "wordpress", url=API, content_type=JSON).history == ()
    two = json.dumps([post(2), post(1)])
    assert read(two, "wordpress", url=API, content_type=JSON, since=datetime(2026, 12, 1, tzinfo=UTC)).history == ()
    assert read("[]", "wordpress", url=API, content_type=JSON).links == ()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"code": "rest_no_route", "message": "No route"}', "not_a_feed"),
        ("<html>Just a moment</html>", "not_a_feed"),
        ("[{]", "parse"),
        ("[" * 100_000, "parse"),
    ],
)
def test_an_answer_that_is_no_list_of_posts_is_an_error(read, body: str, code: str) -> None:
    with pytest.raises(DiscoverError) as failure:
        read(body, "wordpress", content_type=JSON)
    assert failure.value.code == code


@pytest.mark.parametrize("odd", [None, 5, {}, {"link": 5, "title": 7, "date": []}, {"_embedded": [], "content": "x"}])
def test_odd_posts_break_nothing(read, odd: object) -> None:
    found = read(json.dumps([odd, post(1, _embedded={"wp:term": "x", "author": {}})]), "wordpress", content_type=JSON)
    assert [link.url for link in found.links] == ["https://news.example/1/"]


def test_a_page_of_the_api_that_is_too_large_is_asked_for_in_smaller_pieces_once() -> None:
    source = Source("news", "https://news.example/", kind="wordpress")
    [whole] = discover.start(source)
    [smaller] = discover.fallbacks(whole, source, FetchError(whole.url, "too_large", "more than 10000000 bytes"))
    assert (smaller.kind, parse_qs(urlsplit(smaller.url).query)["per_page"]) == ("wordpress", ["10"])
    [feed] = discover.fallbacks(smaller, source, FetchError(smaller.url, "too_large", "more than 10000000 bytes"))
    assert feed.kind == "feed"


def test_an_api_that_gives_fewer_posts_at_a_time_is_asked_for_fewer() -> None:
    source = Source("news", "https://news.example/", kind="wordpress")
    [whole] = discover.start(source)
    [smaller] = discover.fallbacks(whole, source, FetchError(whole.url, "http_4xx", "400: refused", status=400))
    assert smaller.kind == "wordpress"
    [feed] = discover.fallbacks(whole, source, FetchError(whole.url, "http_4xx", "404: no such page", status=404))
    assert feed.kind == "feed"


def test_a_smaller_page_is_asked_for_once() -> None:
    smaller = wordpress.smaller_page(wordpress.api_url("https://news.example/"))
    assert parse_qs(urlsplit(smaller).query)["per_page"] == ["10"]
    assert wordpress.smaller_page(smaller) == ""


@pytest.mark.parametrize(
    ("api", "home"),
    [
        ("https://news.example/wp-json/wp/v2/posts?per_page=100", "https://news.example/"),
        ("https://news.example/blog/wp-json/", "https://news.example/blog/"),
        ("https://news.example/?rest_route=/", "https://news.example/"),
        ("https://news.example", "https://news.example/"),
    ],
)
def test_the_home_page_is_what_is_written_down(api: str, home: str) -> None:
    assert wordpress.home_url(api) == home


def test_a_post_without_a_time_in_utc_keeps_that_of_its_blog(read) -> None:
    body = [post(1, date="2026-11-20T10:00:00", date_gmt="0000-00-00T00:00:00", modified_gmt="")]
    hints = read(json.dumps(body), "wordpress", content_type=JSON).links[0].hints
    assert (hints.published, hints.modified) == ("2026-11-20T10:00:00", "")


def test_history_is_followed_for_a_day_more_because_the_blog_s_offset_is_unknown(read) -> None:
    body = json.dumps([post(2, "2026-11-21T10:00:00"), post(1, "2026-11-20T10:00:00")])
    near, far = (datetime(2026, 11, 21, hour, tzinfo=UTC) for hour in (10, 11))
    assert read(body, "wordpress", url=API, content_type=JSON, since=near).history
    assert read(body, "wordpress", url=API, content_type=JSON, since=far).history == ()


def test_a_page_of_the_default_size_is_full_with_a_hundred_posts(read) -> None:
    url = "https://news.example/wp-json/wp/v2/posts?per_page=x"
    posts = [post(number, "2026-11-20T10:00:00") for number in range(100)]
    assert read(json.dumps(posts), "wordpress", url=url, content_type=JSON).history
    assert read(json.dumps(posts[:99]), "wordpress", url=url, content_type=JSON).history == ()


def test_posts_without_a_date_lead_no_further(read) -> None:
    body = json.dumps([post(2, "soon"), post(1, "")])
    assert read(body, "wordpress", url=API, content_type=JSON).history == ()
