"""Clearing the chosen box of what is no part of the text: the passes, and the order in which they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.extraction.body.content_box import ContentBox, box_names, folded
from ingest.extraction.body.edges import calls, credited, edges
from ingest.extraction.body.furniture import is_furniture
from ingest.extraction.body.teasers import labelled_links, links, orphan_headings, sections, teasers
from ingest.extraction.lexicon.phrases import LINES
from ingest.extraction.lexicon.vocabulary import CAPTION, PICTURE, TEASER, marks_of
from ingest.extraction.markup.tags import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.extraction.markup.outline import Box, Outline

    #: Returns the indices of the blocks to drop. What earlier passes dropped is no longer among `ContentBox.kept`.
    Pass = Callable[[ContentBox], set[int]]

# Set by hand on the development corpus; how F1 moves when each of them is halved or doubled stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_LONGEST_LINE = 60  # letters of a button or label
_LONGEST_CAPTION = 600  # letters
_LONGEST_NAMED = 600  # letters of a paragraph that is dropped for its class alone
_LONGEST_START = 300  # letters of what may stand before the headline: section, date, kicker
_SHORTEST_REPEAT = 60  # letters
_TEXT_BEFORE = 500  # letters behind which a teaser is no standfirst
_LARGEST_TEASER = 0.3  # of the letters in the box
_MOST_HEADLINES = 3  # times that a page repeats its headline without meaning it as text
_BOXES_AROUND = 3  # around a caption whose names are looked at


def clear(outline: Outline, box: Box, titles: frozenset[str], passes: tuple[Pass, ...] | None = None) -> ContentBox:
    """The box after all passes (`PASSES` unless others are given). ``titles`` are the page's own, `folded`."""
    content = ContentBox(outline, box, titles)
    for find in PASSES if passes is None else passes:
        found = find(content)
        content.drop(found, by=find.__name__)
        if find in _OF_PICTURES:
            content.captions |= found
    return content


def headline(content: ContentBox) -> set[int]:
    """The headline, and the little that stands before it."""
    blocks = content.blocks
    for index in content.kept:
        block = blocks[index]
        if block.box.tag == "h1" or (block.box.tag in HEADINGS and folded(block.text) in content.titles):
            before = range(content.box.start, index)
            unlinked = sum(len(blocks[other].text) for other in before if not blocks[other].linked)
            return {index, *before} if unlinked < _LONGEST_START else {index}
    return set()


def repeated_headline(content: ContentBox) -> set[int]:
    """The headline once more, in whatever element. What recurs more often than headlines do is text."""
    found = {index for index in content.kept if folded(content.blocks[index].text) in content.titles}
    return found if len(found) <= _MOST_HEADLINES else set()


def furniture_lines(content: ContentBox) -> set[int]:
    """Buttons and labels: lines that say nothing but "Share" or "Read more"."""
    return {
        index
        for index in content.kept
        if len(text := content.blocks[index].text) < _LONGEST_LINE and folded(text) in LINES
    }


def named(content: ContentBox) -> set[int]:
    """Paragraphs and list items with a class of furniture; the outline reads the classes of larger boxes only."""
    return {index for index in content.kept if _is_named_furniture(content, index)}


def _is_named_furniture(content: ContentBox, index: int) -> bool:
    block = content.blocks[index]
    return block.box.tag in ("p", "li") and len(block.text) < _LONGEST_NAMED and is_furniture(box_names(block.box))


def named_teasers(content: ContentBox) -> set[int]:
    """Boxes whose class says teaser, behind some text and small beside it."""
    root = content.box
    most = _LARGEST_TEASER * content.letters(root)
    found: set[int] = set()
    for box in content.outline.boxes:
        if box.start < root.start or box.end > root.end or not TEASER.matches(box.names):
            continue
        if content.letters_between(root.start, box.start) > _TEXT_BEFORE and content.letters(box) < most:
            found.update(range(box.start, box.end))
    return found


def captions(content: ContentBox) -> set[int]:
    """Captions and credits of pictures: those with such a class, and the text of a box with a picture's class."""
    return {
        index
        for index in content.kept
        if len(content.blocks[index].text) < _LONGEST_CAPTION and _captions(content, content.blocks[index].box)
    }


def _captions(content: ContentBox, box: Box) -> bool:
    """Whether the box captions a picture, by its names or by those of the boxes around it within ``content``."""
    if is_caption(box):
        return True
    around: Box | None = box
    for _ in range(_BOXES_AROUND):
        if around is None or around is content.box or content.letters(around) > _LONGEST_CAPTION:
            return False
        marks = marks_of(box_names(around))
        if marks & CAPTION.mark or (marks & PICTURE.mark and around.node.css_first("img") is not None):
            return True
        around = around.parent
    return False


def is_caption(box: Box) -> bool:
    """Whether the box's own names or those of the box around it say that it is a caption."""
    return CAPTION.matches(box_names(box)) or (box.parent is not None and CAPTION.matches(box.parent.names))


def repeats(content: ContentBox) -> set[int]:
    """Text that stood before in another box, word for word: a copy for screens of another size."""
    seen: dict[str, Box | None] = {}
    found: set[int] = set()
    for index in content.kept:
        block = content.blocks[index]
        if len(block.text) <= _SHORTEST_REPEAT:
            continue
        if seen.setdefault(block.text, block.box.parent) is not block.box.parent:
            found.add(index)
    return found


#: For articles. Headings are looked at last, when what stood under them is gone.
PASSES: tuple[Pass, ...] = (
    headline,
    repeated_headline,
    sections,
    furniture_lines,
    named,
    named_teasers,
    labelled_links,
    links,
    teasers,
    captions,
    credited,
    calls,
    edges,
    repeats,
    orphan_headings,
)
#: For pages made of many things, where links and repetitions are the content.
GENTLE: tuple[Pass, ...] = (furniture_lines, named)
#: What these drop describes a picture, which stays.
_OF_PICTURES = frozenset({captions, credited})
