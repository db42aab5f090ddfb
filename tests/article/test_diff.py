"""How two texts of an article differ."""

from __future__ import annotations

import pytest

from ingest.article.diff import word_diff


def marked(before: str, after: str) -> list[str]:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return ["".join(marks[span.kind].format(span.text) for span in each.spans) for each in word_diff(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "diff"),
    [
        ("Twelve boats left.", "Twelve boats left.", ["Twelve boats left."]),
        ("Twelve boats left.", "Fourteen boats left.", ["[-Twelve -]{+Fourteen +}boats left."]),
        ("It rained.", "It rained.\n\nThen it stopped.", ["It rained.", "{+Then it stopped.+}"]),
        ("It rained.\n\nThen it stopped.", "Then it stopped.", ["[-It rained.-]", "Then it stopped."]),
        ("東京で雨が降った。", "東京で大雨が降った。", ["東京で{+大+}雨が降った。"]),
        ("서울에서 대회가 열렸다.", "서울에서 큰 대회가 열렸다.", ["서울에서 {+큰 +}대회가 열렸다."]),
        ("", "A text.", ["{+A text.+}"]),
        ("A text.", "", ["[-A text.-]"]),
    ],
)
def test_what_was_removed_and_added_is_marked_word_by_word(before: str, after: str, diff: list[str]) -> None:
    assert marked(before, after) == diff


def test_a_passage_that_has_little_in_common_is_shown_as_two_texts() -> None:
    before, after = "The mayor opened the bridge at noon.", "Heavy rain closed three schools in the valley."
    assert marked(before, after) == [f"[-{before}-]", f"{{+{after}+}}"]


def test_a_very_long_passage_is_compared_as_a_whole() -> None:
    before = " ".join(f"w{number}" for number in range(5_000))
    spans = [span for paragraph in word_diff(before, before + " end") for span in paragraph.spans]
    assert [span.kind for span in spans] == ["removed", "added"]
