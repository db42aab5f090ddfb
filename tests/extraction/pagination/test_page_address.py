"""Which page of which article an address names, in the ways of real sites."""

import pytest

from ingest.extraction.pagination.page_address import first_of, follows, interpretations, same_article


@pytest.mark.parametrize(
    ("page", "following"),
    [
        ("https://a.example/news/quay", "https://a.example/news/quay/2/"),
        ("https://a.example/news/quay/", "https://www.a.example/news/quay/page/2"),
        ("https://a.example/news/quay?page=2", "https://a.example/news/quay?page=3"),
        ("https://a.example/view?id=41", "https://a.example/view?page=2&id=41"),
        ("https://a.example/view?id=41&utm_source=feed", "https://a.example/view?id=41&P=2"),
        ("https://a.example/quay.html", "https://a.example/quay-2.html"),
        ("https://a.example/2025-11/12/c_1126.htm", "https://a.example/2025-11/12/c_1126_2.htm"),
        ("https://a.example/n/quay_1.shtml", "https://a.example/n/quay_2.shtml"),
        ("https://a.example/quay/", "https://a.example/quay/index_2.html"),
        ("https://a.example/test/boat,41,1.html", "https://a.example/test/boat,41,2.html"),
        ("https://a.example/quay/seite-2", "https://a.example/quay/seite-3"),
        ("https://a.example/0112/71234.html", "https://a.example/0112/71234_Page2.html"),
    ],
)
def test_the_next_page_has_the_same_address_but_for_its_number(page: str, following: str):
    assert list(follows(following, interpretations(page)))
    assert same_article(page, following)
    assert not list(follows(page, interpretations(following)))


@pytest.mark.parametrize(
    ("page", "other"),
    [
        ("https://a.example/news/quay", "https://b.example/news/quay/2"),
        ("https://a.example/news/quay", "https://a.example/news/eel/2"),
        ("https://a.example/news/quay", "https://a.example/news/quay/3"),
        ("https://a.example/view?id=41", "https://a.example/view?page=2"),
        ("https://a.example/view?id=41", "https://a.example/view?id=42"),
        ("https://a.example/view?id=41", "https://a.example/view?id=41&photo=2"),
        ("https://a.example/?p=2025", "https://a.example/?p=2026"),
        ("https://a.example/", "https://a.example/page/2"),
        ("https://a.example/2024/11", "https://a.example/2025/12"),
        ("https://a.example/news/41200.html", "https://a.example/news/41201.html"),
        ("https://a.example/news/quay", "https://[bad/news/quay/2"),
    ],
)
def test_another_articles_address_is_no_next_page(page: str, other: str):
    assert not list(follows(other, interpretations(page)))


@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("https://a.example/quay/3/", "https://a.example/quay"),
        ("https://a.example/quay?page=2", "https://a.example/quay?page=1"),
        ("https://a.example/quay_3.html", "https://a.example/quay.html"),
    ],
)
def test_the_first_page_may_or_may_not_say_its_number(page: str, first: str):
    assert first_of(first, interpretations(page))
    assert not first_of(page, interpretations(first))


@pytest.mark.parametrize(
    ("url", "forms"),
    [
        ("https://a.example/quay", ["plain"]),
        ("https://a.example/quay?page=2", ["plain", "marked"]),
        ("https://a.example/quay?p=2", ["plain", "appended"]),
        ("https://a.example/quay/2", ["plain", "appended"]),
        ("https://a.example/quay/2/", ["plain", "appended"]),
        ("https://a.example/quay/2.html", ["plain", "bare"]),
        ("https://a.example/quay-2", ["plain", "bare"]),
        ("https://a.example/quay/page/2", ["plain", "marked"]),
        ("https://a.example/quay?page=999", ["plain", "marked"]),
        ("https://a.example/quay?page=1000", ["plain"]),
        ("https://a.example/quay?page=two", ["plain"]),
        ("https://a.example/quay?page=２", ["plain"]),
        ("https://a.example/quay?photo=2", ["plain"]),
        ("https://a.example/2026", ["plain"]),
        ("https://a.example/?page=2", ["plain"]),
        ("https://a.example/2", ["plain"]),
        ("https://a.example", ["plain"]),
    ],
)
def test_each_number_in_a_url_is_interpreted_by_its_form(url: str, forms: list[str]):
    assert [page.form for page in interpretations(url)] == forms


@pytest.mark.parametrize("url", ["", "/quay/2", "https://[bad/2", "mailto:ann@a.example"])
def test_what_names_no_page_of_a_site_is_not_interpreted(url: str):
    assert interpretations(url) == []


def test_a_folder_and_its_index_are_one_page():
    (plain,) = interpretations("https://www.a.example/quay/index.html?b=2&a=1&utm_medium=x")
    assert plain.trunk == ("a.example", "/quay", "a=1&b=2")
    assert interpretations("https://A.example/quay/?a=1&b=2")[0] == plain


def test_another_article_has_other_pages():
    assert same_article("https://a.example/quay/2", "https://a.example/quay/7")
    assert not same_article("https://a.example/quay/2", "https://a.example/eels/2")
    assert not same_article("https://a.example/quay", "")


def test_the_first_page_has_no_first_page_before_it():
    assert not first_of("https://a.example/quay", interpretations("https://a.example/quay"))
    assert not first_of("https://a.example/quay/2", interpretations("https://a.example/quay/3"))


def test_the_way_a_page_follows_is_told():
    ((page, following),) = follows("https://a.example/quay?page=2", interpretations("https://a.example/quay"))
    assert (page.number, page.form, following.number, following.form) == (1, "plain", 2, "marked")
