"""A page as boxes (its block elements) and blocks (its runs of text). Skips what it is told to; judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from selectolax.lexbor import LexborNode

from ingest.extraction.render import BLOCKS, HEADINGS, SILENT, STRUCTURE

Attributes = Mapping[str, str | None]

_NONE: Attributes = {}
_BOXES = BLOCKS | HEADINGS.keys() | STRUCTURE.keys() | {"pre"}
# Elements whose names (class and id) say what they are; those of paragraphs and list items seldom do.
NAMED = frozenset({
    "div", "section", "article", "main", "aside", "header", "footer", "nav", "ul", "ol", "table", "form", "figure",
    "fieldset", "details", "dl", "center", "td", "address", "menu", "body", "blockquote",
})  # fmt: skip


LeaveOut = Callable[[LexborNode, str, str, Attributes], bool]


class Box:
    """A block element. Covers ``blocks[start:end]`` of its outline."""

    __slots__ = ("end", "key", "names", "node", "parent", "start", "tag")

    def __init__(self, node: LexborNode, tag: str, key: int, names: str, parent: Box | None, start: int) -> None:
        self.node = node
        self.tag = tag
        self.key = key
        self.names = names
        self.parent = parent
        self.start = start
        self.end = start


class Block:
    """A run of text inside one box, uncut by block elements or ``<br><br>``. ``linked`` is letters inside links."""

    __slots__ = ("box", "keys", "linked", "text")

    def __init__(self, text: str, linked: int, box: Box, keys: list[int]) -> None:
        self.text = text
        self.linked = linked
        self.box = box
        self.keys = keys
        """``mem_id`` of the nodes directly in the box that make up the run."""


class Outline:
    """Boxes in document order, blocks in reading order, and the ``mem_id`` of the elements that were left out."""

    __slots__ = ("blocks", "boxes", "left_out")

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.blocks: list[Block] = []
        self.left_out: set[int] = set()


def draw(root: LexborNode, leave_out: LeaveOut) -> Outline:
    """The outline of what is under ``root``, less the elements for which ``leave_out`` is true.

    It is asked with the element, its tag, its names (id and class; "" unless the tag is in `NAMED`) and attributes.
    """
    pen = _Pen()
    box = pen.open(root, root.tag or "", "", None)
    stack: list[tuple[Iterator[LexborNode], Box, bool, bool]] = [(root.iter(include_text=True), box, True, False)]
    while stack:
        children, box, is_box, linked = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
            if is_box:
                pen.close(box)
            continue
        tag = node.tag or ""
        if tag == "-text":
            pen.write(node, linked, is_box)
        elif tag == "br":
            pen.line_break()
        elif tag in _BOXES:
            attributes = node.attributes if tag in NAMED else _NONE
            names = named(attributes) if attributes else ""
            if leave_out(node, tag, names, attributes):
                pen.outline.left_out.add(node.mem_id)
            else:
                pen.end_run()
                stack.append((node.iter(include_text=True), pen.open(node, tag, names, box), True, linked))
        elif tag not in SILENT:
            if is_box:
                pen.keys.append(node.mem_id)
            stack.append((node.iter(include_text=True), box, False, linked or tag == "a"))
    return pen.outline


def named(attributes: Attributes) -> str:
    """Id and class. An id of many words is a heading made into an anchor: it says what the text is about."""
    key = attributes.get("id") or ""
    classes = attributes.get("class") or ""
    if "[" in classes:
        # Utility classes that style other elements, as in "[&_figcaption]:hidden".
        classes = " ".join(word for word in classes.split() if "[" not in word)
    return f"{'' if key.count('-') > 3 else key} {classes}"


class _Pen:
    """The outline so far, and the run that is being written."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.box: Box | None = None
        self.pieces: list[str] = []
        self.keys: list[int] = []
        self.linked = 0

    def open(self, node: LexborNode, tag: str, names: str, parent: Box | None) -> Box:
        self.box = Box(node, tag, node.mem_id, names, parent, len(self.outline.blocks))
        self.outline.boxes.append(self.box)
        return self.box

    def close(self, box: Box) -> None:
        self.end_run()
        box.end = len(self.outline.blocks)
        self.box = box.parent

    def write(self, node: LexborNode, linked: bool, direct: bool) -> None:
        text = node.text_content or ""
        if direct:
            self.keys.append(node.mem_id)
        if linked:
            self.linked += len(text.strip())
        self.pieces.append(text)

    def line_break(self) -> None:
        if self.pieces and self.pieces[-1] == "\n":
            self.end_run()
        else:
            while self.pieces and self.pieces[-1].isspace():
                self.pieces.pop()
            self.pieces.append("\n")

    def end_run(self) -> None:
        if self.pieces:
            text = " ".join("".join(self.pieces).split())
            if text and self.box is not None:
                self.outline.blocks.append(Block(text, min(self.linked, len(text)), self.box, self.keys))
            self.pieces = []
        self.keys = []
        self.linked = 0
