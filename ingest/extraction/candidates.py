"""Which box holds the text of the article. Judges boxes as a whole; what is furniture inside is cleared away elsewhere."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from ingest.extraction.furniture import is_body

if TYPE_CHECKING:
    from ingest.extraction.outline import Block, Box, Outline

_LEAVES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "blockquote", "dd", "dt", "ul", "ol", "tr", "td", "th", "tbody", "table", "figcaption", "figure"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
import os
ALPHA=float(os.environ.get('ALPHA','.12'));BETA=float(os.environ.get('BETA','.4'));ALPHAB=float(os.environ.get('ALPHAB','.5'))

def worth(block: Block) -> float:
    """How much a run of text speaks for being prose: its unlinked letters, nothing if it is short or mostly links."""
    letters = len(block.text)
    if letters < 25 or block.linked * 2 > letters or block.box.tag in _HEADINGS:
        return 0.0
    return float(letters - block.linked)


BETA2=float(os.environ.get('BETA2','1'))
JUNK=float(os.environ.get('JUNK','.25'))
def junk_of(block: Block) -> float:
    if block.linked * 2 > len(block.text):
        return float(len(block.text))
    if worth(block) or block.box.tag in _HEADINGS: return 0.0
    return JUNK*len(block.text)


def choose(outline: Outline) -> Box:
    """The box with the highest score. Method: paragraphs vote for the boxes around them, the nearer the more (Readability)."""
    scores: dict[Box, float] = {}
    for block in outline.blocks:
        value = worth(block)
        if not value:
            continue
        box: Box | None = block.box
        while box is not None and box.tag in _LEAVES:
            box = box.parent
        distance = 1
        while box is not None and distance < 7:
            scores[box] = scores.get(box, 0.0) + value / distance
            box = box.parent
            distance += 1
    if not scores:
        return outline.boxes[0]
    for box in scores:
        if box.tag == "article":
            scores[box] *= 1.2
        if is_body(box.names):
            scores[box] *= 1.3
    best = max(scores, key=lambda box: scores[box])
    return climb(outline, best)


def climb(outline: Outline, box: Box) -> Box:
    """The box, or one around it that holds much more prose and little else: articles are split over siblings."""
    prose = [0.0, *accumulate(worth(block) for block in outline.blocks)]
    junk = [0.0, *accumulate(junk_of(block) for block in outline.blocks)]
    chosen, around = box, box.parent
    while around is not None:
        held = prose[chosen.end] - prose[chosen.start]
        gain = prose[around.end] - prose[around.start] - held
        cost = junk[around.end] - junk[around.start] - (junk[chosen.end] - junk[chosen.start])
        alpha = ALPHAB if is_body(chosen.names) and not is_body(around.names) else ALPHA
        if gain > alpha * held and cost < (BETA2 if gain > held else BETA) * gain:
            chosen = around
        around = around.parent
    return chosen


def widest(outline: Outline, share: float) -> Box:
    """The innermost box that holds ``share`` of all letters: for pages that are made of many things."""
    letters = [0, *accumulate(len(block.text) for block in outline.blocks)]
    enough = share * letters[-1]
    return min(
        (box for box in outline.boxes if letters[box.end] - letters[box.start] >= enough),
        key=lambda box: (letters[box.end] - letters[box.start], box.start - box.end),
        default=outline.boxes[0],
    )
