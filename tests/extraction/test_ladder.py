"""The first non-empty answer wins, field by field."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.errors import ExtractError
from ingest.extraction import ladder
from ingest.extraction.draft import Draft, Extractor
from ingest.extraction.markup.document import Document
from ingest.model import DateCandidate

DOCUMENT = Document("<p>A page.</p>", "https://gazette.example/lamp")
SEEN = DateCandidate("published", "h1", "yesterday", None)


def rung(name: str, *fields: str, **draft: Any) -> Extractor:
    return Extractor(name, frozenset(fields or draft), lambda _: Draft(**draft))


def never(document: Document) -> Draft:
    raise AssertionError("asked in vain")


def test_the_first_extractor_that_knows_a_field_answers_for_it() -> None:
    article = ladder.merge(
        DOCUMENT, [rung("a", "title", "section", title="First"), rung("b", title="Second", section="B")]
    )
    assert (article.title, article.section) == ("First", "B")
    assert article.origins == {"section": "b", "title": "a"}


def test_an_extractor_is_not_asked_for_what_is_known() -> None:
    article = ladder.merge(DOCUMENT, [rung("a", title="First"), Extractor("b", frozenset({"title"}), never)])
    assert article.title == "First"


def test_what_an_extractor_does_not_announce_is_not_taken() -> None:
    assert ladder.merge(DOCUMENT, [rung("a", "title", title="First", section="Hidden")]).section == ""


def test_no_is_an_answer_and_nothing_is_none() -> None:
    article = ladder.merge(DOCUMENT, [rung("a", paywalled=None), rung("b", paywalled=False), rung("c", paywalled=True)])
    assert (article.paywalled, article.origins) == (False, {"paywalled": "b"})


def test_a_finer_name_of_the_place_is_the_origin() -> None:
    article = ladder.merge(DOCUMENT, [rung("a", "title", title="First", origins={"title": "h1"})])
    assert article.origins == {"title": "h1"}


def test_dates_of_all_that_were_asked_are_kept_in_their_order() -> None:
    published = datetime(2026, 3, 2, tzinfo=UTC)
    later = DateCandidate("published", "meta", "2 March", published)
    chain = [rung("a", "published", dates=(SEEN,)), rung("b", "published", published=published, dates=(later,))]
    article = ladder.merge(DOCUMENT, chain)
    assert (article.published, article.dates) == (published, (SEEN, later))


def test_a_type_without_a_confidence_is_sure_and_a_guess_keeps_its_own() -> None:
    guess = rung("guess", page_type="article", page_type_confidence=0.6)
    assert ladder.merge(DOCUMENT, [guess]).page_type_confidence == 0.6
    assert ladder.merge(DOCUMENT, [rung("rule", page_type="listing"), guess]).page_type_confidence == 1.0
    assert ladder.merge(DOCUMENT, [rung("a", title="First")]).page_type_confidence == 0.0


def test_the_address_of_the_page_is_canonical_where_nobody_names_another() -> None:
    other = "https://gazette.example/other"
    assert ladder.merge(DOCUMENT, []).canonical_url == DOCUMENT.url
    article = ladder.merge(DOCUMENT, [rung("a", canonical_url=other)])
    assert (article.url, article.canonical_url) == (DOCUMENT.url, other)


def test_when_all_are_asked_each_says_what_it_knows() -> None:
    chain = [rung("a", title="First"), rung("b", title="Second")]
    assert [(each.name, draft.title) for each, draft in ladder.ask(DOCUMENT, chain)] == [
        ("a", "First"),
        ("b", "Second"),
    ]


@pytest.mark.parametrize("ask", [ladder.merge, ladder.ask])
def test_a_page_nested_too_deeply_is_an_error_that_names_the_extractor(ask) -> None:
    def deep(document: Document) -> Draft:
        return deep(document)

    with pytest.raises(ExtractError, match="deep: nested too deeply"):
        ask(DOCUMENT, [Extractor("deep", frozenset({"title"}), deep)])
