"""Standfirsts: what belongs to the text although it stands before its box."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.body.lead import standfirst
from ingest.extraction.markup.outline import build

LEAD = "Cracked piles keep forty boats from their moorings until the spring."
TITLES = frozenset({"north quay closed"})


def leads(before: str, titles: frozenset[str] = TITLES, *, after: str = "") -> list[str]:
    root = LexborHTMLParser(f"{before}<article><p>The text.</p></article>{after}").body
    assert root is not None
    outline = build(root, lambda *_: False)
    box = next(box for box in outline.boxes if box.tag == "article")
    return [block.text for block in standfirst(outline, box, titles)]


@pytest.mark.parametrize("tag", ["p", "h2", "h3", "h4"])
def test_a_paragraph_or_heading_behind_the_headline_is_one(tag: str) -> None:
    assert leads(f"<h1>The quay</h1><{tag}>{LEAD}</{tag}>") == [LEAD]


def test_what_stands_before_the_headline_is_none() -> None:
    assert leads(f"<p>{LEAD}</p><h1>The quay</h1>") == []


def test_the_title_of_the_page_is_the_headline_rather_than_an_h1_behind_it() -> None:
    assert leads(f"<h2>North quay closed</h2><p>{LEAD}</p><h1>Quay News</h1>") == [LEAD]
    assert leads(f"<h2>Elsewhere</h2><p>{LEAD}</p><h1>Quay News</h1>") == []


def test_a_heading_behind_the_body_is_no_headline_of_it() -> None:
    assert leads(f"<p>{LEAD}</p>", after="<h1>Elsewhere</h1>") == []


def test_the_nearest_headline_counts() -> None:
    assert leads(f"<h1>One</h1><p>{LEAD}</p><h1>Two</h1>") == []


@pytest.mark.parametrize("html", ["<div class=lead>{}</div>", "<div class=lead><p>{}</p></div>",
                                  "<div class=lead><section><p>{}</p></section></div>"])  # fmt: skip
def test_a_class_of_standfirsts_makes_one_where_there_is_no_headline(html: str) -> None:
    assert leads(html.format(LEAD)) == [LEAD]


@pytest.mark.parametrize(
    "html",
    [
        "<p>{}</p>",
        "<div class=lead><div><div><div><p>{}</p></div></div></div></div>",
        "<table class=lead><tr><td>{}</table>",
        "<figure class=lead><figcaption><p>{}</p></figcaption></figure>",
    ],
)
def test_without_headline_or_class_it_is_none(html: str) -> None:
    assert leads(html.format(LEAD)) == []


@pytest.mark.parametrize(
    "html",
    [
        "<h1>The quay</h1><div>{}</div>",
        "<h1>The quay</h1><figure><figcaption><p>{}</p></figcaption></figure>",
        "<h1>The quay</h1><p class=caption>{}</p>",
    ],
)
def test_an_unnamed_box_or_a_caption_behind_the_headline_is_none(html: str) -> None:
    assert leads(html.format(LEAD)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Too short to lead into a text.",
        LEAD * 15,
        f"<a href=/x>{LEAD}</a>",
        f"{LEAD} <a href=/x>{LEAD[:50]}</a>",
        "Cracked-piles-keep-forty-boats-from-their-moorings",
        "Sign up for our newsletter about the tides and the boats.",
        "Published: Friday, 3 May 2024, 10:15 GMT; updated: 4 May 2024",
    ],
)
def test_labels_links_calls_and_stamps_are_none(line: str) -> None:
    assert leads(f"<h1>The quay</h1><p>{line}</p>") == []


def test_a_line_with_a_short_link_is_one() -> None:
    assert leads(f"<h1>The quay</h1><p>{LEAD} <a href=/x>The pier</a></p>") == [f"{LEAD} The pier"]


def test_a_long_paragraph_is_one() -> None:
    assert leads(f"<h1>The quay</h1><p>{LEAD * 12}</p>") == [LEAD * 12]


def test_the_title_in_other_words_is_none() -> None:
    titles = frozenset({"north quay closed: oak piles cracked"})
    assert leads("<h1>News</h1><h2>North quay closed after oak piles had cracked</h2>".lower(), titles) == []
    assert leads("<h1>news</h1><h2>north quay closed, as its oak piles cracked</h2>", titles) == []
    heading = "Cracked piles: forty boats lose their moorings until spring"
    assert leads(f"<h1>News</h1><h2>{heading}</h2>", titles) == [heading]
    assert leads("<h1>News</h1><h2>The north quay, as it was in May — of which</h2>", frozenset({"north quay"})) != []


def test_a_long_title_repeated_behind_the_headline_is_none() -> None:
    assert leads(f"<h1>News</h1><p>{LEAD}</p>", frozenset({LEAD.lower().rstrip(".")})) == []


def test_japanese_says_as_much_in_half_the_letters_and_without_spaces() -> None:
    lead = "港の北側の岸壁が火曜日に閉鎖され、四十隻の船が移った。"
    assert leads(f"<h1>岸壁</h1><p>{lead}</p>") == [lead]
    assert leads("<h1>岸壁</h1><p>港の北側の岸壁。</p>") == []


def test_three_at_most_those_nearest_the_body() -> None:
    lines = [f"{number}. {LEAD}" for number in range(5)]
    assert leads("<h1>The quay</h1>" + "".join(f"<p>{line}</p>" for line in lines)) == lines[-3:]


def test_where_the_body_is_far_only_the_first_lines_behind_the_headline_count() -> None:
    facts = "".join(f"<div>Fact {number}</div>" for number in range(30))
    assert leads(f"<h1>The quay</h1><p>{LEAD}</p>{facts}") == [LEAD]
    assert leads(f"<h1>The quay</h1>{'<div>Fact</div>' * 6}<p>{LEAD}</p>{facts}") == []
    lines = [f"{number}. {LEAD}" for number in range(6)]
    rows = "".join(f"<p>{line}</p>" for line in lines)
    assert leads(f"<h1>The quay</h1>{rows}{facts}") == lines[:3]


def test_where_there_is_no_headline_a_class_counts_near_the_body_only() -> None:
    lead = f"<div class=lead>{LEAD}</div>"
    assert leads(lead + "<div>Fact</div>" * 9) == [LEAD]
    assert leads(lead + "<div>Fact</div>" * 20) == []


def test_within_reach_of_the_headline_all_lines_count() -> None:
    assert leads(f"<h1>The quay</h1>{'<div>Fact</div>' * 9}<p>{LEAD}</p>") == [LEAD]
