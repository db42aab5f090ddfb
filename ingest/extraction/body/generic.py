"""The body of any page, found by structure and by class names that are common on the web."""

from __future__ import annotations

from functools import partial
from math import exp
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from ingest.extraction import page_type
from ingest.extraction.body import script_state
from ingest.extraction.body.candidates import choose, widest
from ingest.extraction.body.clearing import GENTLE, clear
from ingest.extraction.body.content_box import folded
from ingest.extraction.body.furniture import Furniture, matching
from ingest.extraction.body.lead import standfirst
from ingest.extraction.body.reading import Reading, Way
from ingest.extraction.draft import Draft, Extractor
from ingest.extraction.markup.outline import Outline, build
from ingest.extraction.markup.tags import SILENT, SILENT_WITHOUT_SCRIPTS
from ingest.extraction.pagination import next_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.extraction.markup.document import Document
    from ingest.model import PageType

# Set by hand on the development corpus; how F1 moves when each of them is halved or doubled stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_LITTLE = 400  # letters; an article with fewer is looked for in other ways, too
_MARGIN = 100  # letters by which another way must have more than twice as many
_SHORT = 600  # letters; a body with fewer is looked for in the scripts, too
_CORNER = 0.15  # of the letters on the page; an article that is less is none, if it is short
_SMALL_PAGE = 1000  # letters; an article that long is one, however small a part of the page
_FORUM_SHARE = 0.75  # of the letters on the page, in the box of all posts
_LISTING_SHARE = 0.8  # of the letters on the page, in the box of all teasers
_MANY_TEXTS = frozenset({"forum", "listing"})

# For `quality`: a logistic curve, fitted to F1 on four fifths of the sites of the development corpus and checked on
# the fifth left out, in turn; figures and command stand in docs/extraction.md under "Quality".
_FULL = 800  # letters from which on a body is no shorter than articles are
_RUNNING = 80  # unlinked letters of a block that is more than a label
_INTERCEPT = -1.8
_WEIGHT_OF_ARTICLE = 1.0
_WEIGHT_OF_DECLARED = 0.5
_WEIGHT_OF_SHARE = 2.5
_WEIGHT_OF_RUNNING = 1.1


def with_furniture(selectors: tuple[str, ...]) -> Extractor:
    """The generic extractor for pages of which it is known which elements are furniture: those that match."""
    return Extractor(EXTRACTOR.name, EXTRACTOR.fields, partial(extract, selectors=selectors))


def extract(document: Document, selectors: tuple[str, ...] = ()) -> Draft:
    """The page's type, its body and how sure that is, and its next page. ``selectors`` match known furniture."""
    root = document.tree.body
    if root is None:
        return Draft()
    furniture = partial(Furniture, root, known=matching(document, selectors))
    leave_out = furniture()
    outline = build(root, leave_out)
    kind, confidence = page_type.classify(document, outline)
    if kind == "forum":
        reading = _posts(document, furniture)
    elif kind == "listing":
        reading = _teasers(document, outline, leave_out)
    else:
        reading = _article(document, outline, leave_out, furniture)
        if _is_bare(reading) and not page_type.is_declared_article(document):
            kind, confidence, reading = "listing", 0.5, _teasers(document, outline, leave_out)
    is_one = kind not in _MANY_TEXTS
    following = next_page.find(document, reading.content.box.node) if is_one else ""
    if is_one and reading.letters < _SHORT:
        held = _in_scripts(document)
        if held and held.letters > 2 * reading.letters:
            reading = held
    return Draft(
        body=reading.body(document.base_url),
        page_type=kind,
        page_type_confidence=confidence,
        quality=_quality(document, kind, reading),
        next_page=following,
        body_trace=reading,
    )


def _quality(document: Document, kind: PageType, reading: Reading) -> float:
    """How sure the body is: the F1 to be expected of it, 0 to 1.

    A body is expected to be good if it is long, nearly all of its box, made of running text, and on a page that says
    that it is an article.
    """
    letters = reading.letters
    if not letters:
        return 0.0
    content = reading.content
    texts = [content.blocks[index] for index in content.kept]
    whole = sum(len(block.text) for block in content.blocks)
    running = sum(len(block.text) for block in texts if len(block.text) - block.linked >= _RUNNING)
    score = _INTERCEPT
    score += _WEIGHT_OF_ARTICLE * (kind == "article")
    score += _WEIGHT_OF_DECLARED * page_type.is_declared_article(document)
    of_share = _WEIGHT_OF_SHARE * (letters / whole) * min(1.0, letters / _FULL)
    score += of_share + _WEIGHT_OF_RUNNING * running / letters
    return round(1 / (1 + exp(-score)), 2)


def _is_bare(reading: Reading) -> bool:
    """Whether what was taken for an article is but a corner of a page that is mostly links."""
    blocks = reading.content.blocks
    whole = sum(len(block.text) for block in blocks)
    links = sum(block.linked for block in blocks)
    return reading.letters < min(_SMALL_PAGE, _CORNER * whole) and links * 2 > whole


def _article(
    document: Document, outline: Outline, leave_out: Furniture, furniture: Callable[..., Furniture]
) -> Reading:
    """The text of an article; if that is little, what two other ways find, if one of them finds far more."""
    known = titles(document)
    reading = _cleared("article", outline, leave_out, known)
    if reading.letters >= _LITTLE:
        return reading
    ways: tuple[tuple[Way, Furniture, frozenset[str]], ...] = (
        ("article without names", furniture(by_name=False), SILENT),
        ("article without scripts", furniture(), SILENT_WITHOUT_SCRIPTS),
    )
    others = [
        _cleared(way, build(left_out.root, left_out, silent=silent), left_out, known) for way, left_out, silent in ways
    ]
    for other in others:
        if other.letters > 2 * reading.letters + _MARGIN:
            reading = other
    return reading


def _cleared(way: Way, outline: Outline, leave_out: Furniture, known: frozenset[str]) -> Reading:
    box = choose(outline)
    return Reading(way, leave_out, clear(outline, box, known), tuple(standfirst(outline, box, known)))


def _in_scripts(document: Document) -> Reading | None:
    """The text that one of the page's scripts holds; None if none does."""
    root = LexborHTMLParser(script_state.html(document)).body
    if root is None or root.child is None:
        return None
    leave_out = Furniture(root)
    outline = build(root, leave_out)
    return Reading("script state", leave_out, clear(outline, outline.boxes[0], titles(document)))


def _posts(document: Document, furniture: Callable[..., Furniture]) -> Reading:
    """All posts of a thread."""
    leave_out = furniture(talk=False)
    outline = build(leave_out.root, leave_out, silent=SILENT_WITHOUT_SCRIPTS)
    box = widest(outline, _FORUM_SHARE)
    return Reading("forum", leave_out, clear(outline, box, titles(document), GENTLE))


def _teasers(document: Document, outline: Outline, leave_out: Furniture) -> Reading:
    """All teasers of a listing."""
    box = widest(outline, _LISTING_SHARE)
    return Reading("listing", leave_out, clear(outline, box, titles(document), GENTLE))


def titles(document: Document) -> frozenset[str]:
    """What the page may repeat as its headline, folded for comparison."""
    found = [*document.meta.get("og:title", ()), *document.meta.get("twitter:title", ())]
    node = document.css_first("title")
    if node is not None:
        found.append(node.text())
    return frozenset(title for title in map(folded, found) if title)


_FIELDS = frozenset({"body", "quality", "page_type", "page_type_confidence", "next_page"})
EXTRACTOR = Extractor("generic", _FIELDS, extract)
