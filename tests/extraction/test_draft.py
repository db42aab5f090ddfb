"""A field of a draft is known wherever fields are listed."""

from dataclasses import fields

import pytest

from ingest.extraction import chain
from ingest.extraction.draft import FIELDS, Draft, Extractor
from ingest.extraction.markup.document import Document
from ingest.extraction.rule import extractor
from ingest.model import Article, Hints, Rule
from ingest.run.explain import explain

PAGE = """<html lang="en"><head><title>The lamp | Gazette</title><meta name="robots" content="noarchive">
<meta name="author" content="Ada Lind"><meta property="article:published_time" content="2026-03-02T10:00:00Z">
<link rel="canonical" href="https://gazette.example/lamp"></head>
<body><article><h1>The lamp</h1><p>The lamp in Cooper Street goes out when the last tram has passed.</p></article>"""
HINTS = Hints("The lamp", ("Ada Lind",), "2026-03-02T10:00:00Z", "", "A lamp.", "", ("lamps",), "en")


def test_every_field_of_a_draft_is_one_of_an_article() -> None:
    assert set(FIELDS) <= {field.name for field in fields(Article)}


def test_every_field_of_an_article_is_one_of_a_draft_unless_it_is_known_without_reading_the_page() -> None:
    known = {"url", "first_page", "pages"}
    assert {field.name for field in fields(Article)} - known <= {field.name for field in fields(Draft)}


def test_every_field_can_be_answered_by_the_extractors_of_any_page() -> None:
    assert set(FIELDS) == {field for each in chain.compose() for field in each.fields}


@pytest.mark.parametrize(
    "each",
    [*chain.compose(), *chain.FEED_ENTRY, extractor("x", Rule(title=("h1",), authors=("h1",), body=("article",)))],
    ids=lambda each: each.name,
)
def test_an_extractor_answers_no_field_that_it_does_not_announce(each: Extractor) -> None:
    draft = each.extract(Document(PAGE, "https://gazette.example/lamp", hints=HINTS))
    answered = {field for field in FIELDS if getattr(draft, field) != getattr(Draft(), field)}
    assert answered <= each.fields


def test_a_preview_lists_answers_in_the_order_of_the_fields_and_leaves_none_out() -> None:
    found = explain(PAGE, "https://gazette.example/lamp")
    listed = list(dict.fromkeys(answer.field for answer in found.answers))
    assert listed == [field for field in FIELDS if getattr(found.article, field) or field in listed]
    assert "robots" in listed
