"""The lines of text around a headline, where date and byline are printed, each with the classes of its boxes."""

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
# Set by hand while reading pages of the corpus; what halving or doubling each of them changes stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_AHEAD = 70  # lines
_BEFORE = 16
_NEAR_AHEAD = 12
_NEAR_BEFORE = 3
_PROSE = 160  # letters of a line that is a paragraph
_MOST_PROSE = 4  # paragraphs after which no further line is read
_ANCESTORS = 6  # elements around a line whose classes are read
_MOST_CLASSES = 120  # characters of a class attribute; longer ones are utility classes, which mean nothing here
#: ``steps`` of a line whose distance to the headline was not measured.
FAR = 1000
_MOST_INSIDE = 8  # lines of one marked element

#: Tag, classes and id of an element and of those around it, nearest first, in lower case.
Classes = tuple[str, ...]


class _ClassChains:
    """The `Classes` of elements, computed once for each: neighbouring lines share most of their boxes."""

    def __init__(self, shared: Collection[int]) -> None:
        self._around: dict[int, Classes] = dict.fromkeys(shared, ())
        self._joined: dict[Classes, str] = {}

    def around(self, node: LexborNode) -> Classes:
        found = self._around.get(node.mem_id)
        return self._chain_up(node) if found is None else found

    def _chain_up(self, node: LexborNode | None) -> Classes:
        marked: list[tuple[int, str]] = []
        found: Classes | None = ()
        while node is not None and (found := self._around.get(node_id := node.mem_id)) is None:
            mark = _class_string(node)
            marked.append((node_id, mark))
            node = node.parent if mark else None
        around: Classes = found or ()
        for node_id, mark in reversed(marked):
            around = self._around[node_id] = (mark, *around[: _ANCESTORS - 1]) if mark else ()
        return around

    def joined(self, marks: Classes) -> str:
        text = self._joined.get(marks)
        if text is None:
            text = self._joined[marks] = ">".join(marks)
        return text


# Not frozen: there are some fifty per page, and a frozen one takes three times as long to create.
@dataclass(eq=False, slots=True)
class PageLine:
    """One text node; ``steps`` is its distance from the headline in text nodes, negative in front of it."""

    text: str
    node: LexborNode
    """The element that holds the text."""
    steps: int
    boxes: _ClassChains

    @property
    def classes(self) -> Classes:
        """The `Classes` of the element that holds the text.

        They end below the first element that also contains the headline, whose name says nothing about the line.
        """
        return self.boxes.around(self.node)

    @property
    def box(self) -> str:
        """`classes` joined by ">", for searching."""
        return self.boxes.joined(self.boxes.around(self.node))


def _class_string(node: LexborNode) -> str:
    """Tag, classes and id of one element; "" for those that end the search outwards."""
    tag = node.tag
    if tag in {"body", "html", "main"}:
        return ""
    attributes = node.attributes
    return f"{tag} {(attributes.get('class') or '')[:_MOST_CLASSES]} {attributes.get('id') or ''}".lower()


class Surroundings:
    """The lines around a headline, read lazily, as far as they are requested. Empty without a headline."""

    def __init__(self, headline: LexborNode | None) -> None:
        self.headline = headline
        self._boxes = _ClassChains(_ancestor_ids(headline))
        self._before = _Side(_lines_before(headline, self._boxes))
        self._after = _Side(_lines_after(headline, self._boxes))

    @cached_property
    def near(self) -> list[PageLine]:
        """The few lines where most pages print the date."""
        return self._around(_NEAR_BEFORE, _NEAR_AHEAD)

    @cached_property
    def lines(self) -> list[PageLine]:
        """All lines, down to the first paragraphs of the article."""
        return self._around(_BEFORE, _AHEAD)

    def marked(self, nodes: Sequence[LexborNode]) -> list[PageLine]:
        """The lines inside ``nodes``, anywhere on the page; each text of an element once. Their ``steps`` are `FAR`."""
        found: dict[tuple[int, str], PageLine] = {}
        for node in nodes:
            for text, element in islice(_texts_inside(node), _MOST_INSIDE):
                found.setdefault((element.mem_id, text), PageLine(text, element, FAR, self._boxes))
        return list(found.values())

    def _around(self, reach_back: int, reach_ahead: int) -> list[PageLine]:
        """The lines near the headline, in reading order."""
        return [*reversed(self._before.first(reach_back)), *self._own, *self._after.first(reach_ahead)]

    @cached_property
    def _own(self) -> list[PageLine]:
        """The lines of the headline itself, if there are several."""
        texts = list(_texts_inside(self.headline)) if self.headline else []
        boxes = _ClassChains(())
        return [PageLine(text, node, 0, boxes) for text, node in texts] if len(texts) > 1 else []


# Functions and not methods: a generator that holds its `Surroundings` would keep the page alive in a reference cycle.


def _lines_before(headline: LexborNode | None, boxes: _ClassChains) -> Iterator[PageLine]:
    for steps, (text, node) in enumerate(_texts(headline, back=True), 1):
        yield PageLine(text, node, -steps, boxes)


def _lines_after(headline: LexborNode | None, boxes: _ClassChains) -> Iterator[PageLine]:
    """The lines after the headline, down to the paragraph number `_MOST_PROSE`."""
    prose = 0
    for steps, (text, node) in enumerate(_texts(headline), 1):
        yield PageLine(text, node, steps, boxes)
        prose += len(text) > _PROSE
        if prose >= _MOST_PROSE:
            return


class _Side:
    """The lines on one side of the headline, nearest first; each is read from the page once."""

    def __init__(self, lines: Iterator[PageLine]) -> None:
        self._ahead = lines
        self._seen: list[PageLine] = []

    def first(self, number: int) -> list[PageLine]:
        self._seen.extend(islice(self._ahead, max(0, number - len(self._seen))))
        return self._seen[:number]


def _ancestor_ids(headline: LexborNode | None) -> frozenset[int]:
    found = []
    node = headline.parent if headline else None
    while node is not None:
        found.append(node.mem_id)
        node = node.parent
    return frozenset(found)


def _texts(start: LexborNode | None, *, back: bool = False) -> Iterator[tuple[str, LexborNode]]:
    """The non-blank text nodes after ``start`` (or before it, backwards), with their elements."""
    node = _next(start, back)
    while node is not None:
        inner = None
        if node.is_text_node:
            text = " ".join((node.text_content or "").split())
            if text and (parent := node.parent) is not None:
                yield text, parent
        elif node.tag not in _SILENT:
            inner = node.last_child if back else node.first_child
        node = inner or (node.prev if back else node.next) or _next(node.parent, back)


def _next(node: LexborNode | None, back: bool) -> LexborNode | None:
    """The next (or previous) sibling of the node, or of the nearest ancestor that has one."""
    while node is not None and node.tag not in _ENDS:
        sibling = node.prev if back else node.next
        if sibling is not None:
            return sibling
        node = node.parent
    return None


def _texts_inside(node: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """The texts inside one node, in reading order. Iterative, because a page may nest deeper than Python recurses."""
    stack = [node]
    while stack:
        current = stack.pop()
        if current.is_text_node:
            text = " ".join((current.text_content or "").split())
            if text and (parent := current.parent) is not None:
                yield text, parent
        elif current.is_element_node and current.tag not in _SILENT:
            child = current.last_child
            while child is not None:
                stack.append(child)
                child = child.prev
