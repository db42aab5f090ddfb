from __future__ import annotations

import pytest

from ingest.extraction.markup.document import Document
from ingest.extraction.metadata import extractor as metadata

URL = "https://www.daily-example.com/news/bridge"
HEAD = "<title>Council delays the new bridge</title>"
H1 = "<h1>Council delays the new bridge</h1>"
PROSE = "<p>" + "The council has delayed the bridge again. " * 8 + "</p>"


def authors(html: str, url: str = URL) -> tuple[str, ...]:
    return metadata.EXTRACTOR.extract(Document(html, url)).authors


def json_ld(author: str) -> str:
    return f"""<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [
        {{"@type": "NewsArticle", "headline": "Council", "author": {author}, "publisher": {{"name": "Daily Example"}}}},
        {{"@type": "Person", "@id": "https://www.daily-example.com/#ann", "name": "Ann Example"}}]}}</script>"""


@pytest.mark.parametrize(
    "author",
    [
        '"Ann Example"',
        '{"@type": "Person", "name": "Ann Example"}',
        '[{"@type": "Person", "name": "By Ann Example"}]',
        '{"@id": "https://www.daily-example.com/#ann"}',
        '{"@type": "Person", "givenName": "Ann", "familyName": "Example"}',
        '[{"@type": "Organization", "name": "Daily Example"}, {"@type": "Person", "name": "Ann Example"}]',
    ],
)
def test_json_ld_names_a_person_in_many_shapes(author: str) -> None:
    assert authors(json_ld(author)) == ("Ann Example",)


@pytest.mark.parametrize(
    "author", ['"admin"', '"https://www.facebook.com/daily"', '"ann@daily-example.com"', "null", "[]"]
)
def test_logins_addresses_and_nothing_are_no_authors(author: str) -> None:
    assert authors(json_ld(author)) == ()


def test_the_site_is_the_author_only_if_no_person_is_named() -> None:
    site = json_ld('{"@type": "Organization", "name": "Daily Example"}')

    assert authors(site + HEAD + H1 + PROSE) == ("Daily Example",)
    assert authors(site + HEAD + H1 + "<p>By Ann Example</p>" + PROSE) == ("Ann Example",)


def test_the_byline_has_the_name_where_the_metadata_has_the_login() -> None:
    assert authors(json_ld('"aexample"') + HEAD + H1 + "<p>By Ann Example</p>" + PROSE) == ("Ann Example",)


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("<p>By Ann Example</p>", ("Ann Example",)),
        ("<p>By <a href='/a'>Ann Example</a> and <a href='/b'>Ben O'Sample</a></p>", ("Ann Example", "Ben O'Sample")),
        ("<p>By</p><p>Ann Example</p><p>Political editor</p>", ("Ann Example",)),
        ("<div>Von Ann Example und Ben Sample</div>", ("Ann Example", "Ben Sample")),
        ("<p>Written by Ann Example, staff writer</p>", ("Ann Example",)),
        ("<p>by ann_x</p>", ("ann_x",)),
        ("<div class='byline'><span>Ann Example</span><span>May 3, 2024</span></div>", ("Ann Example",)),
        ("<div class='author-name'>Ann Example</div><div class='author-bio'>Ann Likes Rivers</div>", ("Ann Example",)),
        ("<a href='/authors/ann-example/'>Ann Example</a>", ("Ann Example",)),
        ("<a rel='author' href='/x'>Ann Example</a>", ("Ann Example",)),
        ("<div class='byline'>Ann Example</div><div class='byline'>Fact checked by Ben Sample</div>", ("Ann Example",)),
        ("<p>홍길동 기자 gildong@daily-example.com</p>".replace("<p>", "<p class='byline'>"), ("홍길동",)),
        ("<p class='byline'>도쿄=홍길동 특파원</p>", ("홍길동",)),
        ("<p>文：田中太郎</p>", ("田中太郎",)),
    ],
)
def test_a_byline_is_read(byline: str, expected: tuple[str, ...]) -> None:
    assert authors(HEAD + H1 + byline + PROSE) == expected


@pytest.mark.parametrize(
    "other",
    [
        "<p>By the river, not far from the town, stands the first of the old bridges of the county.</p>",
        "<div class='related'><p>By Ben Sample</p></div>",
        "<ol class='comments'><li class='comment'><span class='comment-author'>Ben Sample</span></li></ol>",
        "<p class='share'>Share on Facebook</p>",
        "<span>Project Management</span>",
    ],
)
def test_what_is_no_byline_of_the_article_names_nobody(other: str) -> None:
    assert authors(HEAD + H1 + other + PROSE) == ()


def test_several_bylines_of_other_articles_name_nobody() -> None:
    teasers = "".join(f"<li><span class='author'>{name}</span></li>" for name in ("Ann Example", "Ben Sample"))

    assert authors(f"{HEAD}{H1}{PROSE * 5}<ul>{teasers}</ul>") == ()


def test_a_byline_at_the_end_of_the_article_is_found() -> None:
    assert authors(f"{HEAD}{H1}{PROSE * 5}<p class='author'>Ann Example</p>") == ("Ann Example",)


def test_library_metadata_turns_names_round() -> None:
    meta = '<meta name="citation_author" content="Example, Ann"><meta name="citation_author" content="Sample, Ben">'

    assert authors(meta) == ("Ann Example", "Ben Sample")


def test_the_label_of_a_preview_card_names_the_author() -> None:
    meta = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Example">'

    assert authors(meta) == ("Ann Example",)
