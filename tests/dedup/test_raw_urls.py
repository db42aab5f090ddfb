"""URLs as they are written: parts and parameters, nothing normalised."""

import pytest

from ingest.dedup import raw_urls


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://News.Example:8080/a", "news.example"),
        ("https://ada@news.example/", "news.example"),
        ("/a/b", ""),
        ("https://[news.example/", ""),
    ],
)
def test_the_host_of_a_url_is_without_port_and_user(url: str, host: str):
    assert raw_urls.host(url) == host


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/a/b?x=1?&y=2#top", ("/a/b", "x=1?&y=2")),
        ("https://news.example", ("/", "")),
        ("https://news.example/a#b?c", ("/a", "")),
    ],
)
def test_path_and_query_are_parted(url: str, expected: tuple[str, str]):
    assert raw_urls.path_and_query(url) == expected


def test_a_link_keeps_the_spelling_that_its_page_gave_it():
    assert raw_urls.join("https://news.example/a/", "b?utm_source=x&b=2&a=1#top") == (
        "https://news.example/a/b?utm_source=x&b=2&a=1#top"
    )


def test_of_a_repeated_parameter_the_last_counts():
    assert raw_urls.query("https://news.example/?a=1&b=%20&a=2&c=") == {"a": "2", "b": " "}


def test_parameters_are_replaced_and_all_else_stays():
    url = raw_urls.with_query("https://News.example:8080/a//b?x=1#top", {"b": "1,2", "a": "x y"}, safe=",")
    assert url == "https://News.example:8080/a//b?b=1,2&a=x+y#top"
    assert raw_urls.with_query("https://news.example/?x=1", {"a": "1,2"}) == "https://news.example/?a=1%2C2"


def test_another_path_of_the_same_host_and_port_has_only_the_parameters_that_are_given():
    assert raw_urls.at_path("http://news.example:8080/a?x=1#top", "/b") == "http://news.example:8080/b"
    assert raw_urls.at_path("http://news.example/a", "/b", {"c": "d:e"}, safe=":") == "http://news.example/b?c=d:e"
