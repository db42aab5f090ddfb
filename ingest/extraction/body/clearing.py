"""What inside the chosen box is no part of the text: the passes, in their order. Looks at no more than the box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.extraction.body.boxed import HEADINGS, Boxed, folded, names
from ingest.extraction.body.edges import calls, credited, edges
from ingest.extraction.body.furniture import is_furniture
from ingest.extraction.body.teasers import labelled_links, links, orphan_headings, sections, teasers
from ingest.extraction.lexicon.phrases import LINES
from ingest.extraction.lexicon.vocabulary import CAPTION, PICTURE, TEASER, marks_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.extraction.markup.outline import Box, Outline

    Pass = Callable[[Boxed], None]

_LONGEST_LINE = 60  # letters of a button or label
_LONGEST_CAPTION = 600
_LONGEST_BOX = 600  # of a paragraph that is dropped for its name alone
_LONGEST_START = 300  # of what may stand before the headline: section, date, kicker
_SHORTEST_REPEAT = 60
_TEXT_BEFORE = 500  # letters, where a teaser is no standfirst
_LARGEST_TEASER = 0.3  # of the text
_REPEATED_AT_MOST = 3  # times that a page shows its headline again


def clear(outline: Outline, box: Box, titles: frozenset[str], passes: tuple[Pass, ...] | None = None) -> Boxed:
    """The box and what to leave out of it. ``titles`` are the page's own, `folded`; without ``passes``, `PASSES`."""
    boxed = Boxed(outline, box, titles)
    for clear_one in PASSES if passes is None else passes:
        clear_one(boxed)
    return boxed


def headline(boxed: Boxed) -> None:
    """The headline, and the little that stands before it."""
    blocks = boxed.blocks
    for place in boxed.kept:
        block = blocks[place]
        if block.box.tag == "h1" or (block.box.tag in HEADINGS and folded(block.text) in boxed.titles):
            before = range(boxed.box.start, place)
            unlinked = sum(len(blocks[other].text) for other in before if not blocks[other].linked)
            boxed.dropped.add(place)
            if unlinked < _LONGEST_START:
                boxed.dropped.update(before)
            return


def repeated_headline(boxed: Boxed) -> None:
    """The headline once more, in whatever element; what recurs oftener is text."""
    found = [place for place in boxed.kept if folded(boxed.blocks[place].text) in boxed.titles]
    if len(found) <= _REPEATED_AT_MOST:
        boxed.dropped.update(found)


def furniture_lines(boxed: Boxed) -> None:
    """Buttons and labels: lines that say nothing but "Share" or "Read more"."""
    for place in boxed.kept:
        text = boxed.blocks[place].text
        if len(text) < _LONGEST_LINE and folded(text) in LINES:
            boxed.dropped.add(place)


def named(boxed: Boxed) -> None:
    """Paragraphs and list items with a class of furniture; the outline reads the classes of larger boxes only."""
    for place in boxed.kept:
        block = boxed.blocks[place]
        if block.box.tag in ("p", "li") and len(block.text) < _LONGEST_BOX and is_furniture(names(block.box)):
            boxed.dropped.add(place)


def named_teasers(boxed: Boxed) -> None:
    """Boxes that are called teasers, behind some text and small beside it."""
    root = boxed.box
    most = _LARGEST_TEASER * boxed.letters(root)
    for box in boxed.outline.boxes:
        if box.start < root.start or box.end > root.end or not TEASER.matches(box.names):
            continue
        if boxed.letters_between(root.start, box.start) > _TEXT_BEFORE and boxed.letters(box) < most:
            boxed.dropped.update(range(box.start, box.end))


def captions(boxed: Boxed) -> None:
    """Captions and credits of pictures: named so, or alone in a box named for a picture that is in it."""
    for place in boxed.kept:
        block = boxed.blocks[place]
        if len(block.text) < _LONGEST_CAPTION and _is_caption(boxed, block.box):
            boxed.captions.add(place)
    boxed.dropped |= boxed.captions


def _is_caption(boxed: Boxed, box: Box) -> bool:
    if is_caption(box):
        return True
    around: Box | None = box
    for _ in range(3):
        if around is None or around is boxed.box or boxed.letters(around) > _LONGEST_CAPTION:
            return False
        marks = marks_of(names(around))
        if marks & CAPTION.mark or (marks & PICTURE.mark and around.node.css_first("img") is not None):
            return True
        around = around.parent
    return False


def is_caption(box: Box) -> bool:
    """By its own names or those of the box around."""
    return CAPTION.matches(names(box)) or (box.parent is not None and CAPTION.matches(box.parent.names))


def repeats(boxed: Boxed) -> None:
    """Text that stood in another box before, word for word: made for other screens."""
    seen: dict[str, Box | None] = {}
    for place in boxed.kept:
        block = boxed.blocks[place]
        if len(block.text) <= _SHORTEST_REPEAT:
            continue
        if seen.setdefault(block.text, block.box.parent) is not block.box.parent:
            boxed.dropped.add(place)


#: For articles.
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
