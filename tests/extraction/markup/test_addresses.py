from __future__ import annotations

import pytest

from ingest.extraction.markup.addresses import absolute, escape_attribute, picture_source

PAGE = "https://news.example/town/bridge"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://other.example/a", "https://other.example/a"),
        ("http://other.example/a", "http://other.example/a"),
        ("/a?b=1#c", "https://news.example/a?b=1#c"),
        ("harbour", "https://news.example/town/harbour"),
        ("//img.example/a.jpg", "https://img.example/a.jpg"),
        ("  /a  ", "https://news.example/a"),
        ("mailto:ann@news.example", "mailto:ann@news.example"),
        ("?page=2", "https://news.example/town/bridge?page=2"),
        ("https://[::1]/a", "https://[::1]/a"),
    ],
)
def test_a_link_is_joined_to_the_url_of_its_page(address: str, expected: str) -> None:
    assert absolute(address, PAGE) == expected


@pytest.mark.parametrize(
    "address",
    [None, "", "   ", "#notes", "javascript:alert(1)", "data:text/html,x", "ftp://a.example/b", "http://[bad"],
)
def test_what_leads_nowhere_or_does_harm_is_no_link(address: str | None) -> None:
    assert absolute(address, PAGE) == ""


def test_signs_that_may_not_stand_in_a_url_are_escaped() -> None:
    assert absolute("/a b\"c<d>'e\\f\n", PAGE) == "https://news.example/a%20b%22c%3Cd%3E%27e%5Cf"
    assert absolute("https://news.example/brücke", PAGE) == "https://news.example/brücke"


def test_a_lone_surrogate_in_a_link_breaks_nothing() -> None:
    assert absolute("/\ud800 x", PAGE).startswith("https://news.example/")


def test_a_value_cannot_leave_its_attribute() -> None:
    assert escape_attribute('a"b&c<d>') == "a&quot;b&amp;c&lt;d&gt;"


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"src": "/a.jpg"}, "/a.jpg"),
        ({"src": "/small.jpg", "data-src": "/large.jpg"}, "/large.jpg"),
        ({"src": "data:image/gif;base64,R0", "data-lazy-src": "/a.jpg"}, "/a.jpg"),
        ({"src": "/img/placeholder.png", "data-original": "/a.jpg"}, "/a.jpg"),
        ({"src": "/spacer.gif", "srcset": "/a.jpg 400w, /b.jpg 1200w, /c.jpg 800w"}, "/b.jpg"),
        ({"src": "", "data-srcset": "/a.jpg 1x, /b.jpg 2x"}, "/b.jpg"),
        ({"srcset": "/a.jpg, /b.jpg 0.5x"}, "/b.jpg"),
        ({"srcset": "/only.jpg,"}, "/only.jpg"),
        ({"srcset": "/a.jpg wide, /b.jpg"}, "/a.jpg"),
        ({"src": "data:image/gif;base64,R0"}, ""),
        ({"src": "/blank.gif"}, "/blank.gif"),
        ({"src": None, "srcset": " , "}, ""),
        ({"src": "", "data-src": ""}, ""),
        ({}, ""),
    ],
)
def test_a_picture_is_found_where_a_lazy_loader_keeps_it(attributes: dict[str, str | None], expected: str) -> None:
    assert picture_source(attributes) == expected


def test_a_plain_picture_wins_over_its_set_of_sizes() -> None:
    assert picture_source({"src": "/a.jpg", "srcset": "/b.jpg 1200w"}) == "/a.jpg"
