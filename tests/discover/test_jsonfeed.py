import json

import pytest

from ingest.discover import IndexRequest, jsonfeed
from ingest.discover.feed_xml import MAX_ENTRIES
from ingest.errors import DiscoverError


def feed(*items: object, **more: object) -> str:
    top = {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "home_page_url": "https://news.example/"}
    return json.dumps(top | {"items": list(items)} | more)


def test_an_item_says_all_that_it_knows(read) -> None:
    item = {
        "id": "1",
        "url": "https://news.example/a",
        "title": "A <b>lock</b>",
        "content_html": "<p>Forty boats.</p>",
        "summary": "Boats.",
        "date_published": "2026-11-20T10:00:00+09:00",
        "date_modified": "2026-11-21T10:00:00+09:00",
        "authors": [{"name": "Ada"}, {"name": "Bo"}],
        "tags": ["harbour"],
        "language": "en",
    }
    [link] = read(feed(item), "feed").links
    assert link.url == "https://news.example/a"
    assert (link.hints.title, link.hints.authors, link.hints.tags) == ("A lock", ("Ada", "Bo"), ("harbour",))
    assert link.hints.published == "2026-11-20T10:00:00+09:00"
    assert (link.hints.content, link.hints.summary) == ("<p>Forty boats.</p>", "Boats.")


def test_plain_text_becomes_paragraphs(read) -> None:
    [link] = read(feed({"url": "/a", "content_text": "1 < 2\n\nTwo."}), "feed").links
    assert link.hints.content == "<p>1 &lt; 2</p><p>Two.</p>"


def test_items_come_oldest_first_and_the_next_page_is_history(read) -> None:
    found = read(feed({"url": "/new"}, {"url": "/old"}, next_url="https://news.example/feed?page=2"), "feed")
    assert [link.url[-3:] for link in found.links] == ["old", "new"]
    assert found.history == (
        IndexRequest("https://news.example/feed?page=2", "feed", via="https://news.example/index"),
    )


@pytest.mark.parametrize(
    "odd", [None, 7, "x", [], {"url": None}, {"url": 5, "title": {}}, {"authors": "Ada", "tags": {}}]
)
def test_odd_values_break_nothing(read, odd: object) -> None:
    found = read(feed(odd, {"url": "/a", "title": 5, "authors": [None, {"name": 3}], "tags": [1, "x"]}), "feed")
    [link] = found.links
    assert (link.url, link.hints.title, link.hints.tags) == ("https://news.example/a", "", ("x",))


@pytest.mark.parametrize("body", ['{"items": ' + "[" * 100_000, '{"items": [}'])
def test_json_beyond_reason_is_one_error(read, body: str) -> None:
    with pytest.raises(DiscoverError) as failure:
        read(body, "feed")
    assert failure.value.code == "parse"


def test_an_item_with_a_number_of_thousands_of_digits_costs_no_other_item(read) -> None:
    body = '{"items": [{"url": "/b", "title": "lone \\ud800"}, {"id": %s, "date_published": NaN}, {"url": "/a"}]}'
    found = read(body % ("9" * 5_000), "feed")
    assert [link.url for link in found.links] == ["https://news.example/a", "https://news.example/b"]


def test_a_cache_may_sign_what_it_serves(read) -> None:
    found = read('{"items": [{"id": "1", "url": "/a"}]}\n<!-- cached at noon -->', "feed")
    assert [link.url for link in found.links] == ["https://news.example/a"]


def test_items_beyond_reason_are_left_off_and_that_is_said(read) -> None:
    found = read(json.dumps({"items": [{"id": str(n), "url": f"/{n}"} for n in range(2_100)]}), "feed")
    assert len(found.links) == 2_000
    assert found.refused == (("https://news.example/index", "budget"),)


def test_numbers_are_read_unless_they_are_absurd() -> None:
    assert jsonfeed.load('{"a": 12, "b": %s}' % ("9" * 100), "u") == {"a": 12, "b": int("9" * 100)}
    assert jsonfeed.load('{"a": %s}' % ("9" * 101), "u") == {"a": None}


def test_an_item_without_a_url_may_have_one_as_its_id_and_an_author_of_the_first_version(read) -> None:
    item = {"id": "https://news.example/a", "author": {"name": "Ada"}, "language": "en", "date_modified": "2026"}
    found = read(feed(item, {"id": "17"}, language="de", title="Boats"), "feed")
    [link] = found.links
    assert (link.url, link.hints.authors) == ("https://news.example/a", ("Ada",))
    assert (link.hints.language, link.hints.modified) == ("en", "2026")
    assert (found.language, found.title) == ("de", "Boats")
    assert [code for _, code in found.refused] == ["bad_url"]


def test_a_next_page_on_another_site_is_not_followed(read) -> None:
    assert read(feed({"url": "/a"}, next_url="https://other.example/2"), "feed").history == ()
    home = feed({"url": "/a"}, next_url="https://other.example/2", home_page_url="https://other.example/")
    assert len(read(home, "feed").history) == 1


def test_only_objects_of_a_list_are_taken() -> None:
    assert jsonfeed.listed([1, {"a": 1}, None, []]) == [{"a": 1}]
    assert jsonfeed.listed({"a": 1}) == []


@pytest.mark.parametrize("items", ["{}", '"none"', "null", "5"])
def test_json_without_a_list_of_items_is_no_feed(read, items: str) -> None:
    with pytest.raises(DiscoverError) as failure:
        read(f'{{"title": "Harbour", "items": {items}}}', "feed")
    assert failure.value.code == "not_a_feed"


def test_a_feed_of_as_many_items_as_are_kept_is_whole(read) -> None:
    found = read(feed(*({"url": f"/{number}"} for number in range(MAX_ENTRIES))), "feed")
    assert (len(found.links), found.refused) == (MAX_ENTRIES, ())
