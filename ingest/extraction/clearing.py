"""What inside the chosen box is no part of the text. Each pass does one thing; none looks at the whole page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from ingest.extraction.furniture import is_furniture
from ingest.extraction.vocabulary import CAPTION, LINES, SECTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.extraction.outline import Block, Box, Outline

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS = " \t:.…!?»«>›→|-–—•▶▼+×"
_LABEL = re.compile(r"^[^.!?]{0,60}[:|»>→\-–—]\s")
_LONG_LINK = 0.8
_NAMELESS = frozenset({"p", "li"})
_LARGE_PART = 0.3
_TAIL = 0.6
_LONGEST_TEASER = 350


@dataclass
class Clearing:
    """The blocks of one box. ``dropped``: indices into ``outline.blocks``."""

    outline: Outline
    box: Box
    titles: frozenset[str]
    dropped: set[int]

    @cached_property
    def kinds(self) -> Counter[tuple[str, str]]:
        """How often a tag comes with a last class."""
        return Counter((box.tag, box.names.split()[-1]) for box in self.outline.boxes if box.names.strip())

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


def named(clearing: Clearing) -> None:
    """Paragraphs and list items with a name of furniture."""
    blocks = clearing.outline.blocks
    for place in clearing.kept:
        block = blocks[place]
        if len(block.text) < 600 and block.box.tag in _NAMELESS and is_furniture(block.box.node.attributes.get("class") or ""):
            clearing.dropped.add(place)


def links(clearing: Clearing) -> None:
    """Lines that are nothing but a link: teasers, buttons, lists of other articles.

    What stays: links among the items of a list of things, a list that a sentence announces with a colon, and headings
    and paragraphs with text of their own under them.
    """
    blocks = clearing.outline.blocks
    kept = clearing.kept
    following = dict(zip(kept, kept[1:], strict=False))
    for place in kept:
        block = blocks[place]
        if block.linked < _LONG_LINK * len(block.text):
            continue
        around = _list_around(block.box, clearing.box)
        after = blocks[following[place]] if place in following else None
        if around is not None:
            if _is_list_of_links(blocks, around):
                clearing.dropped.add(place)
        elif not _has_text_under(block, after):
            clearing.dropped.add(place)


def _list_around(box: Box, root: Box) -> Box | None:
    while box is not root and box.parent is not None:
        if box.tag in ("ul", "ol", "table"):
            return box
        box = box.parent
    return None


def _is_list_of_links(blocks: list[Block], around: Box) -> bool:
    inside = blocks[around.start : around.end]
    if around.start and blocks[around.start - 1].text.endswith((":", "：")):
        return False
    return sum(block.linked for block in inside) > _LONG_LINK * sum(len(block.text) for block in inside)


def _has_text_under(block: Block, after: Block | None) -> bool:
    if after is None or after.box.parent is not block.box.parent:
        return False
    if block.box.tag in HEADINGS:
        return after.linked < _LONG_LINK * len(after.text)
    return block.box.tag == "p" and len(after.text) - after.linked > 150


def labelled_links(clearing: Clearing) -> None:
    """"Read more: another article", where all but the label is a link."""
    blocks = clearing.outline.blocks
    for place in clearing.kept:
        block = blocks[place]
        if block.linked * 2 > len(block.text) and _LABEL.match(block.text):
            found = _LABEL.match(block.text)
            whole = block.linked == len(block.text) and block.box.tag not in HEADINGS
            if found and (whole or block.linked - 3 <= len(block.text) - found.end() <= block.linked + 3):
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


def sections(clearing: Clearing) -> None:
    """What stands under a heading like "Related articles", up to the next heading of its rank or the end of its box."""
    blocks = clearing.outline.blocks
    whole = sum(len(blocks[place].text) for place in clearing.kept)
    most = _LARGE_PART * whole
    read = 0
    for place in clearing.kept:
        block = blocks[place]
        read += len(block.text)
        if place in clearing.dropped or (read < _TAIL * whole and block.box.tag in HEADINGS) or len(block.text) > 60 or not _opens_furniture(block):
            continue
        section = _section(clearing, place)
        prose = sum(len(blocks[other].text) for other in section if len(blocks[other].text) > 200)
        if prose < 400 and sum(len(blocks[other].text) for other in section) <= most:
            clearing.dropped.update(section)


def _opens_furniture(block: Block) -> bool:
    text = folded(block.text)
    return text in LINES or (block.box.tag in HEADINGS and SECTION.match(text) is not None)


def _section(clearing: Clearing, place: int) -> range:
    blocks = clearing.outline.blocks
    box = blocks[place].box
    around = box.parent or box
    rank = box.tag if box.tag in HEADINGS else "h9"
    end = place + 1
    last = min(around.end, clearing.box.end)
    if rank == "h9":
        while end < last and blocks[end].linked >= _LONG_LINK * len(blocks[end].text):
            end += 1
        return range(place, end)
    while end < last and not _ends_section(blocks[end], rank):
        end += 1
    return range(place, end)


def _ends_section(block: Block, rank: str) -> bool:
    tag = block.box.tag
    return tag in HEADINGS and (tag < rank or (tag == rank and block.linked == 0))


def teasers(clearing: Clearing) -> None:
    """Boxes of one kind side by side, each with a link for a title and a few words under it."""
    blocks = clearing.outline.blocks
    for place in range(clearing.box.end - 1, clearing.box.start - 1, -1):
        block = blocks[place]
        if place not in clearing.dropped:
            if len(block.text) > _LONGEST_TEASER or (block.box.tag not in HEADINGS and block.box.tag=="p" and len(block.text)>100):
                return
            continue
        if block.linked < _LONG_LINK * len(block.text):
            continue
        card = _card(clearing, block.box)
        if card is not None:
            clearing.dropped.update(range(card.start, card.end))


def _card(clearing: Clearing, box: Box) -> Box | None:
    """The largest box around that holds little besides, if the next or previous box is of the same kind."""
    found = None
    while box is not clearing.box and box.parent is not None:
        left = sum(len(clearing.outline.blocks[place].text) for place in range(box.start, box.end) if place not in clearing.dropped)
        if left > _LONGEST_TEASER:
            break
        if left and box.tag not in ("ul", "ol", "p") and box.names.strip() and clearing.kinds[box.tag, box.names.split()[-1]] > 1:
            found = box
        box = box.parent
    return found


def orphan_headings(clearing: Clearing) -> None:
    """Headings with nothing under them, also at the end, and labels of lists that are gone."""
    blocks = clearing.outline.blocks
    below: int | None = None
    for place in reversed(clearing.kept):
        block = blocks[place]
        if _is_orphan(clearing, place, below):
            clearing.dropped.add(place)
        else:
            below = place


def _is_orphan(clearing: Clearing, place: int, below: int | None) -> bool:
    block = clearing.outline.blocks[place]
    emptied = place + 1 in clearing.dropped
    is_heading = block.box.tag in HEADINGS
    if not is_heading and not (emptied and len(block.text) < 60 and block.text.endswith(":")):
        return False
    if below is None:
        return True
    following = clearing.outline.blocks[below].box.tag
    if not is_heading:
        return following in HEADINGS
    return emptied and following in HEADINGS and following <= block.box.tag


PASSES: tuple[Callable[[Clearing], None], ...] = (
    headline,
    repeated_headline,
    sections,
    furniture_lines,
    named,
    labelled_links,
    links,
    teasers,
    captions,
    repeats,
    orphan_headings,
)


#: For pages made of many things, where links and repetitions are the content.
GENTLE: tuple[Callable[[Clearing], None], ...] = (furniture_lines, named)


def clear(
    outline: Outline, box: Box, titles: frozenset[str], passes: tuple[Callable[[Clearing], None], ...] | None = None
) -> set[int]:
    """Indices of the blocks to leave out."""
    clearing = Clearing(outline, box, titles, set())
    for clear_one in PASSES if passes is None else passes:
        clear_one(clearing)
    return clearing.dropped


def folded(text: str) -> str:
    """For comparison: lower case, without the signs that end labels."""
    return text.lower().strip(_ENDS)


@lru_cache(maxsize=4096)
def is_caption(names: str) -> bool:
    return CAPTION.stand_in(names)


def names(box: Box) -> str:
    """Id and class, also of elements whose names the outline did not read."""
    if box.names:
        return box.names
    attributes = box.node.attributes
    box.names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    return box.names
