"""A page as boxes (its block elements) and blocks (its runs of text). Skips what it is told to; judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from selectolax.lexbor import LexborNode

from ingest.extraction.render import BLOCKS, HEADINGS, SILENT, STRUCTURE

Attributes = Mapping[str, str | None]

_LONGEST_NAME = 500  # letters
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

    __slots__ = ("end", "names", "node", "parent", "start", "tag")

    def __init__(self, node: LexborNode, tag: str, names: str, parent: Box | None, start: int) -> None:
        self.node = node
        self.tag = tag
        self.names = names
        self.parent = parent
        self.start = start
        self.end = start


class Block:
    """A run of text inside one box, uncut by block elements or ``<br><br>``. ``linked`` is letters inside links."""

    __slots__ = ("box", "linked", "nodes", "text")

    def __init__(self, text: str, linked: int, box: Box, nodes: list[LexborNode]) -> None:
        self.text = text
        self.linked = linked
        self.box = box
        self.nodes = nodes
        """The nodes directly in the box that make up the run."""


class Outline:
    """Boxes in document order, blocks in reading order, and the ``mem_id`` of the elements that were left out."""

    __slots__ = ("blocks", "boxes", "left_out")

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.blocks: list[Block] = []
        self.left_out: set[int] = set()


def draw(  # noqa: C901, PLR0912 — the one loop over all nodes of a page; a call for each would double its time
    root: LexborNode, leave_out: LeaveOut, *, silent: frozenset[str] = SILENT
) -> Outline:
    """The outline of what is under ``root``, less the elements for which ``leave_out`` is true.

    It is asked with the element, its tag, its names (id and class; "" unless the tag is in `NAMED`) and attributes.
    Elements without anything inside make no box.
    """
    pen = _Pen()
    stack: list[tuple[Iterator[LexborNode], Box | None, bool]] = []
    children, box, linked = root.iter(include_text=True), pen.open(root, root.tag or "", "", None), False
    opened: Box | None = box
    while True:
        for node in children:
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content or ""
                if pen.pieces or not text.isspace():
                    pen.write(text, node if opened else None, linked)
            elif tag in _BOXES:
                if node.child is None:
                    continue
                attributes = node.attributes if tag in NAMED else _NONE
                names = named(attributes) if attributes else ""
                if leave_out(node, tag, names, attributes):
                    pen.outline.left_out.add(node.mem_id)
                    continue
                pen.end_run()
                stack.append((children, opened, linked))
                box = opened = pen.open(node, tag, names, box)
                children = node.iter(include_text=True)
                break
            elif tag == "br":
                pen.line_break()
            elif tag not in silent:
                if opened:
                    pen.nodes.append(node)
                child = node.child
                if child is None:
                    continue
                if child.tag == "-text" and child.next is None:
                    pen.write(child.text_content or "", None, linked or tag == "a")
                    continue
                stack.append((children, opened, linked))
                children, opened, linked = node.iter(include_text=True), None, linked or tag == "a"
                break
        else:
            if opened is not None:
                pen.close(opened)
                box = opened.parent or opened
            if not stack:
                return pen.outline
            children, opened, linked = stack.pop()


def named(attributes: Attributes) -> str:
    """Id and class. An id of many words is a heading made into an anchor: it says what the text is about."""
    key = (attributes.get("id") or "")[:_LONGEST_NAME]
    classes = (attributes.get("class") or "")[:_LONGEST_NAME]
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
        self.nodes: list[LexborNode] = []
        self.linked = 0

    def open(self, node: LexborNode, tag: str, names: str, parent: Box | None) -> Box:
        self.box = Box(node, tag, names, parent, len(self.outline.blocks))
        self.outline.boxes.append(self.box)
        return self.box

    def close(self, box: Box) -> None:
        self.end_run()
        box.end = len(self.outline.blocks)
        self.box = box.parent

    def write(self, text: str, node: LexborNode | None, linked: bool) -> None:
        """``node`` is the text's own node if it stands directly in the box."""
        if node is not None:
            self.nodes.append(node)
        if linked:
            self.linked += len(text.strip())
        self.pieces.append(text)

    def line_break(self) -> None:
        while self.pieces and self.pieces[-1] != "\n" and self.pieces[-1].isspace():
            self.pieces.pop()
        if self.pieces and self.pieces[-1] == "\n":
            self.end_run()
        else:
            self.pieces.append("\n")

    def end_run(self) -> None:
        if self.pieces:
            text = " ".join("".join(self.pieces).split())
            if text and self.box is not None:
                self.outline.blocks.append(Block(text, min(self.linked, len(text)), self.box, self.nodes))
            self.pieces = []
        if self.nodes:
            self.nodes = []
        self.linked = 0
