"""How long, how linked and how far from the body a standfirst may be, and when a heading repeats the title."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.body.lead import standfirst
from ingest.extraction.markup.outline import build

LEAD = "Cracked piles keep forty boats from their moorings until the spring."


def leads(before: str, title: str = "north quay closed") -> list[str]:
    root = LexborHTMLParser(f"<h1>The quay</h1>{before}<article><p>The text.</p></article>").body
    assert root is not None
    outline = build(root, lambda *_: False)
    box = next(box for box in outline.boxes if box.tag == "article")
    return [block.text for block in standfirst(outline, box, frozenset({title}))]


def words(letters: int) -> str:
    """A text of exactly so many letters."""
    return (LEAD.replace(".", " ") * 20)[: letters - 1] + "x"


@pytest.mark.parametrize(("letters", "is_one"), [(39, False), (40, True), (900, True), (901, False)])
def test_it_is_longer_than_a_label_and_shorter_than_a_text(letters: int, is_one: bool) -> None:
    assert leads(f"<p>{words(letters)}</p>") == [words(letters)] * is_one


@pytest.mark.parametrize(("letters", "is_one"), [(19, False), (20, True)])
def test_in_japanese_half_the_letters_are_no_label(letters: int, is_one: bool) -> None:
    text = ("港の北側の岸壁が火曜日に閉鎖され四十隻の船が移った" * 2)[:letters]
    assert leads(f"<p>{text}</p>") == [text] * is_one


@pytest.mark.parametrize(("linked", "is_one"), [(18, True), (20, True), (21, False)])
def test_up_to_a_third_of_it_may_be_links(linked: int, is_one: bool) -> None:
    text = "x" * linked + " " + words(60 - linked - 1)
    assert leads(f"<p><a href=/x>{'x' * linked}</a> {words(60 - linked - 1)}</p>") == [text] * is_one


@pytest.mark.parametrize(("between", "is_one"), [(13, True), (14, False)])
def test_the_line_before_the_body_counts_while_the_headline_is_near(between: int, is_one: bool) -> None:
    assert leads("<div>Fact</div>" * between + f"<p>{LEAD}</p>") == [LEAD] * is_one


@pytest.mark.parametrize(("before", "is_one"), [(3, True), (4, False)])
def test_where_the_headline_is_far_only_the_four_lines_behind_it_count(before: int, is_one: bool) -> None:
    assert leads("<div>Fact</div>" * before + f"<p>{LEAD}</p>" + "<div>Fact</div>" * 20) == [LEAD] * is_one


@pytest.mark.parametrize(
    ("words_in_title", "is_one"), [("forty boats moored", True), ("forty boats moored order", False)]
)
def test_a_heading_with_half_of_its_words_in_the_title_repeats_it(words_in_title: str, is_one: bool) -> None:
    heading = "Forty boats moored until the spring tide, by order"
    assert leads(f"<h2>{heading}</h2>", words_in_title) == [heading] * is_one


@pytest.mark.parametrize(
    ("heading", "is_one"),
    [
        ("Underwater reconstruction: harbourmasters, 1 to 9", True),
        ("Underwater reconstruction: harbour masters, 1 to 9", False),
    ],
)
def test_three_words_of_a_heading_may_be_in_the_title_by_chance(heading: str, is_one: bool) -> None:
    title = "underwater reconstruction by harbourmasters, or harbour masters"
    assert leads(f"<h2>{heading}</h2>", title) == [heading] * is_one
