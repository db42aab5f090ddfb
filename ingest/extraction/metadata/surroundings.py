"""The lines of text printed around a headline, where date and byline stand. Judges none of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from selectolax.lexbor import LexborNode

_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "select", "form", "iframe", "button", "option", "picture"}
)
_ENDS = frozenset({"body", "html"})
_AHEAD = 70
_BEFORE = 16
_NEAR_AHEAD = 12
_NEAR_BEFORE = 3
_PROSE = 160
_MOST_PROSE = 4
_ANCESTORS = 6
#: Letters of a class attribute; pages styled by utility classes have hundreds, and none of them means anything.
_MOST_CLASSES = 120
#: ``steps`` of a line whose distance to the headline was not measured.
FAR = 1000
_MOST_INSIDE = 8


@dataclass(frozen=True)
class Line:
    """One text node. ``steps`` counts those between it and the headline; it is negative in front of the headline."""

    text: str
    node: LexborNode
    """The element that holds the text."""
    steps: int
    shared: Collection[int] = ()
    """``mem_id`` of the elements that hold the headline too."""

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """Tag, classes and id of the element and of those around it, nearest first, in lower case.

        It ends below the first element that holds the headline too: what that one is called says nothing of the line.
        """
        return tuple(_marks(self.node, self.shared))

    @cached_property
    def box(self) -> str:
        """All of `classes`."""
        return ">".join(self.classes)


def _marks(node: LexborNode | None, shared: Collection[int]) -> Iterator[str]:
    for _ in range(_ANCESTORS):
        if node is None or node.tag in {"body", "html", "main"} or node.mem_id in shared:
            return
        attributes = node.attributes
        yield f"{node.tag} {(attributes.get('class') or '')[:_MOST_CLASSES]} {attributes.get('id') or ''}".lower()
        node = node.parent


def marked(nodes: Sequence[LexborNode], headline: LexborNode | None) -> list[Line]:
    """The lines inside elements that were found by their marks, wherever they stand; each text once."""
    shared = _shared(headline)
    found: dict[tuple[int, str], Line] = {}
    for node in nodes:
        for text, element in islice(_inside(node), _MOST_INSIDE):
            found.setdefault((element.mem_id, text), Line(text, element, FAR, shared))
    return list(found.values())


class Surroundings:
    """What stands around a headline; read only as far as somebody asks. Empty without a headline."""

    def __init__(self, headline: LexborNode | None) -> None:
        self.headline = headline

    @cached_property
    def near(self) -> list[Line]:
        """The few lines where a date stands on most pages."""
        return around(self.headline, _NEAR_BEFORE, _NEAR_AHEAD) if self.headline else []

    @cached_property
    def lines(self) -> list[Line]:
        """All lines, down to where the prose of the article has begun."""
        return around(self.headline, _BEFORE, _AHEAD) if self.headline else []


def around(headline: LexborNode, reach_back: int, reach_ahead: int) -> list[Line]:
    """What stands near ``headline``, in reading order; ends where the prose of the article has begun."""
    shared = _shared(headline)
    texts = islice(_texts(headline, back=True), reach_back)
    before = [Line(text, node, -steps, shared) for steps, (text, node) in enumerate(texts, 1)]
    inside = [Line(text, node, 0) for text, node in _inside(headline)]
    after: list[Line] = []
    prose = 0
    for text, node in _texts(headline):
        after.append(Line(text, node, len(after) + 1, shared))
        prose += len(text) > _PROSE
        if len(after) >= reach_ahead or prose >= _MOST_PROSE:
            break
    return [*reversed(before), *(inside if len(inside) > 1 else ()), *after]


def _shared(headline: LexborNode | None) -> frozenset[int]:
    found = []
    node = headline.parent if headline else None
    while node is not None:
        found.append(node.mem_id)
        node = node.parent
    return frozenset(found)


def _texts(start: LexborNode, *, back: bool = False) -> Iterator[tuple[str, LexborNode]]:
    """Text nodes behind ``start`` (or in front of it, backwards), with their elements; blank ones are passed over."""
    node: LexborNode | None = _next(start, back)
    while node is not None:
        tag = node.tag or "-unknown"
        if tag == "-text":
            text = " ".join((node.text_content or "").split())
            if text and node.parent is not None:
                yield text, node.parent
        elif tag not in _SILENT and tag[0] != "-":
            child = node.last_child if back else node.first_child
            if child is not None:
                node = child
                continue
        node = _next(node, back)


def _next(node: LexborNode | None, back: bool) -> LexborNode | None:
    """The next sibling of the node, or of the nearest ancestor that has one."""
    while node is not None and node.tag not in _ENDS:
        sibling = node.prev if back else node.next
        if sibling is not None:
            return sibling
        node = node.parent
    return None


def _inside(node: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """The texts inside one node, in reading order. Iterative: depth is the page's to choose."""
    stack = [node]
    while stack:
        current = stack.pop()
        tag = current.tag or "-unknown"
        if tag == "-text":
            text = " ".join((current.text_content or "").split())
            if text and current.parent is not None:
                yield text, current.parent
        elif tag not in _SILENT and tag[0] != "-":
            child = current.last_child
            while child is not None:
                stack.append(child)
                child = child.prev
