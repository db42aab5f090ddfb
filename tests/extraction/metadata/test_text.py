from __future__ import annotations

import pytest

from ingest.extraction.metadata.text import key, plain, plains, printed


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  The old\n bridge ", "The old bridge"),
        ("<p>The <b>old</b> bridge</p>", "The old bridge"),
        ("One<br>two<li>three", "One two three"),
        ("Old<!-- a comment --> bridge", "Old bridge"),
        ("Tom &amp; Ann", "Tom & Ann"),
        ("Tom &amp;amp; Ann", "Tom & Ann"),
        ("&lt;b&gt;Old&lt;/b&gt; bridge", "Old bridge"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("so\u00adft\u200bly\u00a0so", "softly so"),
        ("cafe\u0301", "café"),
        ("", ""),
    ],
)
def test_a_value_becomes_one_line_of_plain_text(value: str, expected: str) -> None:
    assert plain(value) == expected


@pytest.mark.parametrize("value", [None, 5, True, ["a"], {"a": 1}, b"bytes"])
def test_what_is_no_string_is_empty(value: object) -> None:
    assert plain(value) == ""


def test_a_value_is_cut_at_its_longest() -> None:
    assert plain("ab cd", 4) == "ab c"
    assert printed("ab cd", 4) == "ab c"
    assert len(plain("x" * 20_000)) == 5_000


def test_markup_does_not_count_towards_the_longest_value() -> None:
    assert plain("<b>abcd</b>efgh", 8) == "abcdefgh"


def test_a_tag_that_readers_see_stays() -> None:
    assert printed("How to use  <b> &amp; <i>") == "How to use <b> & <i>"


def test_strings_are_taken_out_of_lists_and_the_rest_is_left() -> None:
    assert plains("Ann") == ["Ann"]
    assert plains(["Ann", None, " ", 5, "<b>Ben</b>"]) == ["Ann", "Ben"]
    assert plains(None) == []


def test_strings_are_compared_by_their_letters_and_digits() -> None:
    assert key("The Old-Bridge: 2!") == key("the old bridge 2") == "theoldbridge2"
    assert key("Die Brücke") == key("DIE BRÜCKE…")
    assert key("Ｂridge") == key("bridge")
    assert key("bridge 1") != key("bridge 2")
    assert key("—") == key("") == ""


def test_what_is_escaped_more_than_twice_keeps_the_rest() -> None:
    assert plain("Tom &amp;amp;amp; Ann") == "Tom &amp; Ann"


def test_a_value_is_looked_at_to_twice_its_longest() -> None:
    assert plain(" " * 9 + "ab", 5) == "a"
    assert printed(" " * 9 + "ab", 5) == "a"
