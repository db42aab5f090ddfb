"""Passes for what leads to other pages: lists of links, teasers, and the sections that hold them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.extraction.body.content_box import folded, is_link
from ingest.extraction.lexicon.phrases import LINES, SECTION
from ingest.extraction.markup.tags import HEADINGS

if TYPE_CHECKING:
    from ingest.extraction.body.content_box import ContentBox
    from ingest.extraction.markup.outline import Block, Box

_LABEL = re.compile(r"^[^.!?]{0,40}?[:|»>→\-–—]\s")
# Set by hand on the development corpus; how F1 moves when each of them is halved or doubled stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_LINK_SHARE = 0.8  # of the letters of a list, in links: a list of other articles
_LONGEST_LABEL = 60  # letters
_LABEL_SLACK = 3  # letters (signs, an arrow) beside a label and its link
_LONGEST_TEASER = 350  # letters
_LONGEST_BLURB = 100  # letters of a paragraph under a teaser's title
_MOST_LINES = 40  # blocks in one teaser
_TEXT_UNDER = 150  # letters under a linked paragraph that make it a heading of theirs
# Teasers at the end go if they are a small part of the text, or a larger one of a text that is an article without them.
_SMALL_PART = 0.3
_LARGEST_PART = 0.5
_ARTICLE = 1000  # letters
# A section stays if it is more of the text than this, holds so many letters in long paragraphs, or begins too early.
_LARGEST_SECTION = 0.3
_MOST_PROSE = 400  # letters
_LONG_PARAGRAPH = 200  # letters
_TAIL = 0.6  # of the text, which stands before it


def labelled_links(content: ContentBox) -> set[int]:
    """ "Read more: another article", where all but the label is a link, or all is one."""
    return {index for index in content.kept if _is_labelled_link(content.blocks[index])}


def _is_labelled_link(block: Block) -> bool:
    label = _LABEL.match(block.text) if block.linked * 2 > len(block.text) else None
    if label is None:
        return False
    is_link_only = block.linked == len(block.text) and block.box.tag not in HEADINGS
    return is_link_only or abs(len(block.text) - label.end() - block.linked) <= _LABEL_SLACK


def links(content: ContentBox) -> set[int]:
    """Lines that are nothing but a link: teasers, buttons, lists of other articles.

    These stay: links among the items of a list of things, a list that a sentence announces with a colon, and headings
    and paragraphs with text of their own under them.
    """
    kept = content.kept
    following = dict(pairwise(kept))
    found: set[int] = set()
    for index in kept:
        block = content.blocks[index]
        if not is_link(block):
            continue
        around = _list_around(block.box, content.box)
        after = content.blocks[following[index]] if index in following else None
        if not _has_text_under(block, after) if around is None else _is_list_of_links(content, around):
            found.add(index)
    return found


def _list_around(box: Box, root: Box) -> Box | None:
    while box is not root and box.parent is not None:
        if box.tag in ("ul", "ol", "table"):
            return box
        box = box.parent
    return None


def _is_list_of_links(content: ContentBox, around: Box) -> bool:
    if around.start and content.blocks[around.start - 1].text.endswith((":", "：")):
        return False
    return content.linked(around) > _LINK_SHARE * content.letters(around)


def _has_text_under(block: Block, after: Block | None) -> bool:
    """Whether a linked line is the heading of the block ``after`` it, in the same box."""
    if after is None or after.box.parent is not block.box.parent:
        return False
    if block.box.tag in HEADINGS:
        return not is_link(after)
    return block.box.tag == "p" and len(after.text) - after.linked > _TEXT_UNDER


def sections(content: ContentBox) -> set[int]:
    """What stands under a heading like "Related articles", up to the next heading of its rank or the end of its box."""
    kept = content.kept
    whole = sum(len(content.blocks[index].text) for index in kept)
    found: set[int] = set()
    read = 0
    for index in kept:
        block = content.blocks[index]
        read += len(block.text)
        if index in found or not _opens_furniture(block, is_late=read >= _TAIL * whole):
            continue
        section = _section(content, index)
        lengths = [len(content.blocks[other].text) for other in section]
        prose = sum(length for length in lengths if length > _LONG_PARAGRAPH)
        if prose < _MOST_PROSE and sum(lengths) <= _LARGEST_SECTION * whole:
            found.update(section)
    return found


def _opens_furniture(block: Block, *, is_late: bool) -> bool:
    """Whether it is a heading, late in the text, or a label anywhere, that announces other articles or services."""
    if len(block.text) > _LONGEST_LABEL:
        return False
    text = folded(block.text)
    if block.box.tag in HEADINGS:
        return is_late and (text in LINES or SECTION.match(text) is not None)
    return text in LINES


def _section(content: ContentBox, index: int) -> range:
    """The opening block and what it opens: under a heading all of the section, under a label the links."""
    blocks = content.blocks
    box = blocks[index].box
    last = min((box.parent or box).end, content.box.end)
    end = index + 1
    if box.tag in HEADINGS:
        while end < last and not _ends_section(blocks[end], box.tag):
            end += 1
    else:
        while end < last and is_link(blocks[end]):
            end += 1
    return range(index, end)


def _ends_section(block: Block, rank: str) -> bool:
    """By a heading of higher rank, or of the same if it is no link, which may be the title of a teaser."""
    tag = block.box.tag
    return tag in HEADINGS and (tag < rank or (tag == rank and block.linked == 0))


def teasers(content: ContentBox) -> set[int]:
    """At the end: boxes of one kind side by side, each with a link for a title and a few words.

    If they are a good part of the text, they are what the page is about, and stay.
    """
    cards: set[int] = set()
    for index in range(content.box.end - 1, content.box.start - 1, -1):
        block = content.blocks[index]
        card = _card(content, block.box) if is_link(block) else None
        if card is not None:
            cards.update(range(card.start, card.end))
        elif index not in content.dropped and index not in cards and _runs_on(block):
            break
    lengths = {index: len(content.blocks[index].text) for index in content.kept}
    whole = sum(lengths.values())
    part = sum(lengths.get(index, 0) for index in cards)
    is_small = part <= _SMALL_PART * whole or (part <= _LARGEST_PART * whole and whole - part > _ARTICLE)
    return cards if is_small else set()


def _runs_on(block: Block) -> bool:
    return len(block.text) > (_LONGEST_BLURB if block.box.tag == "p" else _LONGEST_TEASER)


def _card(content: ContentBox, box: Box) -> Box | None:
    """The largest box around ``box`` that holds no more than a teaser and is one of several of its kind."""
    found = None
    while box is not content.box and box.parent is not None and box.end - box.start <= _MOST_LINES:
        left = [index for index in range(box.start, box.end) if index not in content.dropped]
        if sum(len(content.blocks[index].text) for index in left) > _LONGEST_TEASER:
            break
        kind = box.names.split()[-1:]
        if left and kind and box.tag not in ("ul", "ol", "p") and content.kinds[box.tag, kind[0]] > 1:
            found = box
        box = box.parent
    return found


def orphan_headings(content: ContentBox) -> set[int]:
    """Headings with nothing left under them, also at the end, and labels of lists that are gone."""
    found: set[int] = set()
    below: Block | None = None
    for index in reversed(content.kept):
        block = content.blocks[index]
        if _is_orphan(block, below, emptied=index + 1 in content.dropped or index + 1 in found):
            found.add(index)
        else:
            below = block
    return found


def _is_orphan(block: Block, below: Block | None, *, emptied: bool) -> bool:
    """``below`` is the next block that is kept; ``emptied``: what stood right under the block is dropped."""
    if block.box.tag in HEADINGS:
        return below is None or (emptied and below.box.tag in HEADINGS and below.box.tag <= block.box.tag)
    is_label = emptied and len(block.text) < _LONGEST_LABEL and block.text.endswith(":")
    return is_label and (below is None or below.box.tag in HEADINGS)
