"""Passes over a chosen box that find what leads to other pages: lists of links, teasers, sections of them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.extraction.body.boxed import HEADINGS, folded, is_link
from ingest.extraction.lexicon.phrases import LINES, SECTION

if TYPE_CHECKING:
    from ingest.extraction.body.boxed import Boxed
    from ingest.extraction.markup.outline import Block, Box

_LABEL = re.compile(r"^[^.!?]{0,40}?[:|»>→\-–—]\s")
_LINK_SHARE = 0.8
_LONGEST_LABEL = 60  # letters
_LONGEST_TEASER = 350
_LONGEST_BLURB = 100  # of a paragraph under a teaser's title
_MOST_LINES = 40  # in one teaser
_TEXT_UNDER = 150
_LARGEST_PART = 0.5
_ARTICLE = 1000
_LARGE_PART = 0.3  # no furniture is more of the text than this;
# no section of it
_MOST_PROSE = 400  # holds so many letters of long paragraphs
_TAIL = 0.6  # or begins before so much of the text


def labelled_links(boxed: Boxed) -> None:
    """ "Read more: another article", where all but the label is a link, or all is one."""
    for place in boxed.kept:
        block = boxed.blocks[place]
        found = _LABEL.match(block.text) if block.linked * 2 > len(block.text) else None
        if found is None:
            continue
        is_whole = block.linked == len(block.text) and block.box.tag not in HEADINGS
        if is_whole or abs(len(block.text) - found.end() - block.linked) <= 3:
            boxed.dropped.add(place)


def links(boxed: Boxed) -> None:
    """Lines that are nothing but a link: teasers, buttons, lists of other articles.

    What stays: links among the items of a list of things, a list that a sentence announces with a colon, and headings
    and paragraphs with text of their own under them.
    """
    kept = boxed.kept
    following = dict(pairwise(kept))
    for place in kept:
        block = boxed.blocks[place]
        if not is_link(block):
            continue
        around = _list_around(block.box, boxed.box)
        after = boxed.blocks[following[place]] if place in following else None
        if not _has_text_under(block, after) if around is None else _is_list_of_links(boxed, around):
            boxed.dropped.add(place)


def _list_around(box: Box, root: Box) -> Box | None:
    while box is not root and box.parent is not None:
        if box.tag in ("ul", "ol", "table"):
            return box
        box = box.parent
    return None


def _is_list_of_links(boxed: Boxed, around: Box) -> bool:
    if around.start and boxed.blocks[around.start - 1].text.endswith((":", "：")):
        return False
    return boxed.linked(around) > _LINK_SHARE * boxed.letters(around)


def _has_text_under(block: Block, after: Block | None) -> bool:
    if after is None or after.box.parent is not block.box.parent:
        return False
    if block.box.tag in HEADINGS:
        return not is_link(after)
    return block.box.tag == "p" and len(after.text) - after.linked > _TEXT_UNDER


def sections(boxed: Boxed) -> None:
    """What stands under a heading like "Related articles", up to the next heading of its rank or the end of its box."""
    kept = boxed.kept
    whole = sum(len(boxed.blocks[place].text) for place in kept)
    read = 0
    for place in kept:
        block = boxed.blocks[place]
        read += len(block.text)
        if place in boxed.dropped or not _opens_furniture(block, is_late=read >= _TAIL * whole):
            continue
        lengths = [len(boxed.blocks[other].text) for other in _section(boxed, place)]
        prose = sum(length for length in lengths if length > 200)
        if prose < _MOST_PROSE and sum(lengths) <= _LARGE_PART * whole:
            boxed.dropped.update(_section(boxed, place))


def _opens_furniture(block: Block, *, is_late: bool) -> bool:
    if len(block.text) > _LONGEST_LABEL:
        return False
    text = folded(block.text)
    if block.box.tag in HEADINGS:
        return is_late and (text in LINES or SECTION.match(text) is not None)
    return text in LINES


def _section(boxed: Boxed, place: int) -> range:
    """The opening block and what it opens: under a heading all of the section, under a label the links."""
    blocks = boxed.blocks
    box = blocks[place].box
    last = min((box.parent or box).end, boxed.box.end)
    end = place + 1
    if box.tag in HEADINGS:
        while end < last and not _ends_section(blocks[end], box.tag):
            end += 1
    else:
        while end < last and is_link(blocks[end]):
            end += 1
    return range(place, end)


def _ends_section(block: Block, rank: str) -> bool:
    tag = block.box.tag
    return tag in HEADINGS and (tag < rank or (tag == rank and block.linked == 0))


def teasers(boxed: Boxed) -> None:
    """At the end: boxes of one kind side by side, each with a link for a title and a few words.

    Where they are a good part of the text, they are what the page is about.
    """
    kept = boxed.kept
    cards: set[int] = set()
    for place in range(boxed.box.end - 1, boxed.box.start - 1, -1):
        block = boxed.blocks[place]
        card = _card(boxed, block.box) if is_link(block) else None
        if card is not None:
            cards.update(range(card.start, card.end))
        elif place not in boxed.dropped and place not in cards and _runs_on(block):
            break
    lengths = {place: len(boxed.blocks[place].text) for place in kept}
    whole = sum(lengths.values())
    part = sum(lengths.get(place, 0) for place in cards)
    if part <= _LARGE_PART * whole or (part <= _LARGEST_PART * whole and whole - part > _ARTICLE):
        boxed.dropped |= cards


def _runs_on(block: Block) -> bool:
    return len(block.text) > (_LONGEST_BLURB if block.box.tag == "p" else _LONGEST_TEASER)


def _card(boxed: Boxed, box: Box) -> Box | None:
    """The largest box around that holds little besides and is one of several of its kind."""
    found = None
    while box is not boxed.box and box.parent is not None and box.end - box.start <= _MOST_LINES:
        left = [place for place in range(box.start, box.end) if place not in boxed.dropped]
        if sum(len(boxed.blocks[place].text) for place in left) > _LONGEST_TEASER:
            break
        kind = box.names.split()[-1:]
        if left and kind and box.tag not in ("ul", "ol", "p") and boxed.kinds[box.tag, kind[0]] > 1:
            found = box
        box = box.parent
    return found


def orphan_headings(boxed: Boxed) -> None:
    """Headings with nothing left under them, also at the end, and labels of lists that are gone."""
    below: Block | None = None
    for place in reversed(boxed.kept):
        block = boxed.blocks[place]
        if _is_orphan(block, below, emptied=place + 1 in boxed.dropped):
            boxed.dropped.add(place)
        else:
            below = block


def _is_orphan(block: Block, below: Block | None, *, emptied: bool) -> bool:
    if block.box.tag in HEADINGS:
        return below is None or (emptied and below.box.tag in HEADINGS and below.box.tag <= block.box.tag)
    is_label = emptied and len(block.text) < _LONGEST_LABEL and block.text.endswith(":")
    return is_label and (below is None or below.box.tag in HEADINGS)
