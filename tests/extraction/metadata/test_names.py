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
