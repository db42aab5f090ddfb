"""Text as it is stored: nothing that forges titles or terminals, or that a database cannot hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import cleaning


def test_a_line_is_one_line_and_not_longer_than_allowed() -> None:
    assert cleaning.one_line(" a\tb\r\nc\x00\x1b[1m\u202e ") == "a b c[1m"
    assert cleaning.one_line("x" * 10, 5) == "xxxx…"
    assert cleaning.one_line("x" * 5, 5) == "xxxxx"


def test_prose_keeps_its_lines_and_loses_controls() -> None:
    assert cleaning.prose("one\n\ntwo\tthree\x00\x9b") == "one\n\ntwo\tthree"
    assert cleaning.prose("half \ud83d a pair") == "half ? a pair"


@pytest.mark.parametrize("code", [0x00, 0x1B, 0x7F, 0x80, 0x9F, 0x202A, 0x202E, 0x2066, 0x2069])
def test_characters_that_forge_titles_and_terminals_are_dropped(code: int) -> None:
    assert cleaning.one_line(f"a{chr(code)}b") == "ab"
    assert cleaning.prose(f"a{chr(code)}b") == "ab"


@pytest.mark.parametrize("char", ["~", "\u2030", "\u200d", "\u206a", "é"])
def test_their_neighbours_stay(char: str) -> None:
    # A control character elsewhere in the line, so that all of it is looked at.
    assert cleaning.one_line(f"a{char}b\x00") == f"a{char}b"
    assert cleaning.prose(f"a{char}b\x00") == f"a{char}b"


@pytest.mark.parametrize("code", [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0])
def test_white_space_parts_words_of_a_line(code: int) -> None:
    assert cleaning.one_line(f"a{chr(code)}b") == "a b"


def test_a_line_is_cut_after_its_white_space_is_gathered() -> None:
    assert cleaning.one_line(" " * 15 + "abcde", 5) == "abcde"
    assert cleaning.one_line("ab " * 6, 5) == "ab a…"


@given(st.text(st.characters(categories=("L", "N", "P", "Z", "C"))))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert cleaning.one_line(cleaning.one_line(text, 8), 8) == cleaning.one_line(text, 8)
    assert cleaning.prose(cleaning.prose(text)) == cleaning.prose(text)
