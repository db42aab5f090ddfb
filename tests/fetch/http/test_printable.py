"""Text of strangers in our error messages."""

from ingest.fetch.http.printable import printable_line


def test_control_and_formatting_characters_are_replaced() -> None:
    assert printable_line("a\x1b[31m\nb\u202ec 한국") == "a\ufffd[31m\ufffdb\ufffdc 한국"


def test_a_long_text_is_cut_and_says_so() -> None:
    assert printable_line("abcdef", 5) == "abcde…"
    assert printable_line("abcde", 5) == "abcde"
    assert len(printable_line("x" * 1000)) == 201
