"""Standfirsts: what stands between the headline and the body and belongs to the text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.extraction.clearing import HEADINGS, folded, is_caption, names
from ingest.extraction.vocabulary import LEAD, LINES

if TYPE_CHECKING:
    from ingest.extraction.outline import Block, Box, Outline

_SHORTEST, _LONGEST = 40, 900
_TAGS = frozenset({"p", "h2", "h3", "h4", "div", "li", "section", "header", "blockquote"})
_NEAR = 14  # blocks between headline and body; a page with more there has other things in between


def standfirst(outline: Outline, box: Box, titles: frozenset[str]) -> list[Block]:
    """Blocks before the box, after the headline, in their order; at most three."""
    start = _after_headline(outline, box, titles)
    if start is None:
        between = [block for block in outline.blocks[max(0, box.start - _NEAR) : box.start] if _is_named(block)]
    else:
        near = box.start - start <= _NEAR
        between = [block for block in outline.blocks[start : box.start] if near or _is_named(block)]
    return [block for block in between if _is_lead(block, titles)][-3:]


def _after_headline(outline: Outline, box: Box, titles: frozenset[str]) -> int | None:
    for place in range(box.start - 1, -1, -1):
        block = outline.blocks[place]
        if block.box.tag == "h1" or (block.box.tag in HEADINGS and folded(block.text) in titles):
            return place + 1
    return None


def _is_lead(block: Block, titles: frozenset[str]) -> bool:
    letters = len(block.text)
    if not _SHORTEST <= letters <= _LONGEST or block.linked * 3 > letters or block.box.tag not in _TAGS:
        return False
    text = folded(block.text)
    if text in LINES or text in titles or is_caption(names(block.box)):
        return False
    if block.box.parent is not None and is_caption(block.box.parent.names):
        return False
    return _is_named(block) or (block.box.tag in ("p", "h2", "h3", "h4") and " " in block.text)


def _is_named(block: Block) -> bool:
    box: Box | None = block.box
    for _ in range(3):
        if box is not None and is_lead_name(names(box)):
            return True
        box = box.parent if box is not None else None
    return False


@lru_cache(maxsize=4096)
def is_lead_name(text: str) -> bool:
    """By the words of its id and class."""
    return LEAD.stand_in(text)
