"""How elements are named for people who look at a page."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.trace import described, path, text_of


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<aside id=more class='related box'>", "aside#more.related.box"),
        ("<aside class='a b c d e'>", "aside.a.b.c"),
        ("<aside role=search>", "aside[role=search]"),
        ("<aside role=search class=a>", "aside.a"),
        ("<aside role=search id=b>", "aside#b"),
        ("<aside>", "aside"),
    ],
)
def test_an_element_is_named_as_a_selector_would(html: str, name: str) -> None:
    assert described(LexborHTMLParser(html).css_first("aside")) == name


@pytest.mark.parametrize(
    ("html", "steps"),
    [
        ("<p>", "body > p"),
        ("<main><p>", "body > main > p"),
        ("<main><article><p>", "main > article > p"),
    ],
)
def test_a_path_has_the_element_and_the_two_around_it(html: str, steps: str) -> None:
    assert path(LexborHTMLParser(html).css_first("p")) == steps


def test_the_text_of_an_element_is_in_one_line() -> None:
    assert text_of(LexborHTMLParser("<div>one <b>two</b>\n<p>three</p></div>").css_first("div")) == "one two three"
