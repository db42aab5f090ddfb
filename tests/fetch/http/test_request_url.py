"""URLs that mean one thing, and URLs that mean different things to different programs."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import FetchError
from ingest.fetch.http import request_url

BAD_URL = [
    "",
    "harbour.example/feed",
    "//harbour.example/feed",
    "http:",
    "http:/harbour.example/",
    "http:///feed",
    "http:harbour.example",
    "http://:80/",
    "http://user@harbour.example/",
    "http://user:word@harbour.example/",
    "http://harbour.example:80@127.0.0.1/",
    "http://harbour.example\\@127.0.0.1/",
    "http://127.0.0.1\\harbour.example/",
    "http:\\\\harbour.example/",
    "http://harbour.example/a\\b",
    "http://har bour.example/",
    "http://harbour.example\t/",
    "http://harbour.example/\nfeed",
    "http://harbour.example/\x00",
    "http://harbour.example/\x7f",
    "http://127.0.0.1\n/",
    "http://harbour.example:99999/",
    "http://harbour.example:0/",
    "http://harbour.example:-1/",
    "http://harbour.example:80:80/",
    "http://harbour.example:8o/",
    "http://[::1",
    "http://[::1]]/",
    "http://[v1.x]/",
    "http://[::ffff:10.0.0.1%25lo]/",
    "http://[fe80::1%eth0]/",
    "http://harbour..example/",
    "http://.example/",
    "http://-harbour.example/",
    "http://harbour-.example/",
    "http://harb!our.example/",
    "http://" + "a" * 64 + ".example/",
    "http://" + "a." * 140 + "example/",
    "http://harbour.example/" + "a" * 9000,
    "http://%31%30%2e%30%2e%30%2e%31/",
    "http://loc\u00adalhost/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://\u2488.example/",
    "http://a\u2100.example/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0X7F.1/",
    "http://017700000001/",
    "http://127.1/",
    "http://127.0.0.1./",
    "http://0177.0.0.1/",
    "http://256.0.0.1/",
    "http://4294967296/",
    "http://harbour.0x7f/",
    "http://harbour.example/\ud800",
]
BAD_SCHEME = [
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "ftp://harbour.example/",
    "gopher://127.0.0.1:70/_x",
    "data:text/html,hi",
    "javascript:alert(1)",
    "dict://127.0.0.1:11211/stats",
    "jar:http://127.0.0.1!/",
    "feed:https://harbour.example/",
    "url:file:///x",
    "unix:///var/run/docker.sock",
    "ws://harbour.example/",
    "httpss://harbour.example/",
    "mailto:keeper@harbour.example",
    "view-source:http://harbour.example/",
    "blob:http://harbour.example/1",
    "FILE:///etc/passwd",
]
GOOD = [
    ("http://harbour.example", "http://harbour.example"),
    ("  https://harbour.example/a \n", "https://harbour.example/a"),
    ("HTTP://HARBOUR.example:80/A", "http://harbour.example/A"),
    ("https://harbour.example:8443/?q=%E2%82%AC&r=a+b#top", "https://harbour.example:8443/?q=%E2%82%AC&r=a+b"),
    ("http://harbour.example/a b/ü?q=é", "http://harbour.example/a%20b/%C3%BC?q=%C3%A9"),
    ("http://bücher.example/", "http://xn--bcher-kva.example/"),
    ("http://한국.example/", "http://xn--3e0b707e.example/"),
    ("http://my_host.example/", "http://my_host.example/"),
    ("http://harbour.example./", "http://harbour.example./"),
    ("http://10.0.0.1:8080/x", "http://10.0.0.1:8080/x"),
    ("http://127。0。0。66/", "http://127.0.0.66/"),
    ("http://[2001:db8::1]:81/", "http://[2001:db8::1]:81/"),
    ("http://harbour.example/?next=http:\\\\other", "http://harbour.example/?next=http:\\\\other"),
]


def failure_of(url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        request_url.parse(url)
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 300
    return caught.value


@pytest.mark.parametrize("url", BAD_URL)
def test_what_programs_read_differently_is_refused(url: str) -> None:
    assert failure_of(url).code == "bad_url"


@pytest.mark.parametrize("url", BAD_SCHEME)
def test_only_http_and_https_are_fetched(url: str) -> None:
    assert failure_of(url).code == "bad_scheme"


@pytest.mark.parametrize(("url", "asked"), GOOD)
def test_ordinary_urls_are_asked_for_without_their_fragment(url: str, asked: str) -> None:
    assert httpx.URL(asked) == request_url.parse(url)


@pytest.mark.parametrize(
    ("start", "end", "longest"), [("http://harbour.example/", "", 8_192), ("http://" + "a." * 120, "e", 253 + 7)]
)
def test_a_url_and_its_host_have_a_greatest_length(start: str, end: str, longest: int) -> None:
    longest_url = start + "a" * (longest - len(start) - len(end)) + end
    assert str(request_url.parse(longest_url)) == longest_url
    assert failure_of(longest_url.replace("a", "aa", 1)).code == "bad_url"


@pytest.mark.parametrize("port", [1, 81, 65_535])
def test_every_port_but_zero_is_read(port: int) -> None:
    assert request_url.parse(f"http://harbour.example:{port}/").port == port


@pytest.mark.parametrize(
    "url", ["http://har bour.example/", "http://harbour.example/a\nb", "http://harbour.example/\x7f"]
)
def test_spaces_and_control_characters_are_named(url: str) -> None:
    assert "control characters" in failure_of(url).message


@pytest.mark.parametrize(
    ("url", "about"),
    [
        ("x" * 300 + "://harbour.example/", "only http and https are fetched"),
        ("http://" + "!" * 300, "is no host name"),
        ("http://" + 3 * ("a" * 60 + ".") + "1/", "is an address in a form that programs read differently"),
    ],
)
def test_a_long_scheme_or_host_is_shown_short(url: str, about: str) -> None:
    message = failure_of(url).message
    assert about in message
    assert len(message.replace(about, "")) < 90


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("0:0::1", "::1"),
        ("harbour.example", ""),
        ("127.1", ""),
        ("fe80::1%eth0", ""),
        ("", ""),
    ],
)
def test_an_address_is_told_from_a_name(host: str, address: str) -> None:
    assert request_url.ip_literal(host) == address


@given(st.text(max_size=60).map(lambda text: "http://" + text) | st.text(max_size=60))
def test_any_text_is_a_url_or_one_of_two_errors(text: str) -> None:
    try:
        url = request_url.parse(text)
    except FetchError as failure:
        outcome = failure.code
    else:
        outcome = url.scheme
        assert request_url.parse(str(url)) == url
    assert outcome in {"http", "https", "bad_url", "bad_scheme"}


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("/b?c", "https://harbour.example/b?c"),
        ("b", "https://harbour.example/a/b"),
        ("?page=2", "https://harbour.example/a/index?page=2"),
        ("//mirror.example/b", "https://mirror.example/b"),
        ("http://mirror.example", "http://mirror.example"),
        (" /b ", "https://harbour.example/b"),
        ("../../../b", "https://harbour.example/b"),
    ],
)
def test_redirects_are_read_from_where_they_stand(location: str, asked: str) -> None:
    assert request_url.resolve(httpx.URL("https://harbour.example/a/index"), location) == httpx.URL(asked)


@given(st.text(max_size=60))
def test_any_location_leads_somewhere_or_to_one_of_two_errors(location: str) -> None:
    try:
        outcome = request_url.resolve(httpx.URL("https://harbour.example/a/"), location).scheme
    except FetchError as failure:
        outcome = failure.code
    assert outcome in {"http", "https", "bad_url", "bad_scheme"}
