"""YAML as plain strings with their lines."""

import pytest

from ingest.errors import SourcesError
from ingest.sources.yaml_lines import parse_yaml


def test_scalars_stay_what_was_written():
    values = parse_yaml("a: no\nb: 12:30\nc: 1_000\nd: '~'\ne: ~\nf:\ng: null\nh: \"\"\n", "f").value
    assert values == {"a": "no", "b": "12:30", "c": "1_000", "d": "~", "e": None, "f": None, "g": None, "h": ""}


def test_every_path_knows_its_line_and_others_that_of_what_is_around_them():
    text = parse_yaml("# first\nsources:\n  - name: a\n    tags:\n      - x\n", "f")
    assert text.line(("sources", 0, "tags", 0)) == 5
    assert text.line(("sources", 0, "url")) == 3
    assert text.line(("settings",)) == 2
    assert parse_yaml("", "f").line(("settings",)) == 1


def test_what_is_no_yaml_names_line_and_remedy():
    for text, line, advice in [
        ("a: 1\nb: c: d\n", 2, "in quotes"),
        ("a:\n\tb: 1\n", 2, "indent with spaces"),
        ("a: [1\n", 2, "not YAML"),
    ]:
        with pytest.raises(SourcesError, match=advice) as caught:
            parse_yaml(text, "f.yaml")
        (mistake,) = caught.value.mistakes
        assert (mistake.file, mistake.line) == ("f.yaml", line)


def test_a_key_written_twice_keeps_its_first_value_and_is_a_mistake():
    text = parse_yaml("a: 1\na: 2\n", "f")
    assert text.value == {"a": "1"}
    assert text.mistakes == [(("a",), 2, "written twice (first in line 1): keep one of them")]


def test_a_key_that_is_no_word_is_a_mistake():
    text = parse_yaml("? [a, b]\n: 1\nc: 2\n", "f")
    assert text.value == {"c": "2"}
    assert text.mistakes == [((), 1, "a key must be a word")]


@pytest.mark.parametrize(
    ("line", "word"), [("a: #story", "#story"), ("- #story  ", "#story"), ("a: # a comment", ""), ("a: #", "")]
)
def test_a_selector_behind_a_colon_or_dash_is_no_comment(line: str, word: str):
    advice = [advice for _, _, advice in parse_yaml(line, "f").mistakes]
    assert advice == ([f"'#' begins a comment in YAML: write \"{word}\" in quotes"] if word else [])


def test_a_value_that_ends_with_a_comment_is_no_swallowed_selector():
    assert parse_yaml("a: ~ #story\n", "f").mistakes == []


def test_nesting_is_followed_to_a_depth_that_no_entry_needs():
    def nested(depth: int) -> str:
        return "[" * depth + "x" + "]" * depth

    assert parse_yaml(nested(12), "f").mistakes == []
    path = (0,) * 13
    assert parse_yaml("\n\n" + nested(13), "f").mistakes == [(path, 3, "nested too deeply")]
    with pytest.raises(SourcesError, match="nest"):
        parse_yaml(nested(20_000), "f")
