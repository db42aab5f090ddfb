"""The chosen box while it is cleared."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.body.content_box import ContentBox, box_names, folded, is_link
from ingest.extraction.markup.outline import build

PAGE = (
    "<p>before</p><div class='a b'><p>one</p><p><a href=/x>two</a> 2</p><p class=c>three</p></div><p class=b>after</p>"
)


@pytest.fixture
def content() -> ContentBox:
    root = LexborHTMLParser(PAGE).body
    assert root is not None
    outline = build(root, lambda *_: False)
    return ContentBox(outline, next(box for box in outline.boxes if box.tag == "div"), frozenset())


def test_only_blocks_of_the_box_are_kept_until_a_pass_drops_them(content: ContentBox) -> None:
    assert [content.blocks[index].text for index in content.kept] == ["one", "two 2", "three"]
    content.drop({2}, by="links")
    assert [content.blocks[index].text for index in content.kept] == ["one", "three"]


def test_a_block_is_recorded_for_the_first_pass_that_drops_it(content: ContentBox) -> None:
    content.drop({1, 2}, by="first")
    content.drop({2, 3}, by="second")
    content.drop({1}, by="third")
    assert content.cleared == [("first", {1, 2}), ("second", {3})]
    assert content.dropped == {1, 2, 3}


def test_letters_are_counted_whether_dropped_or_not(content: ContentBox) -> None:
    content.drop({1, 2}, by="first")
    assert content.letters(content.box) == len("onetwo 2three")
    assert content.letters_between(0, 2) == len("beforeone")
    assert content.linked(content.box) == content.linked(content.outline.boxes[0]) == len("two")


def test_boxes_of_one_kind_share_their_tag_and_last_class(content: ContentBox) -> None:
    assert content.kinds["div", "b"] == 1
    assert content.kinds["div", "a"] == 0


@pytest.mark.parametrize(
    ("html", "link"),
    [
        ("<p><a href=/x>All of it</a></p>", True),
        ("<p><a href=/x>Nearly all of it</a> ›</p>", True),
        ("<p><a href=/x>Fog at 9</a> h</p>", True),
        ("<p><a href=/x>Half</a> of this</p>", False),
        ("<p>None</p>", False),
    ],
)
def test_a_line_that_is_nearly_all_link_is_one(html: str, link: bool) -> None:
    root = LexborHTMLParser(html).body
    assert root is not None
    assert is_link(build(root, lambda *_: False).blocks[0]) is link


def test_labels_are_compared_without_case_and_closing_signs() -> None:
    assert folded("Read More »") == folded("› READ MORE:") == "read more"


def test_names_of_a_paragraph_are_read_when_asked_for(content: ContentBox) -> None:
    assert box_names(content.blocks[3].box).strip() == "c"
    assert box_names(content.box).strip() == "a b"
