"""What a reader types, and what is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.store import Reader

KOREAN = "수도권에 집중호우가 내려 도로 곳곳이 물에 잠겼다. 호우 특보는 밤까지 이어진다."
JAPANESE = "東京都の小池百合子知事は、ＮＨＫの取材に対し橋の点検を急ぐと述べた。ｶﾀｶﾅも書いた。"
ENGLISH = "The café on Élysée street reopened; its owner re-opened the books, too."


@pytest.fixture
def library(archive: Any) -> Any:
    for queued, text in zip(archive.queue("korean", "japanese", "english"), (KOREAN, JAPANESE, ENGLISH), strict=True):
        archive.save_article(queued, text, title=queued.key)
    return archive


def _found(reader: Reader, words: str) -> list[str]:
    return [hit["url"].rpartition("/")[2] for hit in reader.search(words)]


@pytest.mark.parametrize(
    "words", ["집중호우", "호우", "집중", "중호우", "수도권", "도로 호우", "특보 집중호우", "곳", "밤까지"]
)
def test_korean_words_are_found_inside_what_is_written_together(library: Any, words: str) -> None:
    assert _found(library.reader, words) == ["korean"]


@pytest.mark.parametrize(
    "words",
    [
        "小池百合子",
        "知事",
        "池",
        "子",
        "都の小池",
        "NHK",
        "nhkの取材",
        "NHKの取材",
        "の取",
        "カタカナ",
        "点検 知事",
        '"小池百合子知事"',
    ],
)
def test_japanese_words_are_found_without_spaces(library: Any, words: str) -> None:
    assert _found(library.reader, words) == ["japanese"]


@pytest.mark.parametrize("words", ["大池", "知子", "池小", "사호", "호우특보", "子知 小事"])
def test_characters_in_another_order_are_not_found(library: Any, words: str) -> None:
    assert _found(library.reader, words) == []


@pytest.mark.parametrize("words", ["cafe", "CAFÉ elysee", "reopen*", '"reopened its owner"', "re-opened", "owner"])
def test_latin_words_are_found_without_regard_to_case_and_accents(library: Any, words: str) -> None:
    assert _found(library.reader, words) == ["english"]


def test_quoted_words_must_be_next_to_each_other(library: Any) -> None:
    assert _found(library.reader, '"owner books"') == []
    assert _found(library.reader, "owner books") == ["english"]


@pytest.mark.parametrize("words", ["", " ", '"', '""', "***", "-", "()", "😀", "\x00", "\ud800", "^", ":", "___"])
def test_what_holds_no_word_finds_nothing(library: Any, words: str) -> None:
    assert library.reader.search(words) == []


@pytest.mark.parametrize(
    "words", ["owner)", 'owner"', "owner:", "^owner", "owner -", "{owner}", "owner OR", "😀 owner", "owner ___"]
)
def test_full_text_syntax_is_read_as_words(library: Any, words: str) -> None:
    assert _found(library.reader, words) in (["english"], [])
    assert _found(library.reader, words.replace("OR", "")) == ["english"]


@given(st.text(max_size=60) | st.text(alphabet='"*^:(){}+-ANDORNEAR호우小池 ', max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
def test_any_input_is_a_search(library: Any, words: str) -> None:
    library.reader.search(words)


@pytest.mark.parametrize("bait", ["a" * 1_000_000, "호" * 1_000_000, "a " * 500_000, '"' * 1_000_000, "(" * 1_000_000])
def test_very_long_input_is_a_search(library: Any, bait: str) -> None:
    assert library.reader.search(bait) == []


def test_words_of_the_title_weigh_more_than_words_of_the_text(archive: Any) -> None:
    first, second = archive.queue("a", "b")
    archive.save_article(first, "A bridge, and a bridge, and much else on other things.", title="Roads")
    archive.save_article(second, "Roads were closed, and much else on other things.", title="The bridge")
    assert _found(archive.reader, "bridge") == ["b", "a"]


def test_among_equal_matches_the_newest_comes_first(archive: Any) -> None:
    for day, queued in enumerate(archive.queue("a", "b", "c")):
        published = archive.now - timedelta(days=(1, 0, 2)[day])
        archive.save_article(queued, f"One bridge, {day}.", title="The bridge", published=published)
    assert _found(archive.reader, "bridge") == ["b", "a", "c"]


def test_a_story_and_its_duplicates_are_found_once(archive: Any) -> None:
    for queued in archive.queue("a", "b", "c"):
        archive.save_article(queued, title=f"Bridges, by {queued.key[-1]}")
    assert len(archive.reader.search("bridges")) == 1


def test_an_edited_article_is_found_by_its_new_words_only(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, KOREAN, title="호우")
    archive.save_article(replace(queued, article_id=1), KOREAN.replace("호우", "눈보라"), title="눈보라")
    assert _found(archive.reader, "호우") == []
    assert _found(archive.reader, "눈보라") == ["a"]
    archive.store._db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")


def test_snippets_show_the_first_match_on_one_line(library: Any) -> None:
    (hit,) = library.reader.search("REOPENED")
    assert hit["snippet"] == ENGLISH
    (long,) = _long(library).reader.search("needle")
    assert long["snippet"].startswith("…")
    assert "needle" in long["snippet"]
    assert "\n" not in long["snippet"]
    assert len(long["snippet"]) < 200


def _long(library: Any) -> Any:
    (queued,) = library.queue("long")
    library.save_article(queued, "hay and more hay\n" * 300 + "a needle\n" + "straw\n" * 300)
    return library
