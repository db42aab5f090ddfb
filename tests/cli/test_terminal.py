"""Text of web pages on a terminal."""

import pytest

from ingest.cli.terminal import counted, plain


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one\ttwo\n three", "one two three"),
        ("\x1b[2Jgone\x07", "[2Jgone"),
        ("right\u202eleft\u200b", "right left"),
        ("half a character \ud800", "half a character"),
        ("수달이 돌아왔다", "수달이 돌아왔다"),
        (404, "404"),
    ],
)
def test_text_is_one_line_that_cannot_steer_the_terminal(text: object, line: str):
    assert plain(text) == line


def test_a_line_is_cut_to_its_width_and_shows_that_it_was():
    assert plain("abcdef", 6) == "abcdef"
    assert plain("abcdef", 5) == "abcd…"
    assert plain("abcdef") == "abcdef"


def test_numbers_agree_with_their_nouns():
    assert [counted(number, "link") for number in (0, 1, 2, 1234)] == ["0 links", "1 link", "2 links", "1,234 links"]
