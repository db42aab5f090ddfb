from __future__ import annotations

import pytest

from ingest.extraction.draft import Draft
from ingest.extraction.markup.document import Document
from ingest.extraction.metadata import extractor as metadata

URL = "https://www.daily-example.com/news/bridge?page=1"


def extract(html: str) -> Draft:
    return metadata.EXTRACTOR.extract(Document(html, URL))


def json_ld(body: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {body}}}</script>'


def test_everything_a_page_declares_of_itself_is_read() -> None:
    draft = extract(
        """<html lang="en-GB"><meta property="og:site_name" content="Daily Example">
        <meta property="og:description" content="A short &lt;b&gt;text&lt;/b&gt;.">
        <meta property="og:image" content="/bridge.jpg"><meta property="article:section" content="Local">
        <meta property="article:tag" content="Traffic"><meta property="article:tag" content="Council">
        <link rel="canonical" href="/news/bridge">"""
    )

    assert draft.language == "en"
    assert draft.site_name == "Daily Example"
    assert draft.summary == "A short text."
    assert draft.image == "https://www.daily-example.com/bridge.jpg"
    assert draft.section == "Local"
    assert draft.tags == ("Traffic", "Council")
    assert draft.canonical_url == "https://www.daily-example.com/news/bridge"
    assert draft.origins == {
        "language": "html",
        "site_name": "opengraph",
        "summary": "opengraph",
        "image": "opengraph",
        "section": "opengraph",
        "tags": "opengraph",
        "canonical_url": "link",
    }


@pytest.mark.parametrize(
    ("html", "language"),
    [
        (json_ld('"inLanguage": {"@type": "Language", "name": "Korean", "alternateName": "ko"}'), "ko"),
        ('<meta property="og:locale" content="pt_BR">', "pt"),
        ('<meta http-equiv="Content-Language" content="de">', "de"),
        ('<html lang="{{ lang }}">', ""),
        ("", ""),
    ],
)
def test_the_language_is_declared_in_several_places(html: str, language: str) -> None:
    assert extract(html).language == language


@pytest.mark.parametrize(
    ("html", "paywalled"),
    [
        (json_ld('"isAccessibleForFree": false'), True),
        (json_ld('"isAccessibleForFree": "False"'), True),
        (json_ld('"isAccessibleForFree": "http://schema.org/True"'), False),
        ('<meta property="article:content_tier" content="metered">', True),
        ('<meta property="article:content_tier" content="free">', False),
        ("", None),
    ],
)
def test_a_paywall_is_what_the_page_declares(html: str, paywalled: bool | None) -> None:
    assert extract(html).paywalled is paywalled


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "http://[bad", "ftp://a.example/x", "https:///x", "", "  "]
)
def test_an_address_that_is_none_is_not_given_on(address: str) -> None:
    draft = extract(f'<link rel="canonical" href="{address}"><meta property="og:image" content="{address}">')

    assert draft.canonical_url in {"", "https://www.daily-example.com/news/bridge?page=1"}
    assert draft.image == ""


def test_a_link_to_the_author_is_not_the_address_of_the_page() -> None:
    draft = extract('<link rel="author" href="/about.html"><link rel="canonical" href="/news/bridge">')

    assert draft.canonical_url == "https://www.daily-example.com/news/bridge"


def test_keywords_are_parted_at_commas_and_given_once() -> None:
    assert extract('<meta name="keywords" content="bridge, Traffic ,traffic,,">').tags == ("bridge", "Traffic")


def test_fifty_keywords_are_the_most() -> None:
    keywords = [f"word {number}" for number in range(51)]
    assert extract(f'<meta name="keywords" content="{",".join(keywords)}">').tags == tuple(keywords[:50])


def test_a_keyword_may_hold_a_semicolon_where_commas_part_them() -> None:
    assert extract('<meta name="keywords" content="bridge; traffic">').tags == ("bridge", "traffic")
    assert extract('<meta name="keywords" content="bridge; old, traffic">').tags == ("bridge; old", "traffic")


def test_the_keywords_of_another_article_on_the_page_are_not_taken() -> None:
    other = json_ld('"headline": "Ferry", "keywords": "ferry"')
    own = json_ld('"headline": "Bridge"')
    draft = extract(f'{own}{other}<meta name="keywords" content="bridge">')
    assert (draft.tags, draft.origins["tags"]) == (("bridge",), "meta")


def test_the_address_in_og_url_counts_where_the_head_names_none() -> None:
    draft = extract('<meta property="og:url" content="/news/bridge">')
    assert (draft.canonical_url, draft.origins["canonical_url"]) == (
        "https://www.daily-example.com/news/bridge",
        "opengraph",
    )


def test_an_empty_page_answers_nothing() -> None:
    draft = extract("")

    assert draft == Draft()


def test_hostile_markup_is_answered() -> None:
    bait = "<div class=author><time>" * 500 + '<meta property="a" content="b">' * 2000 + "<h1>x</h1>" * 2000

    assert extract(bait).title in {"", "x"}
