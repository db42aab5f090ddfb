"""The body of any page, by structure and by the well-known names of the web. Knows no site and no platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.extraction.candidates import choose
from ingest.extraction.clearing import clear, folded
from ingest.extraction.furniture import Furniture
from ingest.extraction.lead import standfirst
from ingest.extraction.outline import draw
from ingest.extraction.render import render
from ingest.model import Draft, Extractor

if TYPE_CHECKING:
    from ingest.extraction.document import Document
    from ingest.extraction.outline import Box, Outline


def _ask(document: Document) -> Draft:
    root = document.tree.body
    if root is None:
        return Draft()
    known = titles(document)
    outline = draw(root, Furniture(root))
    box = choose(outline)
    dropped = clear(outline, box, known)
    if letters(outline, box, dropped) < _LITTLE:
        other = draw(root, Furniture(root, by_name=False))
        other_box = choose(other)
        other_dropped = clear(other, other_box, known)
        if letters(other, other_box, other_dropped) > 2 * letters(outline, box, dropped) + 100:
            outline, box, dropped = other, other_box, other_dropped
    leads = [block.box.node for block in standfirst(outline, box, known)]
    body = render([*leads, box.node], base_url=document.base_url, skip=skipped(outline, box, dropped))
    return Draft(body=body)


_LITTLE = 400
def letters(outline: Outline, box: Box, dropped: set[int]) -> int:
    return sum(len(outline.blocks[place].text) for place in range(box.start, box.end) if place not in dropped)


def titles(document: Document) -> frozenset[str]:
    """What the page may repeat as its headline, folded for comparison."""
    found = [*document.meta.get("og:title", ()), *document.meta.get("twitter:title", ())]
    node = document.css_first("title")
    if node is not None:
        found.append(node.text())
    whole = [folded(title) for title in found]
    return frozenset(title for title in whole if title)


def skipped(outline: Outline, box: Box, dropped: set[int]) -> set[int]:
    """``mem_id`` of all that is not rendered: the dropped runs, and boxes with nothing left inside."""
    skip = set(outline.left_out)
    for place in dropped:
        skip.update(outline.blocks[place].keys)
    for other in outline.boxes:
        if box.start <= other.start < other.end <= box.end and other is not box:
            if all(place in dropped for place in range(other.start, other.end)):
                skip.add(other.key)
    return skip


EXTRACTOR = Extractor("generic", frozenset({"body", "quality", "page_type", "next_page"}), _ask)
