"""The pretend web over real HTTP, and the articles that come out of it."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from ingest import demo
from ingest.model import Article
from ingest.run.extract import extract_page

EXPECTED = Path(__file__).parent / "expected"
#: Expected text → the page of the pretend web that it is the text of.
PAGES = {
    "saebyeok/otter": "/news/Society/article/all/20260413/131400217/1",
    "saebyeok/bath": "/news/Inter/article/all/20260415/131402980/1",
    "saebyeok/postbox": "/news/Opinion/article/all/20260417/131405533/1",
    "saebyeok/bakery": "/news/Economy/article/all/20230518/119344120/1",
    "tramstop/first": "/2026/04/i-rode-first-night-tram.html",
    "tramstop/timetable": "/2026/04/how-to-read-timetable-from-1931.html",
    "tramstop/queue": "/2026/04/in-defence-of-slow-queue.html",
    "tramstop/soup": "/2026/03/soup-on-platform.html",
    "lantern/clock": "/2026/04/the-fish-hall-clock-is-right-again/",
    "lantern/repair": "/2026/04/ten-years-of-the-repair-table/",
    "lantern/puffins": "/2026/04/puffins-return-to-three-northern-islands/",
    "courier/night_tram": "/2026/04/14/night-tram-returns-to-fairhaven",
    "courier/pool": "/2026/04/13/harbour-pool-opens-early",
    "courier/key": "/2026/04/12/two-clerks-and-the-lost-key",
    "courier/choir": "/2026/04/11/tram-drivers-choir-sings-on-line-two",
    "courier/swifts": "/2026/04/10/school-counts-its-swifts",
    "courier/puffins": "/2026/04/15/puffins-return-to-three-islands",
    "courier/umbrellas": "/2026/04/16/library-lends-umbrellas",
    "courier/ovens": "/2026/04/17/bakers-and-the-shared-oven",
    "shiomi/lighthouse": "/news/20260412-1.html",
    "shiomi/bookshelf": "/news/20260416-2.html",
    "shiomi/kites": "/news/20260418-1.html",
}


@pytest.fixture
def web() -> Iterator[demo.Web]:
    with demo.serve() as served:
        yield served


def get(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


def read(web: demo.Web, name: str, path: str) -> Article:
    site = name.partition("/")[0]
    source = next(each for each in web.sources if each.name == site)
    url = web.origins[site] + path
    _, content, headers = get(url)
    return extract_page(content, url, content_type=headers["Content-Type"], source=source)


def as_text(article: Article) -> str:
    published = article.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if article.published else ""
    return f"{article.title}\n{', '.join(article.authors)}\n{published}\n\n{article.text}\n"


@pytest.mark.parametrize("name", PAGES)
def test_an_article_is_extracted_word_for_word(web: demo.Web, name: str) -> None:
    assert as_text(read(web, name, PAGES[name])) == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")


def test_every_article_of_the_web_is_expected(web: demo.Web) -> None:
    assert {path.relative_to(EXPECTED).with_suffix("").as_posix() for path in EXPECTED.rglob("*.txt")} == {
        *PAGES,
        "tramstop/timetable.edited",
    }


def test_an_edited_article_is_extracted_in_its_second_version(web: demo.Web) -> None:
    web.edit()
    article = read(web, "tramstop/timetable", PAGES["tramstop/timetable"])
    assert as_text(article) == (EXPECTED / "tramstop/timetable.edited.txt").read_text(encoding="utf-8")


def test_an_edit_shows_in_the_feed_and_under_new_validators(web: demo.Web) -> None:
    feed = web.origins["tramstop"] + "/feeds/posts/default?alt=json&orderby=updated"
    _, before, validators = get(feed)
    web.edit()
    status, after, _ = get(feed, If_None_Match=validators["ETag"])
    first = [json.loads(each)["feed"]["entry"][0]["title"]["$t"] for each in (before, after)]
    assert status == 200
    assert first == ["I rode the first night tram", "How to read a timetable from 1931"]


@pytest.mark.parametrize(("header", "validator"), [("If_None_Match", "ETag"), ("If_Modified_Since", "Last-Modified")])
def test_an_unchanged_page_is_not_sent_again(web: demo.Web, header: str, validator: str) -> None:
    url = web.origins["saebyeok"] + "/rss/total.xml"
    _, _, headers = get(url)
    assert get(url, **{header: headers[validator]})[:2] == (304, b"")


def test_wordpress_posts_come_in_pages_and_end_with_an_error(web: demo.Web) -> None:
    posts = web.origins["lantern"] + "/wp-json/wp/v2/posts"
    status, content, headers = get(f"{posts}?per_page=2&page=2")
    assert (status, len(json.loads(content)), headers["X-WP-Total"], headers["X-WP-TotalPages"]) == (200, 1, "3", "2")
    assert get(f"{posts}?per_page=2&page=3")[0] == 400


def test_blogger_feed_begins_and_ends_where_it_is_asked_to(web: demo.Web) -> None:
    feed = web.origins["tramstop"] + "/feeds/posts/default?alt=json"
    page = json.loads(get(f"{feed}&start-index=4&max-results=2")[1])["feed"]
    assert [entry["title"]["$t"] for entry in page["entry"]] == ["Soup on the platform"]
    assert page["openSearch$totalResults"]["$t"] == "4"
    assert "entry" not in json.loads(get(f"{feed}&max-results=0")[1])["feed"]


def test_one_article_is_listed_under_three_spellings(web: demo.Web) -> None:
    _, content, _ = get(web.origins["courier"] + "/news-sitemap.xml")
    assert content.count(b"library-lends-umbrellas") == 3


def test_a_wire_story_is_printed_word_for_word_on_two_sites(web: demo.Web) -> None:
    one, other = (read(web, name, PAGES[name]).text for name in ("courier/puffins", "lantern/puffins"))
    assert one == other
