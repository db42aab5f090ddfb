"""Error pages that come with status 200."""

import pytest

from ingest.article.not_found import is_error_page

EXCUSE = "Sorry. It may have been moved. Try the search, or go to the front page."


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "Error 404",
        "404 Error",
        "404 Not Found",
        "404 - Page not found",
        "Page not found",
        "Page Not Found | The Harbour",
        "Sorry, this page is no longer available",
        "The page you requested could not be found",
        "The page you are looking for can't be found",
        "Seite nicht gefunden",
        "Page introuvable",
        "Página no encontrada",
        "Pagina non trovata",
        "페이지를 찾을 수 없습니다",
        "존재하지 않는 기사입니다.",
        "お探しのページは見つかりませんでした",
        "页面不存在",
    ],
)
def test_an_error_page_is_no_article(title: str) -> None:
    assert is_error_page(title, EXCUSE)


@pytest.mark.parametrize(
    "title",
    [
        "404 ferries left in March",
        "Why a page was not found in the harbour archive",
        "Lost and found",
        "Page",
        "",
        "찾기",
    ],
)
def test_an_article_about_something_else_stays(title: str) -> None:
    assert not is_error_page(title, EXCUSE)


def test_a_long_text_under_such_a_headline_stays() -> None:
    assert not is_error_page("Page not found", "The archive burnt in 1911. " * 40)


def test_such_words_behind_a_long_headline_are_part_of_it() -> None:
    assert is_error_page("Page not found | " + "The Harbour " * 4, EXCUSE)
    assert not is_error_page("Page not found" + " " * 10 + "!" * 200, EXCUSE)


def test_an_excuse_may_be_some_lines_long() -> None:
    assert is_error_page("Page not found", EXCUSE * 8)
    assert not is_error_page("Page not found", EXCUSE * 15)


def test_a_title_of_150_letters_and_a_text_of_800_are_the_longest_of_an_error_page() -> None:
    title = "Page not found".ljust(150, "!")
    assert is_error_page(title, "x" * 800)
    assert not is_error_page(title + "!", "x" * 800)
    assert not is_error_page(title, "x" * 801)


def test_space_around_a_title_does_not_make_it_longer() -> None:
    assert is_error_page(f"{' ' * 200}Page not found{' ' * 200}", EXCUSE)
    assert not is_error_page(" ", EXCUSE)
