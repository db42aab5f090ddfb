"""One form for each host, and the registrable domain that it belongs to."""

import pytest

from ingest.dedup import hosts

LABEL = "a" * 63


@pytest.mark.parametrize(
    ("host", "normal"),
    [
        ("News.Example", "news.example"),
        ("news.example.", "news.example"),
        ("a_b.news.example", "a_b.news.example"),
        ("%6eews.example", "news.example"),
        ("정.example", "xn--2y5b.example"),
        (f"{LABEL}.Example", f"{LABEL}.example"),
        (f"{LABEL}.example", f"{LABEL}.example"),
        ("127.1", "127.0.0.1"),
        ("017.0.0.1", "15.0.0.1"),
        ("0x7F.0.0.0x1", "127.0.0.1"),
        ("0x", "0.0.0.0"),
        ("4294967295", "255.255.255.255"),
        ("1.256", "1.0.1.0"),
        ("255.255.255.255", "255.255.255.255"),
        ("[2001:DB8:0:0::1]", "[2001:db8::1]"),
        ("localhost", "localhost"),
    ],
)
def test_a_host_is_written_as_browsers_write_it(host: str, normal: str):
    assert hosts.normalise(host) == normal


@pytest.mark.parametrize(
    "host",
    [
        *("", ".", "a b.example", "a/b.example", "a%2eb%00.example", "[::1", "[::1%eth0]", "[127.0.0.1]", "1.2.3.4.5"),
        *(
            "256.0.0.1",
            "1.16777216",
            "4294967296",
            "a.1",
            "08",
            "1.2.3.256",
            f"{LABEL}b.example",
            f"{LABEL}b.정.example",
        ),
        *(f"{LABEL}.{LABEL}.{LABEL}.{LABEL}", ".".join(["정" * 20] * 12)),
    ],
)
def test_what_no_browser_would_connect_to_is_refused_with_a_reason(host: str):
    with pytest.raises(hosts.BadHost, match=r"\w"):
        hosts.normalise(host)


def test_an_address_that_is_no_ipv4_is_refused_for_what_it_is():
    for host, reason in [
        ("1.2.3.4.5", "four parts"),
        ("a.1", "all of them numbers"),
        ("256.1", "too large"),
        ("08", "octal"),
    ]:
        with pytest.raises(hosts.BadHost, match=reason):
            hosts.normalise(host)


def test_a_name_may_be_as_long_as_the_dns_allows():
    longest = f"{LABEL}.{LABEL}.{LABEL}.{'a' * 61}"
    assert hosts.normalise(longest) == longest
    assert hosts.normalise(longest.upper() + ".") == longest
    for name in (f"{longest}.a", f"{longest}.A", f"{longest}.A."):
        with pytest.raises(hosts.BadHost):
            hosts.normalise(name)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("rss.news.co.kr", "news.co.kr"),
        ("kim.blogspot.com", "kim.blogspot.com"),
        ("a.kim.blogspot.com", "kim.blogspot.com"),
        ("co.kr", "co.kr"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
    ],
)
def test_the_registrable_domain_is_one_label_below_a_public_suffix(host: str, domain: str):
    assert hosts.registrable_domain(host) == domain
