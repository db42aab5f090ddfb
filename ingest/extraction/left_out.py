"""What was left out of a body, and by whom. For people who look at a page; leaves nothing out itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.extraction.candidates import choose
from ingest.extraction.clearing import PASSES, Clearing
from ingest.extraction.furniture import Furniture
from ingest.extraction.generic import titles
from ingest.extraction.outline import draw
from ingest.extraction.rule import lineage, outermost, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from ingest.body import Body
    from ingest.extraction.document import Document
    from ingest.extraction.lines import Line
    from ingest.extraction.rule import Story
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
    story = tell(document, rule)
    if story is None:
        return None
    pieces = (*_dropped(document, rule, story), *_unwanted(rule, story))
    return Cut(story.selector, tuple(piece for piece in pieces if piece.text))


def _dropped(document: Document, rule: Rule, story: Story) -> Iterator[Piece]:
    body = {node.mem_id for node in story.nodes}
    for selector in rule.drop:
        for node in outermost(document.css(selector)):
            if not body.isdisjoint(lineage(node)):
                yield Piece(f"drop {selector}", _text(node), _described(node))


def _unwanted(rule: Rule, story: Story) -> Iterator[Piece]:
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


def of_generic(document: Document, body: Body) -> Cut | None:
    """How the generic extractor came to ``body``. None if the page is empty.

    The extractor reads a page that seems empty a second time, furniture by name included; the reading that has more in
    common with the body is the one it took.
    """
    root = document.tree.body
    if root is None:
        return None
    known = titles(document)
    readings = [_reading(root, known, by_name=by_name) for by_name in (True, False)]
    return max(readings, key=lambda reading: sum(len(text) for text in reading[1] if text in body.text))[0]


def _reading(root: LexborNode, known: frozenset[str], *, by_name: bool) -> tuple[Cut, list[str]]:
    """What would be left out, and the texts that would stay."""
    outline = draw(root, Furniture(root, by_name=by_name))
    box = choose(outline)
    pieces = [
        Piece("furniture by tag, name, role or state", _text(node), _described(node))
        for node in root.css("*")
        if node.mem_id in outline.left_out
    ]
    clearing = Clearing(outline, box, known, set())
    for clear_one in PASSES:
        before = set(clearing.dropped)
        clear_one(clearing)
        name = clear_one.__name__.replace("_", " ")
        gone = [outline.blocks[place] for place in sorted(clearing.dropped - before)]
        pieces += [Piece(f"pass: {name}", block.text, _described(block.box.node)) for block in gone]
    cut = Cut(_path(box.node), tuple(piece for piece in pieces if piece.text))
    return cut, [outline.blocks[place].text for place in clearing.kept]


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
