from __future__ import annotations

import json
from typing import Any

import pytest

from ingest.extraction.markup.document import Document
from ingest.extraction.metadata.json_ld import ArticleObject, article_objects

URL = "https://www.daily-example.com/news/bridge"


def read(*items: Any, url: str = URL) -> list[ArticleObject]:
    scripts = (f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in items)
    return article_objects(Document("".join(scripts), url))


def one(**fields: Any) -> ArticleObject:
    (found,) = read({"@type": "NewsArticle", **fields})
    return found


def test_an_article_is_read_into_one_flat_shape() -> None:
    found = one(
        headline="The <b>old</b> bridge",
        author={"name": "Ann Example"},
        datePublished="2026-01-06",
        dateModified="2026-01-07",
        inLanguage="en-GB",
        articleSection=["Town", "News"],
        keywords=["bridge", "river"],
        description="It &amp; the river",
        image={"url": "https://img.example/a.jpg"},
        publisher={"name": "Daily Example"},
        url=URL,
        isAccessibleForFree=False,
    )

    assert found == ArticleObject(
        kind="newsarticle",
        headline="The old bridge",
        authors=("Ann Example",),
        published="2026-01-06",
        modified="2026-01-07",
        language="en-GB",
        section="Town",
        tags=("bridge", "river"),
        summary="It & the river",
        image="https://img.example/a.jpg",
        publisher="Daily Example",
        url=URL,
        free=False,
    )
    assert found.is_article


def test_an_object_that_says_nothing_is_empty() -> None:
    assert one() == ArticleObject(kind="newsarticle")


def test_articles_come_before_works_and_works_before_pages() -> None:
    found = read(
        {"@type": "WebPage"}, {"@type": "Recipe"}, {"@type": "BlogPosting"}, {"@type": "Person", "name": "Ann"}
    )

    assert [item.kind for item in found] == ["blogposting", "recipe", "webpage"]
    assert [item.is_article for item in found] == [True, False, False]


@pytest.mark.parametrize("name", ["url", "mainEntityOfPage", "@id"])
@pytest.mark.parametrize("url", [URL, URL + "/", URL + "?a=1#b", "http://daily-example.com/news/bridge"])
def test_the_object_with_the_url_of_the_page_comes_first(name: str, url: str) -> None:
    teaser = {"@type": "NewsArticle", "headline": "Teaser", "url": "https://www.daily-example.com/news/other"}

    assert read(teaser, {"@type": "NewsArticle", "headline": "Bridge", name: url})[0].headline == "Bridge"


def test_without_a_url_the_first_article_counts() -> None:
    items = ({"@type": "NewsArticle", "headline": "A", "url": ""}, {"@type": "NewsArticle", "headline": "B", "url": ""})

    assert [item.headline for item in read(*items, url="")] == ["A", "B"]


def test_of_several_types_that_of_an_article_counts() -> None:
    (found,) = read({"@type": ["WebPage", "https://schema.org/NewsArticle"]})

    assert found.kind == "newsarticle"


def test_the_main_entity_of_a_page_is_opened() -> None:
    found = read({"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Bridge", "author": "Ann"}})

    assert [item.kind for item in found] == ["newsarticle", "webpage"]


def test_a_mere_reference_to_a_page_is_no_object() -> None:
    assert [
        item.kind for item in read({"@type": "NewsArticle", "mainEntityOfPage": {"@type": "WebPage", "@id": URL}})
    ] == ["newsarticle"]


def test_main_entities_are_opened_three_levels_down() -> None:
    def nested(levels: int) -> dict[str, Any]:
        item: dict[str, Any] = {"@type": "NewsArticle", "headline": "Bridge", "a": 1}
        for _ in range(levels):
            item = {"@type": "Thing", "mainEntity": item, "a": 1}
        return item

    assert len(read(nested(3))) == 1
    assert read(nested(4)) == []


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ann", ("Ann",)),
        (["Ann", {"name": "Ben"}], ("Ann", "Ben")),
        ({"name": ["Ann", "Ben"]}, ("Ann", "Ben")),
        ({"givenName": "Ann", "familyName": "Example"}, ("Ann Example",)),
        ({"familyName": "Example"}, ()),
        ({"@id": "#ann"}, ("Ann of the graph",)),
        ({"@id": "#nobody"}, ()),
        ({"@id": "#ann", "name": "Ann"}, ("Ann",)),
        ([[["Ann"]]], ("Ann",)),
        ([[[["Ann"]]]], ()),
        (None, ()),
        (5, ()),
    ],
)
def test_authors_are_named_in_many_shapes(author: Any, names: tuple[str, ...]) -> None:
    found = read(
        {"@type": "NewsArticle", "author": author},
        {"@type": "Person", "@id": "#ann", "name": "Ann of the graph"},
        {"@id": "#nobody"},
    )

    assert found[0].authors == names


def test_the_creator_stands_in_for_the_author_and_the_name_for_the_headline() -> None:
    found = one(creator="Ann", name="Bridge", thumbnailUrl="https://img.example/t.jpg", dateCreated="2026-01-05")

    assert (found.authors, found.headline, found.image, found.published) == (
        ("Ann",), "Bridge", "https://img.example/t.jpg", "2026-01-05",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["2026-01-06", "2025"], "2026-01-06"),
        ({"@value": "2026-01-06"}, "2026-01-06"),
        (1767657600, "1767657600"),
        (True, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_a_date_is_a_string_a_number_or_wrapped(value: Any, text: str) -> None:
    assert one(datePublished=value).published == text


def test_the_upload_date_counts_if_no_other_is_given() -> None:
    assert one(datePublished="", uploadDate="2026-01-04").published == "2026-01-04"


@pytest.mark.parametrize(
    ("value", "free"),
    [
        (True, True),
        (False, False),
        ("True", True),
        ("false", False),
        ("http://schema.org/False", False),
        ("perhaps", None),
        (None, None),
        (1, None),
    ],
)
def test_whether_an_article_is_free_is_written_in_many_ways(value: Any, free: bool | None) -> None:
    assert one(isAccessibleForFree=value).free is free


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("a.jpg", "a.jpg"),
        (["a.jpg", "b.jpg"], "a.jpg"),
        ([{"url": "a.jpg"}], "a.jpg"),
        ({"contentUrl": "a.jpg"}, "a.jpg"),
        ({"url": {"@id": "a.jpg"}}, "a.jpg"),
        ({"@id": "#image"}, "graph.jpg"),
        ([], ""),
        ({}, ""),
        (5, ""),
    ],
)
def test_an_image_is_a_url_an_object_or_a_reference(image: Any, url: str) -> None:
    found = read(
        {"@type": "NewsArticle", "image": image}, {"@type": "ImageObject", "@id": "#image", "url": "graph.jpg"}
    )

    assert found[0].image == url


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "de"),
        (["de", "en"], "de"),
        ({"alternateName": "de", "name": "German"}, "de"),
        ({"name": "German"}, "German"),
        ([], ""),
    ],
)
def test_a_language_is_a_code_or_an_object(language: Any, expected: str) -> None:
    assert one(inLanguage=language).language == expected
