import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dedup import urls

SAME_PAGE = [
    ("HTTP://News.Example:80/a", "http://news.example/a"),
    ("https://news.example", "https://news.example/"),
    ("https://news.example./a", "https://news.example/a"),
    ("  https://news.example/a\n", "https://news.example/a"),
    ("https:\\\\news.example\\a", "https://news.example/a"),
    ("https://news.example/a/./b/../c", "https://news.example/a/c"),
    ("https://news.example/a/%2E%2e/c", "https://news.example/c"),
    ("https://news.example/%7ekim/%ec%a0%95", "https://news.example/~kim/%EC%A0%95"),
    ("https://news.example/정", "https://news.example/%EC%A0%95"),
    ("https://news.example/a b", "https://news.example/a%20b"),
    ("https://news.example/100%", "https://news.example/100%25"),
    ("https://news.한국/a", "https://news.xn--3e0b707e/a"),
    ("https://STRAßE.example/", "https://xn--strae-oqa.example/"),
    ("https://" + "a" * 50 + ".news.example", "https://" + "a" * 50 + ".news.example/"),
    ("https://0x7f.1/", "https://127.0.0.1/"),
    ("https://１２７.0.0.1/", "https://127.0.0.1/"),
    ("http://[0:0:0:0:0:0:0:1]:80/", "http://[::1]/"),
    ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
    ("https://news.example/a?x=%20y&z=a+b", "https://news.example/a?x=+y&z=a+b"),
    ("https://news.example/a?x=1%2c2", "https://news.example/a?x=1,2"),
    ("https://news.example/a?b=&c", "https://news.example/a?b&c"),
    ("https://news.example/a?#top", "https://news.example/a"),
    ("https://news.example/a;jsessionid=1F2E/b", "https://news.example/a/b"),
    ("https://news.example/a<", "https://news.example/a"),
    ("https://blog.example/2026/01/tea.html?m=1", "https://blog.example/2026/01/tea.html"),
    ("https://blog.example/2026/01/tea.html?showComment=17#c17", "https://blog.example/2026/01/tea.html"),
]


@pytest.mark.parametrize(("url", "canonical"), SAME_PAGE)
def test_every_spelling_of_a_page_has_one_canonical_url(url: str, canonical: str) -> None:
    assert urls.canonical(url) == canonical


@pytest.mark.parametrize(
    "parameter",
    [
        *("utm_source=rss", "UTM_Medium=feed", "fbclid=x", "gclid=x", "msclkid=x", "gbraid=x", "srsltid=x", "twclid=x"),
        *("hsa_cam=1", "mc_eid=1", "mtm_campaign=a", "xtor=RSS-1", "ref=other.example", "source=rss", "PHPSESSID=9"),
        "source=home---stories-3----0",
    ],
)
def test_a_parameter_that_says_how_the_reader_came_is_left_out(parameter: str) -> None:
    assert (
        urls.canonical(f"https://news.example/story?id=7&{parameter}&page=2")
        == "https://news.example/story?id=7&page=2"
    )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://news.example/a?id=1", "https://news.example/a?id=2"),
        ("https://news.example/a?id=1&id=2", "https://news.example/a?id=2&id=1"),
        ("https://news.example/a?q=x%26y", "https://news.example/a?q=x&y"),
        ("https://news.example/a?q%3Dx", "https://news.example/a?q=x"),
        ("https://news.example/a?q=x%2By", "https://news.example/a?q=x+y"),
        ("https://news.example/a%2Fb", "https://news.example/a/b"),
        ("https://news.example/a%3Bb", "https://news.example/a;b"),
        ("https://news.example/Tea", "https://news.example/tea"),
        ("https://news.example/a?ref=home", "https://news.example/a"),
        ("https://news.example/a?source=kim", "https://news.example/a"),
        ("https://news.example/list?m=1", "https://news.example/list"),
        ("https://news.example/a/amp/", "https://news.example/a/"),
        ("https://m.news.example/a", "https://news.example/a"),
        ("https://news.example/#!/a", "https://news.example/#!/b"),
        ("https://news.example/#/a", "https://news.example/"),
        ("https://kim@news.example/a", "https://news.example/a"),
        ("https://news.example:8443/a", "https://news.example/a"),
    ],
)
def test_different_pages_keep_different_urls(a: str, b: str) -> None:
    assert urls.canonical(a) != urls.canonical(b)


def test_a_parameter_without_a_value_stays_as_it_is() -> None:
    assert urls.canonical("https://img.example/a?crop/1420x708/f") == "https://img.example/a?crop/1420x708/f"


@pytest.mark.parametrize(
    ("url", "base", "canonical"),
    [
        ("b", "https://news.example/x/a?q=1", "https://news.example/x/b"),
        ("/b", "https://news.example/x/a", "https://news.example/b"),
        ("../b", "https://news.example/x/y/a", "https://news.example/x/b"),
        ("//other.example/b", "https://news.example/x/a", "https://other.example/b"),
        ("?p=2", "https://news.example/x/a?p=1", "https://news.example/x/a?p=2"),
        ("#c", "https://news.example/x/a?p=1", "https://news.example/x/a?p=1"),
        ("", "https://news.example/x/a?p=1", "https://news.example/x/a?p=1"),
        ("\\b", "https://news.example/x/a", "https://news.example/b"),
        ("https:b", "https://news.example/x/a", "https://news.example/x/b"),
        ("http:b/c", "https://news.example/x/a", "http://b/c"),
        ("https://other.example/b", "https://news.example/x/a", "https://other.example/b"),
    ],
)
def test_a_relative_url_is_read_as_a_browser_reads_it(url: str, base: str, canonical: str) -> None:
    assert urls.canonical(url, base) == canonical


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "news",
            "/a",
            "//news.example/a",
            "http://",
            "http:///",
            "https://user@/a",
            "https://a b/",
            "https://a%00b/",
        ),
        *(
            "https://a%2Fb/",
            "https://news.example:99999/",
            "https://news.example:8x/",
            "https://[::1",
            "https://[::g]/",
        ),
        *("https://1.2.3.4.5/", "https://256.1.1.1/", "https://news.09/", "https://\u00ad/", "https://a\uffffb/"),
        *("https://" + "a" * 64 + ".example/", "https://news.example/" + "a" * 9_000, "https://\ud800.example/"),
    ],
)
def test_what_can_be_read_in_two_ways_is_no_url(url: str) -> None:
    with pytest.raises(urls.BadURL) as refusal:
        urls.canonical(url)
    assert refusal.value.code == "bad_url"
    assert refusal.value.message


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "mailto:kim@a.example"]
)
def test_only_web_addresses_are_followed(url: str) -> None:
    with pytest.raises(urls.BadURL) as refusal:
        urls.canonical(url, "https://news.example/")
    assert refusal.value.code == "bad_scheme"


_URL_LIKE = st.one_of(
    st.text(),
    st.text(alphabet="/.%:@?#&=+;\\ <[]Aa0eE2fF!정ß\t\0'\"|{}^`~\ud800").map(
        lambda tail: "https://news.example" + tail
    ),
    st.text(alphabet="aß.정-0xX19%5b[:]@").map(lambda host: f"http://{host}/"),
    st.from_regex(r"https?://[a-z.]{1,9}/[^?#]{0,20}\?[^#]{0,30}(#.{0,9})?", fullmatch=True),
)


@given(_URL_LIKE)
def test_the_canonical_url_of_a_canonical_url_is_itself(url: str) -> None:
    try:
        once = urls.canonical(url)
    except urls.BadURL:
        return
    assert urls.canonical(once) == once
    assert once.isascii()
    assert urls.key(once)


@pytest.mark.parametrize(
    "variant",
    [
        "http://news.example/2026/tea",
        "https://www.news.example/2026/tea/",
        "https://news.example/2026/tea?utm_source=x",
    ],
)
def test_the_ways_to_reach_a_page_share_its_key(variant: str) -> None:
    assert urls.key(variant) == urls.key("https://news.example/2026/tea")


def test_pages_with_other_parameters_ports_or_paths_have_other_keys() -> None:
    pages = [
        "https://a.example/",
        "https://a.example/x",
        "https://a.example/?x",
        "https://a.example:81/",
        "https://b.example",
    ]
    assert len({urls.key(page) for page in pages}) == len(pages)


def test_an_id_pattern_names_the_article_under_any_slug() -> None:
    pattern = r"/article/(\d+)"
    key = urls.key("https://news.example/politics/article/77/old-title", pattern)
    assert key == urls.key("http://m.news.example/article/77/new-title?x=1", pattern)
    assert key != urls.key("https://news.example/article/78/old-title", pattern)
    assert key != urls.key("https://other.example/article/77/old-title", pattern)


def test_an_id_pattern_that_captures_nothing_merges_no_pages() -> None:
    pattern = r"/article/(\d+)?"
    assert urls.key("https://news.example/article/a", pattern) != urls.key("https://news.example/article/b", pattern)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("https://rss.news.co.kr/x", "https://www.news.co.kr/y", True),
        ("https://news.co.kr/", "https://other.co.kr/", False),
        ("https://kim.blogspot.com/", "https://lee.blogspot.com/", False),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", True),
        ("http://127.0.0.1/", "http://127.0.0.2/", False),
        ("http://localhost/", "http://localhost:80/", True),
        ("no url", "no url", False),
    ],
)
def test_a_site_is_a_registered_domain(a: str, b: str, same: bool) -> None:
    assert urls.same_site(a, b) is same


@pytest.mark.parametrize(
    ("page", "claim", "chosen"),
    [
        ("https://m.news.example/a-story?x=1", "https://www.news.example/a-story", "https://www.news.example/a-story"),
        ("https://news.example/a-story/amp", "/a-story", "https://news.example/a-story"),
        ("https://news.example/story/2", "https://news.example/story", "https://news.example/story"),
        ("https://news.example/a-story", "", "https://news.example/a-story"),
        ("https://news.example/a-story", "http://www.news.example/a-story/", "https://news.example/a-story"),
        ("https://news.example/a-story", "https://other.example/a-story", "https://news.example/a-story"),
        ("https://kim.blogspot.com/a-story", "https://lee.blogspot.com/a-story", "https://kim.blogspot.com/a-story"),
        ("https://news.example/a-story", "https://news.example/", "https://news.example/a-story"),
        ("https://news.example/a-story", "https://news.example/index.html", "https://news.example/a-story"),
        (
            "https://news.example/politics/a-story",
            "https://news.example/politics/",
            "https://news.example/politics/a-story",
        ),
        ("https://news.example/view.php?no=7", "https://news.example/view.php", "https://news.example/view.php?no=7"),
        ("https://news.example/a-story", "javascript:void(0)", "https://news.example/a-story"),
    ],
)
def test_a_page_is_what_it_claims_to_be_only_if_that_can_be_true(page: str, claim: str, chosen: str) -> None:
    assert urls.choose_canonical(page, claim) == chosen
