from __future__ import annotations

from ingest.extraction.markup.document import Document
from ingest.model import NO_HINTS

URL = "https://news.example/town/bridge"


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_a_page_by_itself_has_no_url_no_language_and_is_in_utc() -> None:
    document = Document("<p>Hello</p>")

    assert (document.url, document.language, document.time_zone, document.hints) == ("", "", "UTC", NO_HINTS)
    assert document.base_url == ""
    assert document.meta == {}
    assert document.json_ld == []


def test_relative_links_start_from_the_page_or_from_its_base() -> None:
    assert Document("<p>Hello</p>", URL).base_url == URL
    assert Document('<base href="/archive/"><base href="/other/">', URL).base_url == "https://news.example/archive/"
    assert Document('<base target="_blank">', URL).base_url == URL
    assert Document('<base href="http://[bad">', URL).base_url == URL, "what is no URL is ignored"


def test_meta_elements_are_found_by_name_property_and_itemprop() -> None:
    document = Document(
        """<meta name="Author" content=" Ann "><meta property="og:title" name="ignored" content="Bridge">
        <meta itemprop="datePublished" content="2026-01-06"><meta name="author" value="Ben">
        <meta name="empty" content="  "><meta content="nameless"><meta charset="utf-8">"""
    )

    assert document.meta == {"author": ["Ann", "Ben"], "og:title": ["Bridge"], "datepublished": ["2026-01-06"]}


def test_json_ld_is_flattened_in_page_order() -> None:
    document = Document(
        ld('[{"@type": "WebPage"}, {"@graph": [{"@type": "NewsArticle"}, {"@type": "Person"}]}]')
        + ld("not json at all")
        + ld('{"@type": "Organization"}')
        + '<script>{"@type": "Recipe"}</script>'
    )

    assert [item.get("@type") for item in document.json_ld] == [
        "WebPage", None, "NewsArticle", "Person", "Organization",
    ]  # fmt: skip


def test_json_ld_is_followed_four_levels_down_and_no_further() -> None:
    def nested(levels: int) -> str:
        return "[" * levels + '{"@type": "NewsArticle"}' + "]" * levels

    assert len(Document(ld(nested(4))).json_ld) == 1
    assert Document(ld(nested(5))).json_ld == []
    assert Document(ld(nested(5_000))).json_ld == []


def test_graphs_inside_graphs_end_at_the_same_depth() -> None:
    def graph(levels: int) -> str:
        return '{"@graph": ' * levels + '{"@type": "NewsArticle"}' + "}" * levels

    assert len(Document(ld(graph(4))).json_ld) == 5
    assert len(Document(ld(graph(6))).json_ld) == 5


def test_landmarks_are_kept_by_tag_in_page_order() -> None:
    document = Document("<title>T</title><h1>A</h1><p>x</p><h1>B</h1><link rel='canonical' href='/a'><link rel='next'>")

    assert [node.text() for node in document.landmarks["h1"]] == ["A", "B"]
    assert len(document.landmarks["link"]) == 1
    assert "p" not in document.landmarks


def test_elements_are_found_by_css() -> None:
    document = Document("<p class='a'>1</p><p class='b'>2</p><p class='a'>3</p>")

    assert [node.text() for node in document.css("p.a")] == ["1", "3"]
    assert document.css_first("p.c") is None
    found = document.css_first("p.a")
    assert found is not None
    assert found.text() == "1"


def test_hidden_mail_addresses_are_decoded_before_anything_is_read() -> None:
    cipher = bytes([1, *(byte ^ 1 for byte in b"ann@news.example")]).hex()

    assert "ann@news.example" in Document(f'<p><a class="__cf_email__" data-cfemail="{cipher}">x</a></p>').html
