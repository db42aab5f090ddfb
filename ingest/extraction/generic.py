"""The body of any page, by structure and by the well-known names of the web. Knows no site and no platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.extraction.candidates import choose
from ingest.extraction.furniture import Furniture
from ingest.extraction.outline import draw
from ingest.extraction.render import render
from ingest.model import Draft, Extractor

if TYPE_CHECKING:
    from ingest.extraction.document import Document


def _ask(document: Document) -> Draft:
    root = document.tree.body
    if root is None:
        return Draft()
    outline = draw(root, Furniture(root))
    if not outline.blocks:
        return Draft()
    box = choose(outline)
    body = render([box.node], base_url=document.base_url, skip=outline.left_out)
    return Draft(body=body)


EXTRACTOR = Extractor("generic", frozenset({"body", "quality", "page_type", "next_page"}), _ask)
