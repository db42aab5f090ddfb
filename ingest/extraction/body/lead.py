"""Standfirsts: what stands between the headline and the chosen box and belongs to the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.extraction.body.clearing import is_caption
from ingest.extraction.body.content_box import box_names, folded
from ingest.extraction.body.edges import is_about_article, is_call
from ingest.extraction.lexicon.phrases import LINES
from ingest.extraction.lexicon.vocabulary import LEAD
from ingest.extraction.markup.tags import HEADINGS

if TYPE_CHECKING:
    from ingest.extraction.markup.outline import Block, Box, Outline

# Set by hand on the development corpus; how F1 moves when each of them is halved or doubled stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_SHORTEST, _LONGEST = 40, 900  # letters
_TAGS = frozenset({"p", "h2", "h3", "h4", "div", "li", "section", "header", "blockquote"})
_UNNAMED_TAGS = frozenset({"p", "h2", "h3", "h4"})
_NEAR = 14  # blocks between headline and body; a page with more has other things in between
_CLOSE = 4  # blocks behind the headline, if the body is far
_MOST = 3  # blocks of a standfirst
_FEW_WORDS = 3  # of a heading, which may be in the title by chance
_BOXES_AROUND = 2  # around a block whose names may say that it is a standfirst
# Chinese and Japanese say as much in half the letters, and put no spaces between words.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"\w{3,}")


def standfirst(outline: Outline, box: Box, titles: frozenset[str]) -> list[Block]:
    """At most three blocks between the headline and the box, in page order.

    A paragraph or heading right after the headline is taken for one; elsewhere its class must say that it is.
    """
    start = _after_headline(outline, box, titles)
    first = max(0, box.start - _NEAR) if start is None else start
    close = 0 if start is None else box.start if box.start - start <= _NEAR else start + _CLOSE
    found = [
        block
        for index, block in enumerate(outline.blocks[first : box.start], first)
        if _is_lead(block, titles, by_position=index < close)
    ]
    return found[:_MOST] if close < box.start else found[-_MOST:]


def _after_headline(outline: Outline, box: Box, titles: frozenset[str]) -> int | None:
    """The index behind the headline: the nearest heading that is the page's title, else the nearest ``<h1>``."""
    nearest = None
    for index in range(box.start - 1, -1, -1):
        block = outline.blocks[index]
        if block.box.tag in HEADINGS and folded(block.text) in titles:
            return index + 1
        if block.box.tag == "h1" and nearest is None:
            nearest = index + 1
    return nearest


def _is_lead(block: Block, titles: frozenset[str], *, by_position: bool) -> bool:
    letters = len(block.text)
    is_dense = _DENSE.search(block.text) is not None
    if (
        letters > _LONGEST
        or letters < (_SHORTEST // 2 if is_dense else _SHORTEST)
        or block.linked * 3 > letters
        or block.box.tag not in _TAGS
    ):
        return False
    text = folded(block.text)
    if (
        text in LINES
        or text in titles
        or _is_in_caption(block.box)
        or is_caption(block.box)
        or is_call(block.text)
        or is_about_article(block.text)
    ):
        return False
    if block.box.tag in HEADINGS and _restates(text, titles):
        return False
    return (by_position and block.box.tag in _UNNAMED_TAGS and (is_dense or " " in block.text)) or _is_named(block)


def _is_in_caption(box: Box) -> bool:
    around: Box | None = box
    while around is not None and around.tag != "figcaption":
        around = around.parent
    return around is not None


def _restates(heading: str, titles: frozenset[str]) -> bool:
    """Whether half of its words are in the page's titles: the headline as readers see it, not as search engines do."""
    words = set(_WORD.findall(heading))
    common = words & {word for title in titles for word in _WORD.findall(title)}
    return len(words) > _FEW_WORDS and 2 * len(common) >= len(words)


def _is_named(block: Block) -> bool:
    """Whether its box or one of the boxes around it has a class of standfirsts."""
    box: Box | None = block.box
    for _ in range(1 + _BOXES_AROUND):
        if box is not None and LEAD.matches(box_names(box)):
            return True
        box = box.parent if box is not None else None
    return False
