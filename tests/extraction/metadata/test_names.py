from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extraction.metadata import names


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Ann Example", ("Ann Example",)),
        ("by: Ann Example", ("Ann Example",)),
        ("Por Ana Ejemplo y Luis Muestra", ("Ana Ejemplo", "Luis Muestra")),
        ("Ann Example, Ben Sample & Cleo Specimen", ("Ann Example", "Ben Sample", "Cleo Specimen")),
        ("Ann Example, MD", ("Ann Example",)),
        ("Ann Example, Senior Editor", ("Ann Example",)),
        ("Ann Example | Daily correspondent", ("Ann Example",)),
        ("Ann Example (ann@daily.example)", ("Ann Example",)),
        ("Ann Example @annexample", ("Ann Example",)),
        ("https://daily.example/ann", ()),
        ("Martin L. King, Jr.", ("Martin L. King, Jr",)),
        ("Michael I Sample", ("Michael I Sample",)),
        ("<a href='/x'>Ann Example</a>", ("Ann Example",)),
        ("홍길동 기자 gildong@daily.example", ("홍길동",)),
        ("홍길동 선임기자", ("홍길동",)),
        ("田中太郎記者", ("田中太郎",)),
        ("admin", ()),
        ("3 May 2024", ()),
        ("April 3", ()),
        ("Saturday, 3 May", ()),
        ("April Example, August Sample", ("April Example", "August Sample")),
        ("Ann likes rivers and old bridges and has written three books about both of them", ()),
        ("", ()),
    ],
)
def test_names_are_taken_out_of_a_byline(byline: str, expected: tuple[str, ...]) -> None:
    assert names.people([byline]) == expected


def test_a_name_is_given_once() -> None:
    assert names.people(["Ann Example", "By ann example"]) == ("Ann Example",)


@pytest.mark.parametrize(
    "name",
    [
        "Ann Example",
        "Ludwig van der Sample",
        "J. R. Example",
        "홍길동",
        "田中太郎",
        "Zoë Ó Briain",
        "Kim Min-ji",
        "Thomas More",
    ],
)
def test_names_are_plausible(name: str) -> None:
    assert names.is_plausible(name)


@pytest.mark.parametrize("name", ["Read more", "4 min read", "Staff writer", "old bridges", "Share", "Ann, Ben", ""])
def test_other_short_lines_are_not(name: str) -> None:
    assert not names.is_plausible(name)


@given(st.text(max_size=400))
def test_no_text_makes_it_fail(byline: str) -> None:
    assert all(name.strip() for name in names.people([byline]))


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Ann " + "E" * 56, ("Ann " + "E" * 56,)),
        ("Ann " + "E" * 57, ()),
        ("Ann Bea Cleo Dora Ella Fay", ("Ann Bea Cleo Dora Ella Fay",)),
        ("Ann Bea Cleo Dora Ella Fay Gil", ()),
        ("A B C D E F G", ()),
        ("lives in this town", ("lives in this town",)),
        ("lives in this old town", ()),
        ("Ann Example writes, Ben Sample", ("Ann Example writes", "Ben Sample")),
        ("Ann who lives here, Ben Sample", ("Ben Sample",)),
        ("Editor Ann Example, Editor Ben Sample", ("Editor Ann Example",)),
        ("12345", ()),
        ("Ann 5 Example", ("Ann 5 Example",)),
        ("Ann 55", ()),
    ],
)
def test_a_name_is_short_and_no_sentence(byline: str, expected: tuple[str, ...]) -> None:
    assert names.people([byline]) == expected


@pytest.mark.parametrize(("name", "is_one"), [("田", False), ("田中", True), ("田" * 10, True), ("田" * 11, False)])
def test_a_name_in_characters_has_two_to_ten_of_them(name: str, is_one: bool) -> None:
    assert names.is_plausible(name) is is_one


@pytest.mark.parametrize(("name", "is_one"), [("Ann Bea Cleo Dora Ella", True), ("Ann Bea Cleo Dora Ella Fay", False)])
def test_a_plausible_name_has_up_to_five_words(name: str, is_one: bool) -> None:
    assert names.is_plausible(name) is is_one


@pytest.mark.parametrize(
    ("name", "is_one"), [("Ann Example", True), ("홍길동", True), ("Ann", False), ("read more", False), ("", False)]
)
def test_a_full_name_has_two_words_or_is_written_in_characters(name: str, is_one: bool) -> None:
    assert names.is_full(name) is is_one


@pytest.mark.parametrize(
    ("name", "is_one"), [("ann_x", True), ("ann example", True), ("a b c", False), ("share", False), ("5ann", False)]
)
def test_a_handle_is_one_word_or_two(name: str, is_one: bool) -> None:
    assert names.is_handle(name) is is_one


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Ann Example", True),
        ("ann_x", True),
        ("The Example Staff", True),
        ("the staff of our paper", True),
        ("the staff of our old paper", False),
        ("the people of our paper", False),
    ],
)
def test_behind_a_by_a_newsroom_may_stand(name: str, is_one: bool) -> None:
    assert names.is_credit(name) is is_one
