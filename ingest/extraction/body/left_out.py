"""What was left out of a body, and by whom. For people who look at a page; leaves nothing out itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ingest.extraction.body.boxed import Boxed
from ingest.extraction.body.candidates import choose, widest
from ingest.extraction.body.clearing import GENTLE, PASSES
from ingest.extraction.body.furniture import Furniture, matching
from ingest.extraction.body.generic import titles
from ingest.extraction.markup.outline import build
from ingest.extraction.markup.tags import SILENT, SILENT_WITHOUT_SCRIPTS
from ingest.extraction.rule import lineage, match_body, outermost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selectolax.lexbor import LexborNode

    from ingest.article.body import Body
    from ingest.extraction.body.clearing import Pass
    from ingest.extraction.body.lines import Line
    from ingest.extraction.markup.document import Document
    from ingest.extraction.markup.outline import Box, Outline
    from ingest.extraction.rule import BodyMatch
    from ingest.model import Rule


@dataclass(frozen=True, slots=True)
class Piece:
    """``by`` is the selector, string or pass that left the text out of ``element``, which is "" for a line of many."""

    by: str
    text: str
    element: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a body was found, as a selector or a path of elements, and what was left out of it, in page order."""

    place: str
    pieces: tuple[Piece, ...]


def of_rule(document: Document, rule: Rule) -> Cut | None:
    """None if the rule finds no body in the page."""
    story = match_body(document, rule)
    if story is None:
        return None
    pieces = (*_dropped(document, rule, story), *_unwanted(rule, story))
    return Cut(story.selector, tuple(piece for piece in pieces if piece.text))


def _dropped(document: Document, rule: Rule, story: BodyMatch) -> Iterator[Piece]:
    body = {node.mem_id for node in story.nodes}
    for selector in rule.drop:
        for node in outermost(document.css(selector)):
            if not body.isdisjoint(lineage(node)):
                yield Piece(f"drop {selector}", _text(node), _described(node))


def _unwanted(rule: Rule, story: BodyMatch) -> Iterator[Piece]:
    told = {id(line) for line in story.told}
    closing = {id(line) for line in story.closing}
    ended = ""
    for line in story.lines:
        ended = ended or _beginning(line, rule.cut_at)
        if id(line) in told:
            continue
        if id(line) in closing:
            yield Piece("the closing lines (signature, rights)", line.text)
        elif ended:
            yield Piece(f"cut_at {ended}", line.text)
        else:
            yield Piece(f"drop_text {_beginning(line, rule.drop_text)}", line.text)


def _beginning(line: Line, strings: tuple[str, ...]) -> str:
    return next((string for string in strings if line.text.startswith(string)), "")


def of_generic(document: Document, body: Body, selectors: tuple[str, ...] = ()) -> Cut | None:
    """How the generic extractor came to ``body``. None if it did not find it among the elements of the page.

    ``selectors`` are of what the page's platform is known to put around texts (`generic.with_furniture`).

    The extractor has several ways to read a page; the one that has most in common with the body is the one it took.
    """
    root = document.tree.body
    if root is None:
        return None
    known = titles(document)
    furniture = partial(Furniture, root, known=matching(document, selectors))
    _, cut = max((_way(furniture, known, body.text, *way) for way in _WAYS), key=lambda told: told[0])
    return cut


#: The furniture that is left out, how the box is chosen, the passes, and what is silent: `generic`.
_WAYS: tuple[tuple[dict[str, bool], Callable[[Outline], Box], tuple[Pass, ...], frozenset[str]], ...] = (
    ({}, choose, PASSES, SILENT),
    ({"by_name": False}, choose, PASSES, SILENT),
    ({}, choose, PASSES, SILENT_WITHOUT_SCRIPTS),
    ({"talk": False}, partial(widest, share=0.75), GENTLE, SILENT_WITHOUT_SCRIPTS),
    ({}, partial(widest, share=0.8), GENTLE, SILENT),
)


_FURNITURE = ("furniture by tag, name, role or state", "furniture of its platform")


def _way(  # noqa: PLR0917 - a row of `_WAYS` behind what all of them need
    furniture: Callable[..., Furniture],
    known: frozenset[str],
    text: str,
    options: dict[str, bool],
    find: Callable[[Outline], Box],
    passes: tuple[Pass, ...],
    silent: frozenset[str],
) -> tuple[int, Cut | None]:
    """Letters in common with ``text``, less those that it does not have, and what this way leaves out."""
    leave_out = furniture(**options)
    outline = build(leave_out.root, leave_out, silent=silent)
    box = find(outline)
    pieces = [
        Piece(_FURNITURE[node.mem_id in leave_out.known], _text(node), _described(node))
        for node in leave_out.root.css("*")
        if node.mem_id in outline.left_out
    ]
    boxed = Boxed(outline, box, known)
    for clear_one in passes:
        before = set(boxed.dropped)
        clear_one(boxed)
        name = clear_one.__name__.replace("_", " ")
        gone = [outline.blocks[place] for place in sorted(boxed.dropped - before)]
        pieces += [Piece(f"pass: {name}", block.text, _described(block.box.node)) for block in gone]
    kept = [outline.blocks[place].text for place in boxed.kept]
    likeness = sum(len(line) if line in text else -len(line) for line in kept)
    cut = Cut(_path(box.node), tuple(piece for piece in pieces if piece.text))
    return likeness, cut if likeness > 0 else None


def _described(node: LexborNode) -> str:
    """The element as a selector would name it: ``aside#more.related.box``."""
    attributes = node.attributes
    key, classes = (attributes.get("id") or "").strip(), (attributes.get("class") or "").split()
    role = attributes.get("role")
    return "".join((node.tag or "", f"#{key}" if key else "", *(f".{name}" for name in classes[:3]))) + (
        f"[role={role}]" if role and not key and not classes else ""
    )


def _path(node: LexborNode) -> str:
    """The element and the two around it."""
    steps = [_described(node)]
    while node.parent is not None and node.parent.tag not in ("html", None) and len(steps) < 3:
        node = node.parent
        steps.append(_described(node))
    return " > ".join(reversed(steps))


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())
