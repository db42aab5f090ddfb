"""Which box of a page holds the text of the article."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from ingest.extraction.lexicon.vocabulary import BODY
from ingest.extraction.markup.tags import HEADINGS

if TYPE_CHECKING:
    from ingest.extraction.markup.outline import Block, Box, Outline

_LEAVES = HEADINGS.keys() | {
    "p", "li", "pre", "blockquote", "dd", "dt", "ul", "ol", "tr", "td", "th", "tbody", "table", "figcaption", "figure",
}  # fmt: skip
# Set by hand on the development corpus; eight variants lay within .001 of F1 (docs/extraction.md). How F1 moves when
# each of them is halved or doubled stands in docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_SHORT = 25  # letters; shorter runs are labels, dates, buttons
_REACH = 6  # boxes around a paragraph that it votes for
_ARTICLE_BONUS = 1.2
_BODY_BONUS = 1.3
# How much more prose a box around the chosen one must hold to be taken instead, as a share of what the chosen one
# holds, and how much else it may hold, as a share of what it gains.
_GAIN = 0.12
_GAIN_OVER_BODY = 0.5
_COST = 0.4
_COST_OF_DOUBLE = 1.0
_LABEL_COST = 0.25  # of the letters of a short run, beside those of a run of links


def worth(block: Block) -> float:
    """How much a run of text counts as prose: its unlinked letters; 0.0 if it is short, a heading or mostly links."""
    letters = len(block.text)
    if letters < _SHORT or block.linked * 2 > letters or block.box.tag in HEADINGS:
        return 0.0
    return float(letters - block.linked)


def choose(outline: Outline) -> Box:
    """The box of the article; the outermost if no text of the page is prose.

    Each paragraph votes for the boxes around it with its `worth`, the nearer the more, as in Readability (Arc90, 2009).
    """
    scores: dict[Box, float] = {}
    for block in outline.blocks:
        value = worth(block)
        box: Box | None = block.box
        while value and box is not None and box.tag in _LEAVES:
            box = box.parent
        for distance in range(1, _REACH + 1):
            if not value or box is None:
                break
            scores[box] = scores.get(box, 0.0) + value / distance
            box = box.parent
    if not scores:
        return outline.boxes[0]
    return _widen(outline, max(scores, key=lambda box: scores[box] * _bonus(box)))


def _bonus(box: Box) -> float:
    return (_ARTICLE_BONUS if box.tag == "article" else 1.0) * (_BODY_BONUS if BODY.matches(box.names) else 1.0)


def _widen(outline: Outline, box: Box) -> Box:
    """The box, or one around it that holds much more prose and little else: articles are split over siblings."""
    prose = [0.0, *accumulate(map(worth, outline.blocks))]
    other = [0.0, *accumulate(map(_ballast, outline.blocks))]
    chosen, around = box, box.parent
    while around is not None:
        held = prose[chosen.end] - prose[chosen.start]
        gain = prose[around.end] - prose[around.start] - held
        cost = other[around.end] - other[around.start] - (other[chosen.end] - other[chosen.start])
        leaves_body = BODY.matches(chosen.names) and not BODY.matches(around.names)
        if gain > (_GAIN_OVER_BODY if leaves_body else _GAIN) * held and cost < gain * (
            _COST_OF_DOUBLE if gain > held else _COST
        ):
            chosen = around
        around = around.parent
    return chosen


def _ballast(block: Block) -> float:
    """How much a run of text counts against being part of an article: links in full, short runs in part."""
    if block.linked * 2 > len(block.text):
        return float(len(block.text))
    return 0.0 if worth(block) or block.box.tag in HEADINGS else _LABEL_COST * len(block.text)


def widest(outline: Outline, share: float) -> Box:
    """The smallest box that holds ``share`` (0 to 1) of all letters: for pages that are made of many texts."""
    letters = [0, *accumulate(len(block.text) for block in outline.blocks)]
    enough = share * letters[-1]
    return min(
        (box for box in outline.boxes if letters[box.end] - letters[box.start] >= enough),
        key=lambda box: (letters[box.end] - letters[box.start], box.start - box.end),
        default=outline.boxes[0],
    )
