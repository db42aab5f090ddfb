"""Words as the index holds them, and as a query asks for them."""

from __future__ import annotations

import pytest

from ingest.article import fulltext


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The café", "The café"),
        ("小池百合子", "小池 池百 百合 合子 子"),
        ("호우 특보", "호우 우 특보 보"),
        ("ＮＨＫの報道", "NHK の報 報道 道"),
        ("ｶﾀｶﾅ", "カタ タカ カナ ナ"),
        ("字", "字"),
        ("人々、ラーメン", "人々 々 、 ラー ーメ メン ン"),
        ("", ""),
    ],
)
def test_runs_of_cjk_are_indexed_as_pairs(text: str, words: str) -> None:
    assert fulltext.index_words(text).split() == words.split()


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("bridge", '"bridge"'),
        ("two words", '"two" "words"'),
        ('"stand together" apart', '"stand together" "apart"'),
        ('"never closed', '"never closed"'),
        ("begin*", '"begin"*'),
        ("小池百合子", '"小池 池百 百合 合子"'),
        ("池", '"池"*'),
        ("NHKの報道", '"NHK の報 報道"'),
        ("報道NHK", '"報道 道 NHK"'),
        ("ＮＨＫ", '"NHK"'),
        ("re-opened", '"re opened"'),
        ("a OR b AND NOT c", '"a" "OR" "b" "AND" "NOT" "c"'),
        ("😀 ()", ""),
    ],
)
def test_what_is_typed_becomes_phrases(asked: str, query: str) -> None:
    assert fulltext.match_query(asked) == query


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One, two - and three.", 5),
        ("수도권에 집중호우가 내렸다.", 3),
        ("知事は、NHKに述べた。", 8),
        ("Ünïcode wörds here", 3),
    ],
)
def test_words_are_counted_as_each_language_parts_them(text: str, count: int) -> None:
    assert fulltext.word_count(text) == count


def test_a_snippet_begins_near_the_first_word_that_was_asked_for() -> None:
    text = "hay " * 200 + "a Needle in it " + "straw " * 200
    snippet = fulltext.snippet(text, '"needle in" thread', 60)
    assert snippet.startswith("…hay")
    assert "a Needle in it straw" in snippet
    assert snippet.endswith("…")
    assert len(snippet) <= 64


def test_a_snippet_finds_words_without_their_accents() -> None:
    assert "Élysée" in fulltext.snippet("x " * 300 + "Élysée " + "x " * 300, "elysee", 40)


def test_a_snippet_of_text_without_the_words_is_its_beginning() -> None:
    assert fulltext.snippet("One line.\nAnother line.", "nothing") == "One line. Another line."
    assert fulltext.snippet("", "nothing") == ""


@pytest.mark.parametrize(
    "bait", ["호" * 1_000_000, "호a" * 500_000, '"' * 1_000_000, " " * 1_000_000, "a\u0301" * 500_000]
)
def test_long_bait_is_read_in_one_pass(bait: str) -> None:
    """Hangs if an expression backtracks; there is nothing to measure."""
    fulltext.index_words(bait)
    fulltext.match_query(bait)
    fulltext.snippet(bait, bait)
    fulltext.word_count(bait)


def test_a_query_has_up_to_thirty_two_words_of_up_to_sixty_four_tokens():
    assert fulltext.match_query("a " * 33).count('"a"') == 32
    assert fulltext.match_query('"' + "a " * 65 + '"') == '"' + " ".join(["a"] * 64) + '"'


def test_only_the_first_ten_thousand_characters_of_a_query_count():
    assert fulltext.match_query(" " * 9_999 + "ab") == '"a"'


def test_a_snippet_begins_a_quarter_before_its_word():
    text = "x " * 100 + "bridge " + "y " * 100
    found = fulltext.snippet(text, "bridge", 40)
    assert found == "…" + "x " * 4 + "bridge " + "y " * 12 + "y…"
    assert fulltext.snippet("bridge " + "y " * 100, "bridge", 20) == "bridge y y y y y y y…"


def test_a_short_text_is_its_own_snippet():
    assert fulltext.snippet("The bridge", "bridge") == "The bridge"
    assert fulltext.snippet("The bridge", "nothing") == "The bridge"
    assert fulltext.snippet("x" * 160, "nothing") == "x" * 160
    assert fulltext.snippet("x" * 161, "nothing") == "x" * 160 + "…"
    assert fulltext.snippet("", "bridge") == ""


def test_the_first_of_several_words_opens_the_snippet():
    text = "x " * 100 + "river " + "y " * 100 + "bridge " + "z " * 100
    assert "river" in fulltext.snippet(text, "bridge river", 40)
    assert "bridge" in fulltext.snippet(text, "bridge", 40)
    assert "bridge" in fulltext.snippet(text, "BRIDGE*", 40)


def test_a_phrase_in_quotes_is_looked_for_as_one():
    text = "old x " + "x " * 100 + "the old bridge " + "y " * 100
    assert "the old bridge" in fulltext.snippet(text, '"old bridge"', 40)


def test_a_word_at_the_very_beginning_opens_the_snippet():
    assert fulltext.snippet("bridge " + "x " * 200 + "river", "river bridge", 40).startswith("bridge x")


def test_only_the_first_two_hundred_thousand_characters_are_searched_for_a_snippet():
    assert "bridge" not in fulltext.snippet("x " * 100_000 + "bridge", "bridge", 40)
    assert "bridge" in fulltext.snippet("x " * 90_000 + "bridge", "bridge", 40)
