"""Real edits are taken, and nothing worse replaces a text: pairs made from articles of our own in eight languages."""

from __future__ import annotations

from collections import Counter

import edit_pairs
import pytest
from edit_pairs import EDITS, FALSE, NOISE, Pair
from edit_texts import texts

from ingest.dedup.actions import HoldBack, Update


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return list(edit_pairs.pairs(list(texts())))


def wrong(pairs: list[Pair]) -> list[str]:
    return [f"{pair.kind}: {pair.text.id} -> {pair.answer}" for pair in pairs if not pair.is_right]


def test_there_are_400_pairs_and_more_in_eight_languages(pairs: list[Pair]) -> None:
    kinds = Counter(pair.kind for pair in pairs)
    assert len(pairs) >= 400
    assert len({pair.text.language for pair in pairs}) == 8
    assert {kind for kind in (*EDITS, *FALSE, *NOISE) if kinds[kind] < 8} == set()


def test_no_good_text_is_replaced(pairs: list[Pair]) -> None:
    replaced = [pair for pair in pairs if not pair.is_edit and isinstance(pair.answer, Update)]
    assert wrong(replaced) == []


def test_97_of_100_real_edits_are_taken(pairs: list[Pair]) -> None:
    edits = [pair for pair in pairs if pair.is_edit]
    assert len(wrong(edits)) <= 0.03 * len(edits), wrong(edits)


def test_noise_makes_no_version_in_97_of_100_pairs(pairs: list[Pair]) -> None:
    noise = [pair for pair in pairs if pair.kind in NOISE]
    assert len(wrong(noise)) <= 0.03 * len(noise), wrong(noise)


def test_what_is_held_back_says_why_in_a_sentence(pairs: list[Pair]) -> None:
    answers = [pair.answer for pair in pairs if pair.kind in FALSE]
    messages = [answer.message for answer in answers if isinstance(answer, HoldBack)]
    assert len(messages) > 300
    assert all(5 <= len(message.split()) <= 40 for message in messages)
