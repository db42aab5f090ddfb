from __future__ import annotations

import pytest

from ingest.extraction.markup.document import Document
from ingest.extraction.metadata import json_ld, site
from ingest.extraction.metadata.site import Site

URL = "https://www.daily-example.co.uk/news/bridge"
SITE = Site(URL, ("Daily Example", "The Example"), "opengraph")


def of(html: str) -> Site:
    document = Document(html, URL)
    return site.of(document, json_ld.article_objects(document))


@pytest.mark.parametrize(
    ("html", "name", "origin"),
    [
        ('<meta property="og:site_name" content="Daily Example">', "Daily Example", "opengraph"),
        ('<meta name="application-name" content="Daily Example">', "Daily Example", "meta"),
        (
            '<script type="application/ld+json">{"@type": "Report", "publisher": {"name": "Daily &amp; Co"}}</script>',
            "Daily & Co",
            "json-ld",
        ),
        ('<script type="application/ld+json">{"@type": "WebSite", "name": "Daily"}</script>', "Daily", "json-ld"),
        ('<script type="application/ld+json">{"@type": "Person", "name": "Ann"}</script>', "", ""),
        ("<p>Hello</p>", "", ""),
    ],
)
def test_a_site_is_named_by_its_metadata(html: str, name: str, origin: str) -> None:
    found = of(html)

    assert (found.name, found.origin) == (name, origin)


def test_open_graph_names_the_site_first_and_each_name_counts_once() -> None:
    found = of(
        '<meta name="publisher" content="Example Ltd"><meta property="og:site_name" content="Daily">'
        '<script type="application/ld+json">{"@type": "Organization", "name": "Example Ltd"}</script>'
    )

    assert found.names == ("Daily", "Example Ltd", "Example Ltd")
    assert found.name == "Daily"


@pytest.mark.parametrize(
    "text", ["Daily Example", "DAILY-EXAMPLE", "the example", "daily-example.co.uk", "daily-example"]
)
def test_a_name_is_known_in_any_spelling(text: str) -> None:
    assert SITE.is_name(text)


@pytest.mark.parametrize("text", ["", "Daily", "co", "uk", "Daily Example News", "www"])
def test_other_texts_are_no_name(text: str) -> None:
    assert not SITE.is_name(text)


@pytest.mark.parametrize("text", ["The Daily Example Blog", "Daily Exam", "daily-example.co.uk", "exam"])
def test_a_short_text_is_like_the_host(text: str) -> None:
    assert Site(URL).is_like(text)


@pytest.mark.parametrize("text", ["xam", "ex", "Bridges", "", "all of the news in the daily example"])
def test_a_long_or_a_tiny_text_is_not_like_the_host(text: str) -> None:
    assert not Site(URL).is_like(text)


def test_three_letters_can_hold_no_host_and_four_letters_of_a_host_are_enough() -> None:
    assert Site("https://bbcx.example/").is_like("the bbcx")
    assert not Site("https://bbcx.example/").is_like("bbc")
    assert not Site("https://abc.example/").is_like("abc news today")


@pytest.mark.parametrize(
    "address", ["/", "https://www.daily-example.co.uk", "https://www.daily-example.co.uk/", "/index.html", "../"]
)
def test_a_link_to_the_front_page_is_known(address: str) -> None:
    assert SITE.is_home(address)


@pytest.mark.parametrize(
    "address", ["", "#top", "?page=2", "/news/", "/?a=1", "/#x", "https://other.example/", "http://[bad", "/index.htm"]
)
def test_other_links_do_not_lead_to_the_front_page(address: str) -> None:
    assert not SITE.is_home(address)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The old bridge | Daily Example", "The old bridge"),
        ("The old bridge - Daily Example", "The old bridge"),
        ("The old bridge | Town | Daily Example", "The old bridge | Town"),
        ("The old bridge - Daily Example - Town", "The old bridge"),
        ("Daily Example | The old bridge", "The old bridge"),
        ("Daily Example » The old bridge", "The old bridge"),
        ("Daily Example: The old bridge", "The old bridge"),
        ("Town: The old bridge", "Town: The old bridge"),
        ("The old bridge - and the new one", "The old bridge - and the new one"),
        ("The old bridge｜Daily Example", "The old bridge"),
        ("Daily Example", "Daily Example"),
        ("", ""),
    ],
)
def test_the_name_of_the_site_is_taken_off_a_title(title: str, expected: str) -> None:
    assert SITE.without_name(title) == expected


def test_a_name_is_taken_off_again_where_it_stands_twice() -> None:
    assert SITE.without_name("The old bridge | The Example | Daily Example") == "The old bridge"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The old bridge is open | Town", "The old bridge is open"),
        ("The old bridge | Town", "The old bridge | Town"),
        ("Bridges-and-boats | Town", "Bridges-and-boats | Town"),
        ("오래된 다리가 마침내 다시 열렸다고 합니다 | 사회", "오래된 다리가 마침내 다시 열렸다고 합니다"),
        ("老桥今天上午终于开放了吗_社会", "老桥今天上午终于开放了吗_社会"),
        ("老桥今天上午终于重新开放了吗真的开放了_社会", "老桥今天上午终于重新开放了吗真的开放了"),
        ("老桥今天终于重新开放-河边新闻网", "老桥今天终于重新开放"),
    ],
)
def test_what_a_bar_separates_from_a_long_title_is_cut_off(title: str, expected: str) -> None:
    assert SITE.cut_off(title) == expected


def test_the_sides_of_a_title_are_those_of_each_separator() -> None:
    assert Site.sides("Bridge | Town | Daily") == ["Bridge", "Town | Daily", "Bridge | Town", "Daily"]
    assert Site.sides("Bridge") == []


def test_a_site_without_a_url_has_no_names() -> None:
    nameless = Site("")

    assert nameless.name == ""
    assert not nameless.is_name("")
    assert not nameless.is_like("anything")


def test_six_words_may_be_like_the_host_and_seven_are_a_title() -> None:
    assert Site(URL).is_like("all the news of daily example")
    assert not Site(URL).is_like("and all the news of daily example")


def test_a_name_behind_a_bar_stays_where_nothing_else_is_left() -> None:
    assert SITE.without_name("| Daily Example") == "| Daily Example"


def test_a_title_of_one_letter_is_left_without_the_name() -> None:
    assert SITE.without_name("X | Daily Example") == "X"


def test_no_address_and_a_place_on_the_page_are_no_links_to_the_front_page_even_there() -> None:
    front = Site("https://daily-example.co.uk/")

    assert front.is_home("/")
    assert not front.is_home("")
    assert not front.is_home("#")


def test_three_words_in_front_of_a_bar_are_a_title_and_two_are_not() -> None:
    assert SITE.cut_off("Bridges considered harmful | Town") == "Bridges considered harmful"
    assert SITE.cut_off("Bridges reconsidered | Town") == "Bridges reconsidered | Town"
