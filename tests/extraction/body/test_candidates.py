"""Which box of a page holds the text of the article."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.body.candidates import choose, widest, worth
from ingest.extraction.markup.outline import Outline, build

LINE = "The ferry crossed the sound in heavy fog, and nobody on the pier had seen it leave. "


def outline(html: str) -> Outline:
    root = LexborHTMLParser(html).body
    assert root is not None
    return build(root, lambda *_: False)


def chosen(html: str) -> str:
    """Tag and id of the box."""
    box = choose(outline(html))
    return f"{box.tag}#{box.node.attributes.get('id') or ''}".removesuffix("#")


def links(letters: int) -> str:
    """A list of other pages with so many letters."""
    return "<ul>" + "<li><a href=/x>Ten letter</a></li>" * (letters // 10) + "</ul>"


def labels(letters: int) -> str:
    return "<div>Ten letter</div>" * (letters // 10)


@pytest.mark.parametrize(
    ("html", "value"),
    [
        (f"<p>{LINE * 2}</p>", len(LINE) * 2 - 1),
        ("<p>Half a line, about the ferry.</p>", 29),
        ("<p>A label of the page.</p>", 0),
        (f"<h2>{LINE}</h2>", 0),
        (f"<p>{LINE}<a href=/x>{LINE * 2}</a></p>", 0),
        (f"<p><a href=/x>{LINE[:-1]}</a>{LINE[:-1]}</p>", len(LINE) - 1),
    ],
)
def test_what_a_run_of_text_counts_as_prose(html: str, value: int) -> None:
    assert worth(outline(html).blocks[0]) == value


def test_the_box_around_the_paragraphs_is_chosen() -> None:
    story = f"<div id=story>{f'<p>{LINE}</p>' * 4}</div>"
    assert (
        chosen(f"<div id=page><div id=head>{links(300)}</div>{story}<div id=foot>{links(300)}</div></div>")
        == "div#story"
    )


def test_lists_quotes_and_cells_are_part_of_what_stands_around_them() -> None:
    story = (
        f"<blockquote><p>{LINE}</p></blockquote><ul><li>{LINE}</li><li>{LINE}</li></ul><table><tr><td>{LINE}</table>"
    )
    assert chosen(f"<div id=page>{links(900)}<div id=story>{story}</div></div>") == "div#story"


def test_a_page_without_prose_is_its_own_box() -> None:
    assert chosen("<div><div>Late</div><div>Fog</div></div>") == "body"


def test_the_nearer_box_counts_more() -> None:
    inner = f"<div id=inner>{f'<p>{LINE}</p>' * 3}</div>"
    assert chosen(f"<div id=outer>{inner}{links(600)}<p>{LINE}</p></div>") == "div#inner"


@pytest.mark.parametrize("right", ["<article id=right>{}</article>", "<div id=right class=article-body>{}</div>"])
def test_an_article_element_or_a_class_of_bodies_decides_between_texts_of_nearly_the_same_length(right: str) -> None:
    left = f"<div id=left><p>{LINE * 10}</p></div>"
    found = chosen(f"<div>{left}</div>{links(3_000)}<div>{right.format(f'<p>{LINE * 9}</p>')}</div>")
    assert found.endswith("#right")


@pytest.mark.parametrize("right", ["<article id=right>{}</article>", "<div id=right class=article-body>{}</div>"])
def test_neither_outweighs_a_much_longer_text(right: str) -> None:
    left = f"<div id=left><p>{LINE * 16}</p></div>"
    found = chosen(f"<div>{left}</div>{links(3_000)}<div>{right.format(f'<p>{LINE * 10}</p>')}</div>")
    assert found == "div#left"


def test_an_article_split_over_siblings_is_taken_together() -> None:
    part = f"<div><div><p>{LINE * 3}</p></div></div>"
    assert chosen(f"<div id=story>{part * 3}</div>") == "div#story"


@pytest.mark.parametrize(("more", "found"), [(1, "div#story"), (3, "div#page")])
def test_a_box_around_has_to_hold_much_more_prose(more: int, found: str) -> None:
    story = f"<div id=story><p>{LINE * 12}</p></div>"
    assert chosen(f"<div id=page>{story}<div><p>{LINE * more}</p></div></div>") == found


@pytest.mark.parametrize(("more", "found"), [(3, "div#story"), (9, "div#page")])
def test_a_box_with_a_class_of_bodies_is_left_for_very_much_more_prose(more: int, found: str) -> None:
    story = f'<div id=story class="article-body"><p>{LINE * 12}</p></div>'
    assert chosen(f"<div id=page>{story}<div><p>{LINE * more}</p></div></div>") == found


@pytest.mark.parametrize(("letters", "found"), [(100, "div#page"), (300, "div#story")])
def test_a_box_around_may_hold_few_links(letters: int, found: str) -> None:
    story = f"<div id=story><p>{LINE * 12}</p></div>"
    other = f"<div><p>{LINE * 5}</p></div>"
    assert chosen(f"<div id=page>{story}{other}{links(letters)}</div>") == found


@pytest.mark.parametrize(("letters", "found"), [(400, "div#page"), (1_500, "div#story")])
def test_labels_cost_less_than_links(letters: int, found: str) -> None:
    story = f"<div id=story><p>{LINE * 12}</p></div>"
    other = f"<div><p>{LINE * 5}</p></div>"
    assert chosen(f"<div id=page>{story}{other}{labels(letters)}</div>") == found


@pytest.mark.parametrize(("letters", "found"), [(1_200, "div#page"), (2_200, "div#story")])
def test_a_box_around_that_doubles_the_prose_may_hold_as_many_links_as_it_gains(letters: int, found: str) -> None:
    story = f"<div id=story><p>{LINE * 8}</p><p>{LINE * 8}</p></div>"
    other = "".join(f"<div><div><p>{LINE * 6}</p></div></div>" for _ in range(3))
    assert chosen(f"<div id=page>{story}{other}{links(letters)}</div>") == found


def test_a_paragraph_speaks_for_boxes_near_it_only() -> None:
    deep = f"{'<div>' * 6}<p>{LINE * 2}</p>{'</div>' * 6}{links(400)}"
    assert chosen(f"<div id=page>{deep * 12}</div>") != "div#page"


def test_headings_do_not_count_against_a_box() -> None:
    story = f"<div id=story><p>{LINE * 12}</p></div>"
    heading = f"<h2>{LINE * 3}</h2>"
    assert chosen(f"<div id=page>{story}{heading * 3}<div><p>{LINE * 5}</p></div></div>") == "div#page"


def test_the_smallest_box_that_holds_a_share_of_all_letters() -> None:
    html = "<div id=a><div id=b><div id=c>0123456789</div></div><div>01234</div></div><p>01234</p>"
    found = outline(html)
    assert [widest(found, share).node.attributes.get("id") for share in (0.5, 0.6, 0.75, 0.8)] == ["b", "a", "a", None]


def test_a_page_without_text_is_widest_itself() -> None:
    assert widest(outline("<div><div></div></div>"), 0.5).tag == "body"


def words(letters: int) -> str:
    """A text of exactly so many letters."""
    return ("The ferry crossed the sound. " * 100)[: letters - 1].replace("  ", " ") + "."


@pytest.mark.parametrize(("letters", "value"), [(24, 0), (25, 25)])
def test_twenty_five_letters_are_the_shortest_prose(letters: int, value: int) -> None:
    assert worth(outline(f"<p>{words(letters)}</p>").blocks[0]) == value


@pytest.mark.parametrize(("letters", "found"), [(119, "article#right"), (120, "div#left"), (121, "div#left")])
def test_an_article_element_counts_a_fifth_more_and_of_equals_the_first_is_taken(letters: int, found: str) -> None:
    left = f"<div><div id=left><p>{words(letters)}</p></div></div>"
    right = f"<div><article id=right><p>{words(100)}</p></article></div>"
    assert chosen(left + links(3_000) + right) == found


@pytest.mark.parametrize(("letters", "found"), [(150, "div#story"), (151, "div#page")])
def test_a_box_around_must_hold_about_an_eighth_of_the_prose_again(letters: int, found: str) -> None:
    more = f"<div><p>{words(letters)}</p></div>"
    story = f"<div id=story><p>{words(1_250)}</p></div>"
    assert chosen(f"<div id=page>{story}{more}</div>") == found
    assert chosen(f"<div id=page>{more}{story}</div>") == found


@pytest.mark.parametrize(("letters", "found"), [(500, "div#story"), (501, "div#page")])
def test_a_class_of_bodies_is_left_for_more_than_half_of_the_prose_again(letters: int, found: str) -> None:
    story = f'<div id=story class="article-body"><p>{words(1_000)}</p></div>'
    assert chosen(f"<div id=page>{story}<div><p>{words(letters)}</p></div></div>") == found


@pytest.mark.parametrize(("letters", "found"), [(99, "div#page"), (100, "div#story")])
def test_links_in_a_box_around_must_be_less_than_two_fifths_of_what_it_gains(letters: int, found: str) -> None:
    story = f"<div id=story><p>{words(1_000)}</p></div>"
    more = f"<div><p>{words(125)}</p></div>" * 2
    link = f"<p><a href=/x>{words(letters)}</a></p>"
    assert chosen(f"<div id=page>{link}{story}{more}</div>") == found
    assert chosen(f"<div id=page>{story}{more}{link}</div>") == found


def test_a_paragraph_of_which_half_is_a_link_is_prose_and_no_ballast() -> None:
    story = f"<div id=story><p>{words(1_000)}</p></div>"
    half = f"<div><p>{words(200)}<a href=/x>{words(200)}</a></p></div>"
    assert chosen(f"<div id=page>{story}{half}</div>") == "div#page"


@pytest.mark.parametrize(("links_too", "found"), [(1_000, "div#page"), (1_002, "div#story")])
def test_to_double_the_prose_is_more_than_to_repeat_it(links_too: int, found: str) -> None:
    story = f"<div id=story><p>{words(1_000)}</p></div>"
    more = "".join(f"<div><div><p>{words(letters)}</p></div></div>" for letters in (500, 501))
    link = f"<p><a href=/x>{words(links_too)}</a></p>"
    assert chosen(f"<div id=page>{story}{more}{link}</div>") == found


def test_to_hold_as_much_again_is_not_to_double_the_prose() -> None:
    story = f"<div id=story><p>{words(1_000)}</p></div>"
    more = f"<div><div><p>{words(500)}</p></div></div>" * 2
    link = f"<p><a href=/x>{words(999)}</a></p>"
    assert chosen(f"<div id=page>{story}{more}{link}</div>") == "div#story"


def test_a_box_with_exactly_the_share_is_wide_enough_and_of_two_the_first_is_taken() -> None:
    found = outline("<div id=a>0123456789</div><div id=b>0123456789</div>")
    assert widest(found, 0.5).node.attributes.get("id") == "a"
