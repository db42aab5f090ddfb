"""Texts of feeds as one line, and plain texts as HTML."""

import pytest

from ingest.discover.feed_text import (
    MAX_AUTHORS,
    MAX_DATE,
    MAX_LANGUAGE,
    MAX_SUMMARY,
    MAX_TAGS,
    MAX_URL,
    author_names,
    date_text,
    distinct_texts,
    language_code,
    plain_text,
    tag_names,
    to_paragraphs,
)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("A &amp; B", "A & B"),
        ("  two\n lines ", "two lines"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("<b>bo</b>ld", "bold"),
        ("one<br/>two", "one two"),
        ("a<!-- no -->b<script>no()</script>c<STYLE>p{}</STYLE >d", "abcd"),
        ("a<!-- open", "a<!-- open"),
        ("a<script>open", "aopen"),
        ("5 < 6 > 4", "5 < 6 > 4"),
        ("&lt;b&gt;", "<b>"),
        (None, ""),
        (7, ""),
    ],
)
def test_markup_becomes_one_line(markup: object, text: str):
    assert plain_text(markup) == text


def test_a_long_text_is_cut_with_an_ellipsis_and_one_that_just_fits_is_not():
    assert plain_text("abcde", 5) == "abcde"
    assert plain_text("abcdef", 5) == "abcd…"
    assert plain_text("abc def", 5) == "abc…"


def test_text_behind_much_markup_is_found():
    assert plain_text("<b>" * 25 + "word", 5) == "word"
    assert len(plain_text("<b>" * 100_000 + "word", 5)) <= 5


def test_blank_lines_part_paragraphs_and_markup_is_shown_as_text():
    assert to_paragraphs("a <b>\n\n\n\n c & d ") == "<p>a &lt;b&gt;</p><p>c &amp; d</p>"
    assert to_paragraphs(" \n\n ") == ""


def test_names_are_kept_once_in_their_order():
    assert list(distinct_texts(["Kim", None, "", " Ada ", "<b>Kim</b>", 3])) == ["Kim", "Ada"]


def test_what_is_too_long_for_a_date_or_a_language_is_cut():
    assert date_text("x" * MAX_DATE) == "x" * MAX_DATE
    assert len(date_text("x" * (MAX_DATE + 1))) == MAX_DATE
    assert language_code("x" * MAX_LANGUAGE) == "x" * MAX_LANGUAGE
    assert len(language_code("x" * 1_000)) == MAX_LANGUAGE


def test_of_names_beyond_the_limit_the_first_are_kept():
    names = [f"name {number}" for number in range(200)]
    assert author_names([*names, "Kim"]) == tuple(names[:MAX_AUTHORS])
    assert tag_names([None, "", *names]) == tuple(names[:MAX_TAGS])


def test_of_a_flood_of_markup_only_the_beginning_is_read():
    assert "word" not in plain_text("<b>" * 50 + "word", 5)


def test_a_title_of_hundreds_of_characters_is_kept_and_one_of_thousands_cut():
    assert plain_text("x" * 900) == "x" * 900
    assert plain_text("x" * 1_500).endswith("x…")


@pytest.mark.parametrize(
    ("limit", "usual", "beyond"),
    [
        (MAX_SUMMARY, "x" * 1_800, "x" * 3_000),
        (MAX_URL, "x" * 4_000, "x" * 12_000),
        (MAX_DATE, "Saturday, the twenty-first of November 2026, at ten o'clock", "x" * 300),
        (MAX_LANGUAGE, "zh-Hant-HK", "x" * 30),
    ],
)
def test_what_is_as_long_as_it_may_well_be_is_kept_and_what_is_absurd_is_cut(limit: int, usual: str, beyond: str):
    assert plain_text(usual, limit) == usual
    assert plain_text(beyond, limit).endswith("x…")


def test_a_dozen_names_are_kept_and_not_a_crowd():
    names = [f"name {number}" for number in range(80)]
    assert author_names(names[:12]) == tuple(names[:12])
    assert len(author_names(names[:35])) < 35
    assert tag_names(names[:30]) == tuple(names[:30])
    assert len(tag_names(names)) < 80
