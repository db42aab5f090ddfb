"""The body of any page, by structure and by the well-known names of the web. Knows no site and no platform."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from math import exp
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from ingest.extraction import page_type
from ingest.extraction.body import script_state
from ingest.extraction.body.boxed import Boxed, folded
from ingest.extraction.body.candidates import choose, widest
from ingest.extraction.body.clearing import GENTLE, clear
from ingest.extraction.body.furniture import Furniture, matching
from ingest.extraction.body.lead import standfirst
from ingest.extraction.draft import Draft, Extractor
from ingest.extraction.markup.outline import Block, Outline, build
from ingest.extraction.markup.render import compose
from ingest.extraction.markup.tags import SILENT_WITHOUT_SCRIPTS
from ingest.extraction.pagination import next_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode

    from ingest.article.body import Body
    from ingest.extraction.markup.document import Document
    from ingest.model import PageType

_LITTLE = 400  # letters; a body with fewer calls for a second look
_SHORT = 600  # letters; a body with fewer is looked for in the scripts, too
_FULL = 800  # letters from which on a body is no shorter than articles are
_RUNNING = 80  # letters of a run that is more than a label
_CORNER = 0.15
_SMALL_PAGE = 1000
_MANY_TEXTS = frozenset({"forum", "listing"})
_FORUM_SHARE = 0.75
_LISTING_SHARE = 0.8


@dataclass(frozen=True)
class Reading:
    """One way to read a page: the box that was chosen, less what was cleared away, and what goes before it."""

    boxed: Boxed
    leads: list[Block]

    @cached_property
    def letters(self) -> int:
        return sum(len(self.boxed.blocks[place].text) for place in self.boxed.kept)

    def body(self, base_url: str) -> Body:
        boxed = self.boxed
        runs = boxed.outline.runs(boxed.box, boxed.dropped, boxed.captions)
        return compose([*((lead.box, [lead]) for lead in self.leads), (boxed.box, runs)], base_url)


def with_furniture(selectors: tuple[str, ...]) -> Extractor:
    """The generic extractor for pages where somebody knows what is furniture: the block elements that match."""
    return Extractor(EXTRACTOR.name, EXTRACTOR.fields, partial(_ask, selectors=selectors))


def _ask(document: Document, selectors: tuple[str, ...] = ()) -> Draft:
    root = document.tree.body
    if root is None:
        return Draft()
    furniture = partial(Furniture, root, known=matching(document, selectors))
    outline = build(root, furniture())
    kind, sureness = page_type.classify(document, outline)
    if kind == "forum":
        reading = _read_forum(document, root, furniture)
    elif kind == "listing":
        reading = _read_listing(document, outline)
    else:
        reading = _read_article(document, root, outline, furniture)
        if _is_bare(reading) and not page_type.is_declared_article(document):
            kind, sureness, reading = "listing", 0.5, _read_listing(document, outline)
    is_one = kind not in _MANY_TEXTS
    following = next_page.find(document, reading.boxed.box.node) if is_one else ""
    if is_one and reading.letters < _SHORT:
        held = _read_scripts(document)
        if held and held.letters > 2 * reading.letters:
            reading = held
    return Draft(
        body=reading.body(document.base_url),
        page_type=kind,
        page_type_confidence=sureness,
        quality=_quality(document, kind, reading),
        next_page=following,
    )


def _quality(document: Document, kind: PageType, reading: Reading) -> float:
    """How sure the body is: the F1 to be expected of it, 0 to 1.

    A logistic curve, fitted to pages whose text is known (``docs/extraction.md``). Expected to be good is a body that
    is long, nearly all of its box, made of running text, and on a page that says that it is an article.
    """
    letters = reading.letters
    if not letters:
        return 0.0
    texts = [reading.boxed.blocks[place] for place in reading.boxed.kept]
    whole = sum(len(block.text) for block in reading.boxed.blocks) or 1
    running = sum(len(block.text) for block in texts if len(block.text) - block.linked >= _RUNNING)
    score = -1.8 + (kind == "article") + 0.5 * page_type.is_declared_article(document)
    score += 2.5 * min(1.0, letters / whole) * min(1.0, letters / _FULL) + 1.1 * running / letters
    return round(1 / (1 + exp(-score)), 2)


def _is_bare(reading: Reading) -> bool:
    """Whether what was taken for an article is but a corner of the page."""
    whole = sum(len(block.text) for block in reading.boxed.blocks)
    links = sum(block.linked for block in reading.boxed.blocks)
    return reading.letters < min(_SMALL_PAGE, _CORNER * whole) and links * 2 > whole


def _read_article(
    document: Document, root: LexborNode, outline: Outline, furniture: Callable[..., Furniture]
) -> Reading:
    known = titles(document)
    reading = _reading(outline, known)
    if reading.letters >= _LITTLE:
        return reading
    for other in (
        _reading(build(root, furniture(by_name=False)), known),
        _reading(build(root, furniture(), silent=SILENT_WITHOUT_SCRIPTS), known),
    ):
        if other.letters > 2 * reading.letters + 100:
            reading = other
    return reading


def _reading(outline: Outline, known: frozenset[str]) -> Reading:
    box = choose(outline)
    return Reading(clear(outline, box, known), standfirst(outline, box, known))


def _read_scripts(document: Document) -> Reading | None:
    """The text that a script holds, where there is any."""
    root = LexborHTMLParser(script_state.html(document)).body
    if root is None or root.child is None:
        return None
    outline = build(root, Furniture(root))
    return Reading(clear(outline, outline.boxes[0], titles(document)), [])


def _read_forum(document: Document, root: LexborNode, furniture: Callable[..., Furniture]) -> Reading:
    """All posts of the page."""
    outline = build(root, furniture(talk=False), silent=SILENT_WITHOUT_SCRIPTS)
    box = widest(outline, _FORUM_SHARE)
    return Reading(clear(outline, box, titles(document), GENTLE), [])


def _read_listing(document: Document, outline: Outline) -> Reading:
    """All teasers of the page."""
    box = widest(outline, _LISTING_SHARE)
    return Reading(clear(outline, box, titles(document), GENTLE), [])


def titles(document: Document) -> frozenset[str]:
    """What the page may repeat as its headline, folded for comparison."""
    found = [*document.meta.get("og:title", ()), *document.meta.get("twitter:title", ())]
    node = document.css_first("title")
    if node is not None:
        found.append(node.text())
    return frozenset(title for title in map(folded, found) if title)


_FIELDS = frozenset({"body", "quality", "page_type", "page_type_confidence", "next_page"})
EXTRACTOR = Extractor("generic", _FIELDS, _ask)
