from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.extraction.markup.outline import Attributes, Block, Outline, build, names_of


def keep_all(_node: LexborNode, _tag: str, _names: str, _attributes: Attributes) -> bool:
    return False


def outline(html: str, leave_out: object = keep_all, **options: object) -> Outline:
    root = LexborHTMLParser(f"<body>{html}</body>").body
    assert root is not None
    return build(root, leave_out, **options)  # type: ignore[arg-type]


def texts(found: Outline) -> list[str]:
    return [block.text for block in found.blocks]


def shape(block: Block) -> list[str]:
    return [
        "close" if token is None else "break" if token == "" else token if isinstance(token, str) else f"<{token.tag}>"
        for token in block.tokens
    ]


def test_each_run_of_text_is_a_block_and_each_block_element_a_box() -> None:
    found = outline("<div>Before<p>First</p><p>Second</p>after</div>")

    assert texts(found) == ["Before", "First", "Second", "after"]
    assert [box.tag for box in found.boxes] == ["body", "div", "p", "p"]
    assert [(box.start, box.end) for box in found.boxes] == [(0, 4), (0, 4), (1, 2), (2, 3)]
    assert [block.box.tag for block in found.blocks] == ["div", "p", "p", "div"]


def test_white_space_is_collapsed_and_blank_runs_are_no_blocks() -> None:
    assert texts(outline("<p>  A\n  bridge </p> \n <p> \n </p><p></p>")) == ["A bridge"]


def test_two_line_breaks_part_a_run_and_one_does_not() -> None:
    assert texts(outline("<p>One<br>two<br><br>three<br> <br>four</p>")) == ["One two", "three", "four"]


def test_line_breaks_of_preformatted_text_stay_in_its_run() -> None:
    (block,) = outline("<pre>one<br><br>two</pre>").blocks

    assert shape(block) == ["one", "\n", "\n", "two"]


def test_emphasis_stays_inside_a_run() -> None:
    (block,) = outline("<p>The <b>old</b> bridge</p>").blocks

    assert block.text == "The old bridge"
    assert shape(block) == ["The ", "<b>", "old", "close", " bridge"]
    assert not block.is_plain
    assert block.within == ()


def test_emphasis_is_not_nested_in_its_own_kind() -> None:
    (block,) = outline("<p><b>The <strong>old</strong> <i>wooden</i></b></p>").blocks

    assert shape(block) == ["<b>", "The ", "old", " ", "<i>", "wooden", "close", "close"]


def test_a_run_knows_the_emphasis_that_was_open_before_it() -> None:
    first, second = outline("<div><b>One<p>two</p></b></div>").blocks

    assert first.within == ()
    assert [node.tag for node in second.within] == ["b"]


def test_letters_inside_links_are_counted_also_under_other_elements() -> None:
    (block,) = outline('<p>See <a href="/a"> the <span>old</span> bridge </a> now</p>').blocks

    assert block.linked == len("the") + len("old") + len("bridge")


def test_an_element_without_a_meaning_for_readers_leaves_its_text() -> None:
    (block,) = outline("<p>A <span>small</span> <font>bridge</font></p>").blocks

    assert block.text == "A small bridge"
    assert block.is_plain


@pytest.mark.parametrize("tag", ["script", "style", "noscript", "template", "svg", "button", "select"])
def test_silent_elements_have_no_text(tag: str) -> None:
    assert texts(outline(f"<p>Seen</p><{tag}>hidden</{tag}><p>too</p>")) == ["Seen", "too"]


def test_what_is_silent_can_be_chosen() -> None:
    assert texts(outline("<aside>Kept</aside><p>Seen</p><b>quiet</b>", silent=frozenset({"b"}))) == ["Kept", "Seen"]


def test_an_element_that_is_left_out_goes_with_all_it_holds() -> None:
    def is_share(_node: LexborNode, tag: str, names: str, attributes: Attributes) -> bool:
        assert tag != "p" or (not names and not attributes)
        return "share" in names

    found = outline("<p>One</p><div class='share'><p>Post it</p></div><p class='share'>Two</p>", is_share)

    assert texts(found) == ["One", "Two"]
    assert len(found.left_out) == 1


def test_an_element_that_is_left_out_parts_the_text_around_it() -> None:
    found = outline("<div>One<div class='share'>x</div>two</div>", lambda _node, _tag, names, _attrs: "share" in names)

    assert texts(found) == ["One", "two"]


def test_single_nodes_can_be_skipped_text_nodes_too() -> None:
    root = LexborHTMLParser("<body><p>One <b>two</b> three</p><div>four<p>five</p></div></body>").body
    assert root is not None
    paragraph, five = root.css("p")
    text = paragraph.child
    assert text is not None

    found = build(root, keep_all, skip={text.mem_id, five.mem_id})

    assert texts(found) == ["two three", "four"]


def test_an_empty_element_parts_runs_unless_it_is_inline() -> None:
    assert texts(outline("<div>One<div></div>two<span></span>three</div>")) == ["One", "twothree"]


def test_pictures_without_text_stand_before_the_next_block() -> None:
    found = outline("<p>One</p><p><img src='a.jpg'></p><p>Two <img src='b.jpg'></p>")

    assert texts(found) == ["One", "Two"]
    assert [(index, shape(run)) for index, run in found.wordless] == [(1, ["<img>"])]
    assert shape(found.blocks[1]) == ["Two ", "<img>"]


def test_empty_cells_are_kept_as_wordless_runs() -> None:
    found = outline("<table><tr><td></td><td>4</td><td> </td></tr></table>")

    assert texts(found) == ["4"]
    assert [(index, run.box.tag) for index, run in found.wordless] == [(0, "td"), (1, "td")]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="#old">#</a>',
        '<a href="/page#old">Permalink</a>',
        '<a href="#x" name="x">Link</a>',
        '<a href="#y">¶</a>',
    ],
)
def test_the_permalink_of_a_heading_is_no_part_of_it(link: str) -> None:
    assert texts(outline(f'<h2 id="old">The old bridge {link}</h2>')) == ["The old bridge"]


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="old"><a href="#old">The old bridge</a></h2>',
        '<h2 id="old">The old <a href="/bridge">bridge</a></h2>',
        '<h2 id="old">The old <a href="#other">bridge</a></h2>',
    ],
)
def test_other_links_of_a_heading_are_its_words(heading: str) -> None:
    assert texts(outline(heading)) == ["The old bridge"]


def test_depth_is_no_matter() -> None:
    assert texts(outline("<div>" * 1_500 + "Deep" + "</div>" * 1_500)) == ["Deep"]


@pytest.mark.parametrize(
    ("attributes", "names"),
    [
        ({}, " "),
        ({"class": "story body"}, " story body"),
        ({"id": "main", "class": "story"}, "main story"),
        ({"id": "the-old-bridge-is", "class": "story"}, "the-old-bridge-is story"),
        ({"id": "the-old-bridge-is-gone", "class": "story"}, " story"),
        ({"class": "story [&_figcaption]:hidden text"}, " story text"),
        ({"aria-label": "Share", "class": "x"}, "Share  x"),
        ({"aria-label": "S" * 59, "class": ""}, "S" * 59 + "  "),
        ({"aria-label": "S" * 60, "class": ""}, " "),
        ({"class": "c" * 600}, " " + "c" * 500),
        ({"id": "i" * 600}, "i" * 500 + " "),
        ({"id": None, "class": None}, " "),
    ],
)
def test_the_names_of_an_element_are_its_label_id_and_classes(attributes: dict[str, str | None], names: str) -> None:
    assert names_of(attributes) == names


PICTURED = "<div><p>One</p><div><p>Two</p><p><img src='a.jpg'></p></div><p>Three</p></div>"


def runs(html: str, dropped: set[int], captions: set[int] = frozenset()) -> list[str]:  # type: ignore[assignment]
    found = outline(html)
    return [run.text or "picture" for run in found.runs(found.boxes[1], dropped, captions)]


def test_the_runs_of_a_box_have_its_pictures_in_page_order() -> None:
    assert runs(PICTURED, set()) == ["One", "Two", "picture", "Three"]


def test_a_picture_goes_with_the_text_of_its_box() -> None:
    assert runs(PICTURED, {0}) == ["Two", "picture", "Three"]
    assert runs(PICTURED, {1}) == ["One", "Three"]


def test_a_picture_stays_without_its_caption() -> None:
    assert runs(PICTURED, {1}, {1}) == ["One", "picture", "Three"]


def test_a_picture_between_dropped_blocks_stays_if_its_box_has_others() -> None:
    html = "<div><p>One</p><div><p>Two</p><img src='a.jpg'><p>Three</p></div></div>"

    assert runs(html, {1}) == ["One", "picture", "Three"]
    assert runs(html, {1, 2}) == ["One"]


def test_pictures_outside_of_a_box_are_none_of_its_runs() -> None:
    html = "<p><img src='a.jpg'></p><div><p>One</p></div><p><img src='b.jpg'></p>"
    found = outline(html)
    div = next(box for box in found.boxes if box.tag == "div")

    assert [run.text for run in found.runs(div)] == ["One"]
    assert [run.text or "picture" for run in found.runs(found.boxes[0])] == ["picture", "One", "picture"]
