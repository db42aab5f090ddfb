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


def test_a_header_of_4000_characters_is_sent_and_a_longer_one_is_not() -> None:
    for last, sent in ((1_989, True), (1_990, False)):
        cookies = ChainCookies()
        cookies.store(HERE, [f"a={'x' * 2_000}", f"bcdefg={'x' * last}"])
        assert len(f"a={'x' * 2_000}; bcdefg={'x' * last}") == (4_000 if sent else 4_001)
        assert bool(cookies.header(HERE)) is sent


def test_an_origin_has_twenty_cookies_at_most_over_all_its_redirects() -> None:
    cookies = ChainCookies()
    cookies.store(HERE, [f"a{number}=1" for number in range(15)])
    cookies.store(HERE, [f"b{number}=1" for number in range(15)])
    assert cookies.header(HERE).count("=") == 20
    once = ChainCookies()
    once.store(HERE, ["not a cookie"] * 20 + ["late=1"])
    assert once.header(HERE) == ""


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
