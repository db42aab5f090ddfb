"""What inside the chosen box is no part of the text. Each pass does one thing; none looks at the whole page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.extraction.vocabulary import CAPTION, LINES

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.extraction.outline import Block, Box, Outline

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS = " \t:.…!?»«>›→|-–—•▶▼+×"
_LABEL = re.compile(r"^[^.!?]{0,60}[:|»>→\-–—]\s")
_LONG_LINK = 0.8
_SHORT = 25


@dataclass(slots=True)
class Clearing:
    """The blocks of one box. ``dropped``: indices into ``outline.blocks``."""

    outline: Outline
    box: Box
    titles: frozenset[str]
    dropped: set[int]

    @property
    def kept(self) -> list[int]:
        return [place for place in range(self.box.start, self.box.end) if place not in self.dropped]


def headline(clearing: Clearing) -> None:
    """The headline, and what stands before it."""
    blocks = clearing.outline.blocks
    for place in range(clearing.box.start, clearing.box.end):
        block = blocks[place]
        if block.box.tag in HEADINGS and (block.box.tag == "h1" or folded(block.text) in clearing.titles):
            before = range(clearing.box.start, place + 1)
            if sum(len(blocks[other].text) for other in before if blocks[other].linked == 0) - len(block.text) < 300:
                clearing.dropped.update(before)
            else:
                clearing.dropped.add(place)
            return


def repeated_headline(clearing: Clearing) -> None:
    blocks = clearing.outline.blocks
    for place in clearing.kept:
        if folded(blocks[place].text) in clearing.titles:
            clearing.dropped.add(place)


def furniture_lines(clearing: Clearing) -> None:
    """Buttons and labels: lines that say nothing but "Share" or "Read more"."""
    blocks = clearing.outline.blocks
    for place in clearing.kept:
        text = blocks[place].text
        if len(text) < 60 and folded(text) in LINES:
            clearing.dropped.add(place)


def links(clearing: Clearing) -> None:
    """Lines that are nothing but a link, outside lists of things."""
    blocks = clearing.outline.blocks
    for place in clearing.kept:
        block = blocks[place]
        if block.linked >= _LONG_LINK * len(block.text):
            clearing.dropped.add(place)


def labelled_links(clearing: Clearing) -> None:
    """"Read more: another article", where all but the label is a link."""
    blocks = clearing.outline.blocks
    for place in clearing.kept:
        block = blocks[place]
        if block.linked * 2 > len(block.text) and _LABEL.match(block.text):
            found = _LABEL.match(block.text)
            if found and len(block.text) - found.end() <= block.linked + 3:
                clearing.dropped.add(place)


def captions(clearing: Clearing) -> None:
    """Captions and credits of pictures, by the names of their box or the one around it."""
    blocks = clearing.outline.blocks
    for place in clearing.kept:
        block = blocks[place]
        if len(block.text) < 600 and (is_caption(names(block.box)) or (block.box.parent and is_caption(block.box.parent.names))):
            clearing.dropped.add(place)


def repeats(clearing: Clearing) -> None:
    """Text that stood in another box before, word for word: made for other screens."""
    blocks = clearing.outline.blocks
    seen: dict[str, Box | None] = {}
    for place in clearing.kept:
        block = blocks[place]
        if len(block.text) > 60 and seen.setdefault(block.text, block.box.parent) is not block.box.parent:
            clearing.dropped.add(place)


def orphan_headings(clearing: Clearing) -> None:
    """Headings with nothing under them, also at the end."""
    blocks = clearing.outline.blocks
    below: Block | None = None
    for place in reversed(clearing.kept):
        block = blocks[place]
        if block.box.tag in HEADINGS and (below is None or (below.box.tag in HEADINGS and below.box.tag <= block.box.tag and below.box.tag==block.box.tag)):
            clearing.dropped.add(place)
        else:
            below = block


PASSES: tuple[Callable[[Clearing], None], ...] = (
    headline,
    repeated_headline,
    furniture_lines,
    labelled_links,
    links,
    captions,
    repeats,
    orphan_headings,
)


def clear(outline: Outline, box: Box, titles: frozenset[str]) -> set[int]:
    """Indices of the blocks to leave out."""
    clearing = Clearing(outline, box, titles, set())
    for clear_one in PASSES:
        clear_one(clearing)
    return clearing.dropped


def folded(text: str) -> str:
    """For comparison: lower case, without the signs that end labels."""
    return text.lower().strip(_ENDS)


@lru_cache(maxsize=4096)
def is_caption(names: str) -> bool:
    return CAPTION.search(names) is not None


def names(box: Box) -> str:
    """Id and class, also of elements whose names the outline did not read."""
    if box.names:
        return box.names
    attributes = box.node.attributes
    box.names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    return box.names
