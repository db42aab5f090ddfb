import pytest

from ingest.discover import article_urls


@pytest.mark.parametrize(
    "path",
    [
        "/2026/11/21/forty-boats",
        "/news/politics/forty-boats-77123",
        "/forty-boats/",
        "/hello",
        "/article/77",
        "/view.php?idxno=77123",
        "/?p=77",
        "/index.php?article_id=77",
        "/정치/새-수문이-열렸다",
        "/%EC%A0%95%EC%B9%98/77",
        "/news/Economy/article/all/20261121/130000001/1",
        "/category/2026/11/21/forty-boats",
        "/blog/introduction",
        "/2026/11/21/feed/the-birds",
        "/story.html",
        "/p/about-the-new-lock",
        "/terms/d/digital-lock",
        "/newsletter/the-week-in-boats",
        "/forty-boats/2026/11",
        "/1927",
    ],
)
def test_what_may_be_an_article_is_in(path: str) -> None:
    assert article_urls.looks_like_article(f"https://news.example{path}")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/politics",
        "/news/world/",
        "/en/news",
        "/about.html",
        "/tag/boats",
        "/author/ada-kim-77123",
        "/category/boats",
        "/search?q=boats",
        "/?s=boats",
        "/login",
        "/forty-boats/feed/",
        "/page/2",
        "/news/page/12/",
        "/2026/",
        "/2026/11/21/",
        "/archive/2026/11/",
        "/wp-content/uploads/2026/boats.JPG",
        "/wp-admin/",
        "/report-on-boats.pdf",
        "/feed.xml",
        "/user?id=77",
        "/privacy-policy",
    ],
)
def test_what_is_surely_no_article_is_out(path: str) -> None:
    assert not article_urls.looks_like_article(f"https://news.example{path}")


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("/2026/11/21/boats", "2026/11/21"),
        ("/2026-11-21-boats", "2026-11-21"),
        ("/news/all/20261121/13/1", "20261121"),
        ("/20261121.html", "20261121"),
        ("/2026/13/21/boats", ""),
        ("/2026/1121/boats", ""),
        ("/id/202611219", ""),
        ("/boats", ""),
    ],
)
def test_a_day_is_read_from_an_address_as_it_stands_there(path: str, date: str) -> None:
    assert article_urls.date_in(f"https://news.example{path}") == date


@pytest.mark.parametrize(
    ("path", "sure"), [("/2026/11/21/x", True), ("/a/77123", True), ("/the-new-lock-opens", True), ("/boats", False)]
)
def test_some_addresses_only_articles_have(path: str, sure: bool) -> None:
    assert article_urls.surely_article(f"https://news.example{path}") is sure


@pytest.mark.parametrize(
    ("urls", "folder"),
    [
        (["https://a.example/politics/2026/01/boats", "https://a.example/politics/2026/02/gulls"], "/politics/"),
        (["https://a.example/2026/01/boats", "https://a.example/2026/01/gulls"], "/"),
        (["https://a.example/news/boats", "https://a.example/sport/gulls"], "/"),
        (["https://a.example/en/news/boats?id=1", "https://a.example/en/news/gulls"], "/en/news/"),
        ([], "/"),
    ],
)
def test_a_section_is_the_folder_that_its_articles_share(urls: list[str], folder: str) -> None:
    assert article_urls.section(urls) == folder
    assert all(article_urls.within(url, folder) for url in urls)


@pytest.mark.parametrize(
    ("path", "sure"),
    [
        *(("/a/12345", True), ("/a/1234", False), ("/a-b-c-d", True), ("/a-b-c", False), ("/a_b_c_d/", True)),
        *(("/a_b_c", False), ("/view?id=7", True), ("/view?page=7", False), ("/a-b-c-d/x", False)),
    ],
)
def test_a_number_of_five_digits_or_a_title_of_four_words_is_sure(path: str, sure: bool) -> None:
    assert article_urls.surely_article(f"https://news.example{path}") is sure


def test_a_section_ends_before_the_first_folder_with_a_number() -> None:
    urls = ["https://a.example/en/2026a/x/boats", "https://a.example/en/2026a/x/gulls"]
    assert article_urls.section(urls) == "/en/"
    assert not article_urls.within("https://a.example/english/boats", "/en/")
    three = ["https://a.example/en/world/asia/a", "https://a.example/en/world/asia/b"]
    assert article_urls.section(three) == "/en/world/asia/"
    assert article_urls.section([three[0], "https://a.example/en/sport/asia/b"]) == "/en/"
