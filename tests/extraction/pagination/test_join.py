"""One body out of several pages: nothing twice, nothing of another article, nothing lost."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.article.body import Body
from ingest.extraction.pagination.join import append
from ingest.model import Article

URL = "https://news.example/mill/the-mill-turns-again"
TITLE = "The mill turns again"
BIO = "<p>Ada Quill writes about rivers and what people build on them.</p>"
OPENING = (
    '<figure><img src="https://news.example/mill.jpg" alt="The mill"></figure><p>The wheel is back after a year.</p>'
)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def page(number: int, structure: str = "", **fields: Any) -> Article:
    url = URL if number == 1 else f"{URL}/{number}/"
    story = structure or (
        f"<p>On day {number} the wheel was lifted out of the water, which took the whole village until evening.</p>"
        f"<p>Nobody had expected that the {number} beams behind it would be as sound as they turned out to be.</p>"
    )
    said = {"title": TITLE, "canonical_url": url, "published": NOON} | fields
    return Article(url, body=Body(story), **said)


def joined(*pages: Article) -> Article | None:
    held: Article | None = pages[0]
    for following in pages[1:]:
        assert held is not None
        held = append(held, following)
    return held


def structure(*pages: Article) -> str:
    article = joined(*pages)
    assert article is not None
    return article.body.structure


def test_pages_follow_each_other_under_the_metadata_of_the_first():
    first = page(1, title=TITLE, authors=("Ada Quill",), image="https://news.example/mill.jpg")
    last = page(2, title=f"{TITLE} – Page 2", authors=("Somebody",), next_page=f"{URL}/3/", paywalled=True)
    article = append(first, last)
    assert article == replace(
        first,
        body=Body(first.body.structure + last.body.structure),
        pages=2,
        next_page=f"{URL}/3/",
        paywalled=True,
    )


@pytest.mark.parametrize(
    "head",
    [
        f"<h2>{TITLE}</h2>",
        f"<p>{TITLE} (Page 2)</p>",
        "<p>Page 2 of 3</p>",
        "<p>Seite 2/3</p>",
        "<p>2 / 3</p>",
        OPENING,
    ],
)
def test_what_every_page_opens_with_opens_the_first_only(head: str):
    first = page(1, OPENING + page(1).body.structure)
    second = page(2, head + page(2).body.structure)
    assert structure(first, second) == first.body.structure + page(2).body.structure


def test_what_every_page_closes_with_closes_the_last_only():
    pages = [page(number, page(number).body.structure + BIO) for number in (1, 2, 3)]
    assert structure(*pages) == "".join(page(number).body.structure for number in (1, 2, 3)) + BIO


def test_rows_of_links_to_the_other_pages_are_left_out():
    row = f'<p>Pages: 1 <a href="{URL}/2/">2</a> <a href="{URL}/3/"><strong>3</strong></a></p>'
    back = f'<ul><li><a href="{URL}">1</a></li><li><a href="{URL}/3/">3</a></li></ul>'
    first, second = page(1, page(1).body.structure + row), page(2, back + page(2).body.structure)
    assert structure(first, second) == page(1).body.structure + page(2).body.structure


def test_a_sentence_that_links_to_another_page_stays():
    sentence = f'<p>The miller, of whom we told <a href="{URL}">at the beginning</a>, was not asked about it.</p>'
    second = page(2, page(2).body.structure + sentence)
    assert structure(page(1), second).endswith(sentence)


def test_a_refrain_in_the_middle_stays():
    refrain = "<p>And the water ran.</p>"
    first = page(1, page(1).body.structure + refrain + page(7).body.structure)
    second = page(2, page(2).body.structure + refrain + page(8).body.structure)
    assert structure(first, second).count(refrain) == 2


def test_a_list_with_lists_inside_is_one_piece():
    nested = "<ul><li>Oak<ul><li>old</li><li>new</li></ul></li><li>Iron</li></ul><p>All of it was bought nearby.</p>"
    assert structure(page(1), page(2, nested)) == page(1).body.structure + nested


@pytest.mark.parametrize(
    "following",
    [
        page(2, canonical_url="https://news.example/eels/the-eels-are-back"),
        page(2, title="Herring prices fall for the third week", published=None),
        page(2, title="Herring prices fall for the third week", published=NOON.replace(day=9)),
        page(2, page(1).body.structure),
        page(2, page(1).body.structure + "<p>Short.</p>"),
    ],
    ids=["its canonical URL", "its title", "its title and day", "the same text", "nearly the same text"],
)
def test_a_page_of_another_article_or_the_same_once_more_is_not_joined(following: Article):
    assert joined(page(1), following) is None


@pytest.mark.parametrize(
    "following",
    [
        page(2, title="What the miller says"),
        page(2, canonical_url=URL),
        page(2, title="What the miller says", published=None, canonical_url=URL),
        page(2, title=""),
        page(2, title="「水車」がまた回る（2ページ目）"),
    ],
    ids=["a heading of its own", "page one's canonical URL", "both", "no title", "title and number"],
)
def test_a_later_page_may_call_itself_otherwise(following: Article):
    first = page(1, title="「水車」がまた回る") if "水車" in following.title else page(1)
    assert joined(first, following) is not None


def test_a_page_that_says_everything_takes_the_place_of_the_others():
    everything = "".join(page(number).body.structure for number in (1, 2, 3))
    assert structure(page(1), page(2), page(3, everything)) == everything


def letters(*parts: str) -> str:
    return "".join(f"<p>{part}</p>" for part in parts)


HELD, MORE = "a" * 100, "b"


@pytest.mark.parametrize(
    ("title", "is_same"), [("alpha bravo gamma xray yankee", True), ("alpha bravo whisky xray yankee", False)]
)
def test_titles_that_share_three_words_of_five_are_of_one_article(title: str, is_same: bool):
    first = page(1, title="alpha bravo gamma delta echo")
    assert (joined(first, page(2, title=title, published=None)) is not None) is is_same


def test_a_page_that_repeats_all_and_goes_on_replaces_what_is_held():
    longer = page(2, letters(HELD, "b" * 20))
    assert structure(page(1, letters(HELD)), longer) == longer.body.structure
    assert joined(page(1, letters(HELD)), page(2, letters(HELD, "b" * 19))) is None


def test_a_page_that_repeats_four_fifths_of_itself_and_not_all_that_is_held_is_not_joined():
    first = page(1, letters("a" * 80, "c" * 100))
    assert joined(first, page(2, letters("a" * 80, "b" * 20))) is None
    first = page(1, letters("a" * 79, "c" * 100))
    assert structure(first, page(2, letters("a" * 79, "b" * 21))) == letters("a" * 79, "c" * 100, "b" * 21)


def test_a_much_longer_page_that_holds_nine_tenths_replaces_what_is_held():
    longer = page(2, letters("a" * 90, "b" * 200))
    assert structure(page(1, letters("a" * 90, "c" * 10)), longer) == longer.body.structure
    longer = page(2, letters("a" * 89, "b" * 200))
    assert structure(page(1, letters("a" * 89, "c" * 11)), longer) == letters("a" * 89, "c" * 11, "b" * 200)


def test_an_article_behind_a_paywall_on_its_first_page_stays_behind_it():
    article = append(page(1, paywalled=True), page(2, paywalled=None))
    assert article is not None
    assert article.paywalled is True


@pytest.mark.parametrize(
    ("beside", "is_left"),
    [("see also the other pages: ", False), ("see all of the other pages: ", True), ("1 ", False)],
)
def test_a_row_of_links_has_little_text_beside_them(beside: str, is_left: bool):
    row = f'<p>{beside}<a href="{URL}/3/">3</a></p>'
    assert (row in structure(page(1), page(2, page(2).body.structure + row))) is is_left


def test_links_to_other_articles_are_no_row_of_pages():
    row = f'<p><a href="{URL}/3/">3</a> <a href="https://news.example/eels/the-eels">Eels</a></p>'
    assert row in structure(page(1), page(2, page(2).body.structure + row))


def test_the_number_of_a_page_at_its_end_is_left_out():
    first = page(1, page(1).body.structure + "<p>Page 1 of 2</p><p>1/2</p>")
    assert structure(first, page(2)) == page(1).body.structure + page(2).body.structure


def test_a_long_paragraph_that_begins_with_the_title_stays():
    opening = f"<p>{TITLE}! {TITLE}! {TITLE}</p>"
    assert opening in structure(page(1), page(2, opening + page(2).body.structure))


def test_text_without_an_element_is_joined_too():
    assert structure(page(1), page(2, "<p>One more.</p>and the rest")).endswith("<p>One more.</p>and the rest")


def test_a_line_break_inside_a_paragraph_does_not_part_it():
    broken = '<p>One<br>two <img src="https://news.example/a.jpg" alt=""> three</p>'
    assert structure(page(1, broken), page(2)) == broken + page(2).body.structure
