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


def test_a_login_counts_before_a_single_word_in_a_byline_and_before_the_site() -> None:
    assert authors(json_ld('"aexample"') + HEAD + H1 + "<p>By ann_x</p>" + PROSE) == ("aexample",)
    meta = '<meta name="author" content="aexample">'
    assert authors(json_ld('{"@type": "Organization", "name": "Daily Example"}') + meta) == ("aexample",)


def test_a_byline_that_names_the_site_yields_to_a_login() -> None:
    assert authors(json_ld('"aexample"') + HEAD + H1 + "<p>By Daily Example</p>" + PROSE) == ("aexample",)


def test_a_byline_that_names_the_site_is_better_than_nothing() -> None:
    site = '<meta property="og:site_name" content="Daily Example">'

    assert authors(site + HEAD + H1 + "<p>By Daily Example</p>" + PROSE) == ("Daily Example",)


def test_two_logins_are_two_persons() -> None:
    assert authors(json_ld('["aexample", "bsample"]') + HEAD + H1 + "<p>By Cleo Other</p>") == ("aexample", "bsample")


def test_a_catalogue_of_several_authors_is_not_turned_round() -> None:
    assert authors('<meta name="citation_author" content="Example, Ann, Jr">') == ("Example", "Ann, Jr")
    assert authors('<meta name="author" content="Example, Ann">') == ("Example", "Ann")


def test_other_labels_of_a_preview_card_name_nobody() -> None:
    meta = '<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="Ann Example">'

    assert authors(meta) == ()
    second = '<meta name="twitter:label2" content="By"><meta name="twitter:data2" content="Ann Example">'
    assert authors(meta + second) == ("Ann Example",)


@pytest.mark.parametrize(
    "source",
    [
        "<p>A note. This was written by <b>Ann Example</b> for us.</p>",
        "<p>POSTED on Monday. Posted by: <a href='/a'><i>Ann Example</i></a></p>",
        "<p>It was written by hand. Then it was written by <b>Ann Example</b></p>",
    ],
)
def test_written_by_anywhere_in_the_source_names_the_author(source: str) -> None:
    assert authors(HEAD + H1 + PROSE * 5 + source) == ("Ann Example",)


def test_written_by_is_looked_for_sixteen_times() -> None:
    prose = HEAD + H1 + PROSE * 5

    assert authors(prose + "<p>written by hand</p>" * 15 + "<p>written by Ann Example</p>") == ("Ann Example",)
    assert authors(prose + "<p>written by hand</p>" * 16 + "<p>written by Ann Example</p>") == ()


def test_written_without_by_names_nobody() -> None:
    assert authors(HEAD + H1 + PROSE * 5 + "<p>It was written in Ann Example</p>") == ()


def test_bylines_that_all_name_the_same_person_are_one() -> None:
    twice = "<p class='author'>Ann Example</p>" * 2

    assert authors(f"{HEAD}{H1}{PROSE * 5}{twice}") == ("Ann Example",)


def test_of_marked_elements_the_first_thirty_are_read() -> None:
    empty = "<p class='author'>read more</p>"
    named = "<p class='author'>Ann Example</p>"

    assert authors(HEAD + H1 + PROSE * 5 + empty * 29 + named) == ("Ann Example",)
    assert authors(HEAD + H1 + PROSE * 5 + empty * 30 + named) == ()


def test_a_bare_name_below_the_headline_counts_if_the_source_calls_it_an_author() -> None:
    page = HEAD + H1 + "<p>Ann Example</p>" + PROSE

    assert authors(page) == ()
    assert authors(page + '<script>{"author": "Ann Example"}</script>') == ("Ann Example",)
    assert authors(page + f'<script>{{"author": "{"x" * 150}Ann Example"}}</script>') == ()
    assert authors(page + '<script>"Ann Example" is the author</script>') == ()
