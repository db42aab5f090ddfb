"""What a redirect chain remembers."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.http.cookies import ChainCookies

HERE, THERE = "https://harbour.example", "https://other.example"


def test_a_cookie_comes_back_to_its_own_origin_only() -> None:
    cookies = ChainCookies()
    cookies.store(HERE, ["seen=yes; Domain=example; Path=/", "b=2; Secure", "seen=again"])
    assert cookies.header(HERE) == "seen=again; b=2"
    assert cookies.header(THERE) == ""
    assert cookies.header("http://harbour.example") == ""


def test_a_flood_of_cookies_sends_none_that_are_too_much() -> None:
    cookies = ChainCookies()
    cookies.store(HERE, [f"c{number}={'x' * 1900}" for number in range(60)])
    assert cookies.header(HERE) == ""


@given(st.lists(st.text(max_size=40), max_size=5))
def test_whatever_is_set_the_header_stays_one_line_of_ascii(lines: list[str]) -> None:
    cookies = ChainCookies()
    cookies.store(HERE, lines)
    header = cookies.header(HERE)
    assert header.isascii()
    assert header.isprintable()
