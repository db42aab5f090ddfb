from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.metadata import bylines
from ingest.extraction.metadata.surroundings import Surroundings

PROSE = "<p>" + "The council has delayed the bridge again. " * 5 + "</p>"


def read(html: str, *, before: str = "") -> tuple[str, ...]:
    tree = LexborHTMLParser(f"<body>{before}<h1>The old bridge</h1>{html}</body>")
    return bylines.authors(Surroundings(tree.css_first("h1")).lines)


def bare(html: str, *, before: str = "") -> list[str]:
    tree = LexborHTMLParser(f"<body>{before}<h1>The old bridge</h1>{html}</body>")
    return list(bylines.unlabelled(Surroundings(tree.css_first("h1")).lines))


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<p>By Ann Example</p>", ("Ann Example",)),
        ("<p>— by Ann Example</p>", ("Ann Example",)),
        ("<p>Written by Ann Example and Ben Sample</p>", ("Ann Example", "Ben Sample")),
        ("<p>By</p><p>Ann Example</p><p>Reporter</p>", ("Ann Example",)),
        ("<p>Author:</p><p>Ann Example</p>", ("Ann Example",)),
        (
            "<p>By</p><a>Ann Example</a><span>and</span><a>Ben Sample</a><p>Carl Other</p>",
            ("Ann Example", "Ben Sample"),
        ),
        ("<p>By</p><a>Ann Example,</a><a>Ben Sample</a>", ("Ann Example", "Ben Sample")),
        ("<p>By Ann Example,</p><p>Ben Sample</p><p>Carl Other</p>", ("Ann Example", "Ben Sample")),
        ("<p>By ann_x</p>", ("ann_x",)),
        ("<p>By The Example Staff</p>", ("The Example Staff",)),
        ("<p>홍길동 기자 gildong@example.com</p>", ("홍길동",)),
        ("<p>文：田中太郎</p>", ("田中太郎",)),
        ("<p>Ann Example</p>", ()),
        ("<p>Bypass opened</p>", ()),
    ],
)
def test_a_label_says_who_wrote_it(html: str, names: tuple[str, ...]) -> None:
    assert read(html) == names


@pytest.mark.parametrize(
    "html",
    [
        "<p>By the river stands the first of all the old bridges of the county, the oldest.</p>",
        "<p>By Ann Example " + "and so on " * 14 + "</p>",
        "<div class='comment'><p>By Ann Example</p></div>",
        "<div class='related'><p>By</p></div><p>Ann Example</p>",
    ],
)
def test_what_begins_like_a_byline_is_not_always_one(html: str) -> None:
    assert read(html) == ()


def test_a_byline_behind_the_second_paragraph_is_part_of_the_story() -> None:
    assert read(f"{PROSE}<p>By Ann Example</p>{PROSE}") == ("Ann Example",)
    assert read(f"{PROSE}{PROSE}<p>By Ann Example</p>") == ()


def test_a_byline_shortly_before_the_headline_counts() -> None:
    assert read("", before="<p>By Ann Example</p>" + "<p>x</p>" * 7) == ("Ann Example",)
    assert read("", before="<p>By Ann Example</p>" + "<p>x</p>" * 8) == ()


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<div class='byline'>Ann Example</div>", ("Ann Example",)),
        ("<div class='author'><p>Ann Example</p><p>Ben Sample</p></div>", ("Ann Example", "Ben Sample")),
        ("<div class='byline'>Ann Example</div><div class='byline'>Edited by Ben Sample</div>", ("Ann Example",)),
        ("<div class='author'><p class='bio'>Ann Example</p></div>", ()),
        ("<div class='author related'>Ann Example</div>", ()),
        ("<div class='author'>read more</div>", ()),
        (f"<div class='author'>{'Ann ' * 23}</div>", ()),
    ],
)  # fmt: skip
def test_a_class_says_who_wrote_it(html: str, names: tuple[str, ...]) -> None:
    assert read(html) == names


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<a href='/authors/ann'>Ann Example</a>", ("Ann Example",)),
        ("<a href='/x' rel='author'>Ann Example</a>", ("Ann Example",)),
        ("<a href='/authors/ann'><b>Ann Example</b></a>", ("Ann Example",)),
        ("<a href='/x?author=5'>Ann Example</a>", ("Ann Example",)),
        ("<a href='/authors/ann'>Ann</a>", ()),
        ("<a href='/town'>Ann Example</a>", ()),
        ("<a>Ann Example</a>", ()),
        (f"<a href='/authors/ann'>Ann {'E' * 57}</a>", ()),
        ("<div class='newsletter'><a href='/authors/ann'>Ann Example</a></div>", ()),
    ],
)
def test_a_link_to_an_author_says_who_wrote_it(html: str, names: tuple[str, ...]) -> None:
    assert read(html) == names


def test_a_second_marked_name_belongs_to_the_byline_if_it_stands_close_by() -> None:
    ann, ben = "<div class='author'>Ann Example</div>", "<div class='author'>Ben Sample</div>"

    assert read(f"{ann}<p>a</p><p>b</p>{ben}") == ("Ann Example", "Ben Sample")
    assert read(f"{ann}<p>a</p><p>b</p><p>c</p>{ben}") == ("Ann Example",)


def test_a_label_counts_before_a_class_and_a_class_before_a_link() -> None:
    link, marked = "<a href='/authors/carl'>Carl Other</a>", "<div class='byline'>Ben Sample</div>"

    assert read(f"{link}{marked}<p>By Ann Example</p>") == ("Ann Example",)
    assert read(f"{link}{marked}") == ("Ben Sample",)
    assert read(link) == ("Carl Other",)


def test_full_names_count_before_single_words() -> None:
    assert read("<p>By Ann, Ben Sample</p>") == ("Ben Sample",)
    assert read("<p>By Ann and Ben</p>") == ("Ann",)


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<p>Ann Example</p>", ["Ann Example"]),
        ("<p>Town</p><p>Ann Example</p>", ["Ann Example"]),
        ("<p>a</p><p>b</p><p>c</p><p>Ann Example</p>", ["Ann Example"]),
        ("<p>a</p><p>b</p><p>c</p><p>d</p><p>Ann Example</p>", []),
        ("<p>Ann</p>", []),
        ("<p>read more</p>", []),
        ("<div class='related'>Ann Example</div>", []),
    ],
)
def test_a_full_name_just_below_the_headline_may_be_the_authors(html: str, names: list[str]) -> None:
    assert bare(html) == names


def test_a_name_above_the_headline_is_no_byline_without_a_sign() -> None:
    assert bare("", before="<p>Ann Example</p>") == []


def test_a_paragraph_of_a_hundred_and_sixty_letters_is_not_yet_prose() -> None:
    assert read(f"<p>{'x' * 160}</p><p>{'x' * 160}</p><p>By Ann Example</p>") == ("Ann Example",)
    assert read(f"<p>{'x' * 161}</p><p>{'x' * 161}</p><p>By Ann Example</p>") == ()


def test_a_byline_of_a_hundred_and_forty_letters_is_the_longest() -> None:
    filler = "(" + "x" * 62 + ") (" + "x" * 58 + ")"
    assert len(f"By Ann Example {filler}") == 140

    assert read(f"<p>By Ann Example {filler}</p>") == ("Ann Example",)
    assert read(f"<p>By Ann Example {filler})</p>") == ()


def test_a_sentence_is_no_byline_and_a_short_line_with_a_full_stop_is() -> None:
    assert read("<p>By Ann Example.</p>") == ("Ann Example",)
    assert read("<p>By Ann Example, Ben Sample, Cleo Other, Dora Fourth, Ella Fifth</p>") != ()
    assert read("<p>By Ann Example, Ben Sample, Cleo Other, Dora Fourth, Ella Fifth.</p>") == ()


def test_the_text_of_a_link_to_an_author_has_up_to_sixty_letters() -> None:
    assert read(f"<a href='/authors/ann'>Ann {'E' * 56}</a>") == (f"Ann {'E' * 56}",)


def test_a_label_of_forty_letters_stands_alone_and_a_longer_one_does_not() -> None:
    assert read("<p>Written by:</p><p>Ann Example</p>") == ("Ann Example",)
    assert read("<p>Written by the people of this whole old town</p><p>Ann Example</p>") != ("Ann Example",)


def test_a_box_that_is_no_link_leads_to_no_author() -> None:
    assert read("<div rel='author'><p>Ann Example</p></div>") == ()
    assert read("<a rel='author'><p>Ann Example</p></a>") == ("Ann Example",)


def test_a_link_with_a_long_row_of_names_is_no_byline() -> None:
    short = "Ann Example, Ben Sample, Cleo Other"
    long = f"{short}, Dora Fourth, Ella Fifth, Finn Sixth"

    assert read(f"<a href='/authors/all'>{short}</a>") == ("Ann Example", "Ben Sample", "Cleo Other")
    assert read(f"<a href='/authors/all'>{long}</a>") == ()


def test_a_row_of_names_in_a_marked_box_has_at_most_ninety_letters() -> None:
    row = "Ann Example, Ben Sample, Cleo Other, Dora Fourth, Ella Fifth, Finn Sixth, Gus "

    assert len(read(f"<div class='byline'>{row}{'S' * (90 - len(row))}</div>")) == 7
    assert read(f"<div class='byline'>{row}{'S' * (91 - len(row))}</div>") == ()


def test_a_class_counts_up_to_the_fifth_box_around_a_name() -> None:
    marked = "<div class='byline'>{}Ann Example</div>"

    assert read(marked.format("<div>" * 4)) == ("Ann Example",)
    assert read(marked.format("<div>" * 5)) == ()
