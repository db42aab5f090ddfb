"""A page as boxes (its block elements) and blocks (its runs of text), built in one walk over its nodes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import accumulate

from selectolax.lexbor import LexborNode

from ingest.extraction.markup.tags import BLOCKS, CELLS, HEADINGS, INLINE, PICTURES, SILENT, STRUCTURE

Attributes = Mapping[str, str | None]
#: The content of a run: text, `BREAK` for ``<br>``, pictures, the start of elements of `INLINE`, `CLOSE` for their end.
Tokens = list["str | LexborNode | None"]
BREAK = ""
CLOSE = None

_LONGEST_NAME = 500  # characters of a class or id attribute
_LONGEST_LABEL = 60  # of an aria-label; a longer one is a sentence
_NONE: Attributes = {}
_BOXES = BLOCKS | HEADINGS.keys() | STRUCTURE.keys() | {"pre"}
#: Elements whose names (class and id) are read. Those of paragraphs and list items seldom mean anything.
NAMED = frozenset({
    "div", "section", "article", "main", "aside", "header", "footer", "nav", "ul", "ol", "table", "form", "figure",
    "fieldset", "details", "dl", "center", "td", "address", "menu", "body", "blockquote", "pre",
})  # fmt: skip

#: Whether to leave an element out, given the element, its tag, its names and its attributes; see `build`.
LeaveOut = Callable[[LexborNode, str, str, Attributes], bool]


class Box:
    """A block element; it covers ``blocks[start:end]`` of its outline. ``names`` is what `names_of` gives for it."""

    __slots__ = ("end", "names", "node", "parent", "start", "tag")

    def __init__(self, node: LexborNode, tag: str, names: str, parent: Box | None, start: int) -> None:
        self.node = node
        self.tag = tag
        self.names = names
        self.parent = parent
        self.start = start
        self.end = start


class Block:
    """A run of text inside one box, ended by a block element or ``<br><br>``; ``linked`` counts its letters in links.

    ``tokens`` is its content, ``within`` the elements of `INLINE` that were open when it began. ``is_plain`` means that
    all of its tokens are text.
    """

    __slots__ = ("box", "is_plain", "linked", "text", "tokens", "within")

    def __init__(
        self, text: str, linked: int, box: Box, tokens: Tokens, within: tuple[LexborNode, ...], is_plain: bool
    ) -> None:
        self.text = text
        self.linked = linked
        self.box = box
        self.tokens = tokens
        self.within = within
        self.is_plain = is_plain


class Outline:
    """Boxes in document order, blocks in reading order, and the ``mem_id`` of the elements that were left out.

    ``wordless`` holds runs without text (pictures, empty cells), each with the index of the block that follows it.
    """

    __slots__ = ("blocks", "boxes", "left_out", "wordless")

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.blocks: list[Block] = []
        self.wordless: list[tuple[int, Block]] = []
        self.left_out: set[int] = set()

    def runs(self, box: Box, dropped: Collection[int] = (), captions: Collection[int] = ()) -> list[Block]:
        """The blocks of ``box`` without the ``dropped`` indices, and its wordless runs, in page order.

        A wordless run is dropped together with the blocks around it: if a box that holds it has lost all of its blocks.
        Blocks whose index is in ``captions`` do not count for this, so that a picture stays when its caption goes.
        """
        found = [(index, self.blocks[index]) for index in range(box.start, box.end) if index not in dropped]
        wordless = [pair for pair in self.wordless if box.start <= pair[0] <= box.end]
        if wordless:
            emptied = (index in dropped and index not in captions for index in range(box.start, box.end))
            gone = [0, *accumulate(emptied)]
            found += [pair for pair in wordless if _stays(pair[1].box, box, gone)]
            found.sort(key=lambda pair: (pair[0], pair[1].text != ""))
        return [run for _, run in found]


def _stays(box: Box, root: Box, gone: list[int]) -> bool:
    """Whether ``box`` is inside ``root`` and in no box that lost all of its blocks.

    ``gone[n]`` is how many of the first ``n`` blocks of the root were dropped.
    """
    around: Box | None = box
    while around is not root:
        if around is None or around.start < root.start or around.end > root.end:
            return False
        if 0 < around.end - around.start == gone[around.end - root.start] - gone[around.start - root.start]:
            return False
        around = around.parent
    return True


def build(  # noqa: C901, PLR0912, PLR0915 — see the docstring
    root: LexborNode, leave_out: LeaveOut, *, silent: frozenset[str] = SILENT, skip: Collection[int] = ()
) -> Outline:
    """The outline of everything under ``root`` except the elements for which ``leave_out`` returns true.

    ``leave_out`` is called for each block element with the element, its tag, its names (`names_of`; "" unless the tag
    is in `NAMED`) and its attributes (empty unless the tag is in `NAMED`). ``skip`` holds the ``mem_id`` of further
    nodes to leave out, text nodes included; ``silent`` are the tags whose content is never text.

    This is the one loop over all nodes of a page, and the only function here longer than forty lines: a function call
    for each node would double its time. It keeps a stack of its own, because pages nest deeper than Python recurses.
    """
    builder = _Builder()
    stack: list[tuple[Iterator[LexborNode], bool, str]] = []
    children, linked, within = root.iter(include_text=True), False, "box"
    builder.open(root, root.tag or "", "")
    while True:
        for node in children:
            tag = node.tag or ""
            if skip and node.mem_id in skip:
                if tag in _BOXES:
                    builder.end_run()
                continue
            if tag == "-text":
                text = node.text_content or ""
                if builder.tokens or not text.isspace():
                    builder.write(text, linked)
            elif tag in _BOXES:
                child = node.child
                if child is None and tag not in CELLS:
                    builder.end_run()
                    continue
                attributes = node.attributes if tag in NAMED else _NONE
                names = names_of(attributes) if attributes else ""
                if leave_out(node, tag, names, attributes):
                    builder.outline.left_out.add(node.mem_id)
                    builder.end_run()
                    continue
                builder.end_run()
                builder.open(node, tag, names)
                if child is not None and not skip and child.tag == "-text" and child.next is None:
                    builder.write(child.text_content or "", linked)
                    builder.close()
                    continue
                stack.append((children, linked, within))
                children, within = node.iter(include_text=True), "box"
                break
            elif tag == "br":
                builder.line_break()
            elif tag in PICTURES:
                builder.picture(node)
            elif tag not in silent:
                child = node.child
                if child is None or (tag == "a" and _is_anchor(node)):
                    continue
                is_kept = tag in INLINE and builder.enter(node, INLINE[tag])
                if not skip and child.tag == "-text" and child.next is None:
                    builder.write(child.text_content or "", linked or tag == "a")
                    if is_kept:
                        builder.leave()
                    continue
                stack.append((children, linked, within))
                children, linked, within = node.iter(include_text=True), linked or tag == "a", "inline" * is_kept
                break
        else:
            if within == "box":
                builder.close()
            elif within:
                builder.leave()
            if not stack:
                return builder.outline
            children, linked, within = stack.pop()


def names_of(attributes: Attributes) -> str:
    """The names of an element: its short ``aria-label``, its id and its classes, separated by spaces.

    An id of many words is left out: it is a heading turned into an anchor and describes the text, not the box.
    """
    key = (attributes.get("id") or "")[:_LONGEST_NAME]
    classes = (attributes.get("class") or "")[:_LONGEST_NAME]
    if "[" in classes:
        # Utility classes may name the elements inside that they style: "[&_figcaption]:hidden".
        classes = " ".join(word for word in classes.split() if "[" not in word)
    names = f"{'' if key.count('-') > 3 else key} {classes}"
    label = attributes.get("aria-label")
    return f"{label} {names}" if label and len(label) < _LONGEST_LABEL else names


def _is_anchor(link: LexborNode) -> bool:
    """Whether it is the permalink of a heading ("#", "¶", "Permalink"), which is no part of its text."""
    heading = link.parent
    if heading is None or heading.tag not in HEADINGS:
        return False
    attributes = link.attributes
    target = (attributes.get("href") or "").partition("#")[2]
    text = link.text(strip=True)
    if not target or text == heading.text(strip=True):
        return False
    leads_here = target in (heading.attributes.get("id"), attributes.get("id"), attributes.get("name"))
    return leads_here or not any(map(str.isalnum, text))


class _Builder:
    """The outline so far, and the run under construction: its text in pieces, and its tokens."""

    __slots__ = ("box", "has_picture", "inline", "is_plain", "linked", "outline", "pieces", "tokens", "within")

    def __init__(self) -> None:
        self.outline = Outline()
        self.box: Box | None = None
        self.pieces: list[str] = []
        self.tokens: Tokens = []
        self.is_plain = True
        self.has_picture = False
        self.linked = 0
        self.inline: dict[str, LexborNode] = {}
        self.within: tuple[LexborNode, ...] = ()

    def open(self, node: LexborNode, tag: str, names: str) -> None:
        self.box = Box(node, tag, names, self.box, len(self.outline.blocks))
        self.outline.boxes.append(self.box)

    def close(self) -> None:
        self.end_run()
        box, blocks = self.box, self.outline.blocks
        if box is not None:
            box.end = len(blocks)
            if box.tag in CELLS and box.end == box.start:
                self.outline.wordless.append((box.end, Block("", 0, box, [], (), is_plain=True)))
            self.box = box.parent

    def write(self, text: str, linked: bool) -> None:
        if linked:
            self.linked += len(text.strip())
        if text:
            self.pieces.append(text)
            self.tokens.append(text)

    def picture(self, node: LexborNode) -> None:
        self.tokens.append(node)
        self.is_plain = False
        self.has_picture = True

    def enter(self, node: LexborNode, kind: str) -> bool:
        """Opens an inline element, unless one of its kind is open: emphasis is not nested. True if it was opened."""
        if kind in self.inline:
            return False
        self.inline[kind] = node
        self.tokens.append(node)
        self.is_plain = False
        return True

    def leave(self) -> None:
        self.inline.popitem()
        self.tokens.append(CLOSE)

    def line_break(self) -> None:
        pieces = self.pieces
        if self.box is not None and self.box.tag == "pre":
            self.write("\n", linked=False)
            return
        while pieces and pieces[-1] != "\n" and pieces[-1].isspace():
            pieces.pop()
        if pieces and pieces[-1] == "\n":
            self.end_run()
        else:
            pieces.append("\n")
            self.tokens.append(BREAK)
            self.is_plain = False

    def end_run(self) -> None:
        tokens = self.tokens
        if not tokens:
            return
        text = " ".join("".join(self.pieces).split())
        box, outline = self.box, self.outline
        if box is not None and (text or self.has_picture):
            block = Block(text, min(self.linked, len(text)), box, tokens, self.within, self.is_plain)
            if text:
                outline.blocks.append(block)
            else:
                outline.wordless.append((len(outline.blocks), block))
        self.tokens, self.pieces, self.is_plain, self.has_picture, self.linked = [], [], True, False, 0
        self.within = tuple(self.inline.values()) if self.inline else ()
