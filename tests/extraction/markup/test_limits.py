"""Pages that a parser would choke on."""

import pytest

from ingest.errors import ExtractError
from ingest.extraction.markup.limits import bounded


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<div>" * 100_000 + "</div>" * 100_000,
        "<b><i>" * 10_000,
        "<div><span>word</span></div>" * 20_000 + "<div>" * 2_500,
        "x" * 20_000_001,
    ],
    ids=["open", "closed again", "formatting", "behind much that is closed", "length"],
)
def test_a_page_that_would_choke_the_parser_is_refused(page: str):
    with pytest.raises(ExtractError) as caught:
        bounded(page, "https://a.example/")
    assert caught.value.code == "parse"


@pytest.mark.parametrize(
    "page",
    [
        "<p>paragraph<br>" * 20_000,
        "<div><span>word</span></div>" * 20_000,
        "<ul>" + "<li>item" * 20_000 + "</ul>",
        "<script>" + "if (a<b) { c = '<'; }\n" * 5_000 + "</script>",
        '<div data-state="' + "many words " * 30_000 + '">text</div>',
        "",
    ],
    ids=["unclosed paragraphs", "wide", "unclosed items", "script", "long attribute", "empty"],
)
def test_a_long_page_that_is_not_deep_is_read(page: str):
    assert bounded(page) == page


def test_of_a_tag_with_thousands_of_attributes_only_the_name_is_kept():
    flood = " ".join(f"a{n}=1" for n in range(50_000))
    assert bounded(f"<p>Forty boats.</p><p {flood}>A ferry.</p>") == "<p>Forty boats.</p><p>A ferry.</p>"


def test_two_thousand_nested_elements_are_the_limit():
    assert bounded("<div>" * 2_000) == "<div>" * 2_000
    with pytest.raises(ExtractError) as caught:
        bounded("<div>" * 2_001, "https://a.example/")
    assert caught.value.url == "https://a.example/"


def test_end_tags_without_a_start_do_not_count():
    assert bounded("</div>" * 3_000 + "<div>" * 2_000)
    with pytest.raises(ExtractError):
        bounded("</div>" * 3_000 + "<div>" * 2_001)


def test_what_is_closed_before_does_not_count():
    page = "<div><span>word</span></div>" * 3_000
    assert bounded(page + "<div>" * 2_000)
    with pytest.raises(ExtractError):
        bounded(page + "<div>" * 2_001)


def test_elements_that_open_slowly_add_up():
    step = "<i>" + "word " * 400
    assert bounded(step * 1_900)
    with pytest.raises(ExtractError):
        bounded(step * 2_100)


def test_elements_that_close_slowly_do_not_add_up():
    page = ("<div>" + "word " * 300 + "</div>") * 3_000
    assert bounded(page) == page


def test_tags_inside_scripts_do_not_count():
    tags = "<div>" * 3_000
    assert bounded(f"<script>{tags}</script>ok")
    assert bounded(f"<TEXTAREA>{tags}</TEXTAREA>ok")
    assert bounded(f"<script>{tags}")
    with pytest.raises(ExtractError):
        bounded(f"<script>x</script>{tags}")


@pytest.mark.parametrize("end", [">text", ""])
def test_two_thousand_attributes_of_one_tag_are_the_limit(end: str):
    def tag(number: int) -> str:
        return "<p " + " ".join(f"the-attribute-number{n}=1" for n in range(number)) + end

    assert bounded("<b>a</b>" + tag(2_000)) == "<b>a</b>" + tag(2_000)
    assert bounded("<b>a</b>" + tag(2_001)) == "<b>a</b><p" + end


def test_a_flood_of_attributes_in_an_end_tag_does_not_matter():
    page = "<p>a</p " + " ".join(f"attribute{n}=1" for n in range(3_000)) + ">b"
    assert bounded(page) == page


def test_each_of_several_floods_is_taken_out():
    flood = "<p " + " ".join(f"a{n}=1" for n in range(9_000)) + ">"
    assert bounded(f"{flood}one{flood}two") == "<p>one<p>two"


def test_quoted_values_and_words_of_a_script_are_no_attributes():
    page = '<div data-a="' + "x y " * 9_000 + "\" b='" + "y z " * 9_000 + "' c>text</div>"
    assert bounded(page) == page


def test_a_flood_of_names_that_begin_with_a_bracket_counts():
    flood = "<p " + "<a " * 9_000 + ">"
    with pytest.raises(ExtractError):
        bounded(flood + "text")


def test_elements_left_open_count_however_much_is_closed_after_them():
    with pytest.raises(ExtractError):
        bounded("<div>" * 1_500 + "<span>word</span>" * 5_000 + "<div>" * 600)
    assert bounded("<div>" * 1_500 + "<span>word</span>" * 5_000 + "<div>" * 400)


def test_a_flood_at_the_very_beginning_is_taken_out():
    flood = "<p " + " ".join(f"the-attribute-number{n}=1" for n in range(3_000)) + ">"
    assert bounded(flood + "text") == "<p>text"


def test_elements_left_open_far_before_count_too():
    page = "<div>" * 1_900 + ("<span>" + "word " * 40 + "</span>") * 500
    assert bounded(page + "<div>" * 50)
    with pytest.raises(ExtractError):
        bounded(page + "<div>" * 150)


@pytest.mark.parametrize("place", range(16_380, 16_388))
def test_the_place_of_an_end_tag_does_not_matter(place: int):
    def page(depth: int) -> str:
        return ("<div>" * 1_500 + "<i>").ljust(place, ".") + "</i>" + "<div>" * (depth - 1_500)

    assert bounded(page(2_000)) == page(2_000)
    with pytest.raises(ExtractError):
        bounded(page(2_001))


@pytest.mark.parametrize("place", range(16_380, 16_388))
def test_end_tags_far_behind_a_deep_stretch_do_not_make_it_less_deep(place: int):
    def page(depth: int) -> str:
        return ("<div>" * depth).ljust(place, ".") + "</div>".ljust(16_384, ".") * 2

    assert bounded(page(2_000)) == page(2_000)
    with pytest.raises(ExtractError):
        bounded(page(2_001))


def test_twenty_million_letters_are_the_limit():
    assert len(bounded("x" * 20_000_000)) == 20_000_000
    with pytest.raises(ExtractError):
        bounded("x" * 20_000_001)
