"""How a page is read, for people who look at it."""

from collections import Counter
from dataclasses import replace

import pytest

from ingest.extraction.draft import Extractor
from ingest.extraction.markup.document import Document
from ingest.model import Rule, Source
from ingest.run import extract
from ingest.run.explain import FieldAnswer, explain
from ingest.run.extract import extract_page

STORY = "Die Lampe in der Böttcherstraße geht aus, wenn die letzte Bahn gefahren ist, und nicht eine Minute früher. "
PAGE = f"""<html lang="en"><head><title>Die Lampe | Gazette</title>
<link rel="canonical" href="https://elsewhere.example/lamp"></head>
<body><article><h1>Die Lampe</h1><p>{STORY * 5}</p><p class="x"><a href="/y">Noch eine Lampe</a></p></article>"""
URL = "https://gazette.example/lamp"
SOURCE = Source("gazette", "https://gazette.example/", rule=Rule(title=("h2", "h1"), body=("#none",)))


def test_the_article_is_the_one_that_a_run_would_store() -> None:
    assert explain(PAGE, URL, source=SOURCE).article == extract_page(PAGE, URL, source=SOURCE)


def test_each_answer_names_its_extractor_and_where_it_was_found() -> None:
    found = explain(PAGE, URL, source=SOURCE)
    titles = [answer for answer in found.answers if answer.field == "title"]
    assert titles[0] == FieldAnswer("title", "rule:gazette", "h1", "Die Lampe", won=True)
    assert [(each.extractor, each.won) for each in titles[1:]] == [("metadata", False)]
    assert found.extractors == ("rule:gazette", "metadata", "hints", "generic")


@pytest.mark.parametrize(("field", "final"), [("language", "de"), ("canonical_url", URL)])
def test_what_the_text_or_the_address_says_better_is_an_answer_of_its_own(field: str, final: str) -> None:
    answers = [answer for answer in explain(PAGE, URL).answers if answer.field == field]
    assert [(each.extractor, each.won) for each in answers] == [("metadata", False), ("chain", True)]
    assert answers[-1].value == final


def test_the_record_of_the_body_is_that_of_the_extractor_that_found_it() -> None:
    body = explain(PAGE, URL, source=SOURCE).body
    assert body is not None
    assert [(each.by, each.text) for each in body.removed()] == [
        ("pass: headline", "Die Lampe"),
        ("pass: links", "Noch eine Lampe"),
    ]
    assert explain("", URL).body is None


def test_the_page_is_parsed_once_and_each_extractor_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()

    def counted(document: Document, **known: object) -> list[Extractor]:
        def count(each: Extractor) -> Extractor:
            def ask(page: Document):
                assert page is document
                asked[each.name] += 1
                return each.extract(page)

            return replace(each, extract=ask)

        return [count(each) for each in chain(document, **known)]

    chain = extract.extractors_for
    monkeypatch.setattr(extract, "extractors_for", counted)
    explain(PAGE, URL)
    assert asked == {"metadata": 1, "hints": 1, "generic": 1}
