"""Writes runs of a page's text as a `Body`: paragraphs, headings, lists, tables, quotes, pictures, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from ingest.article.body import Body, clean
from ingest.extraction.markup.addresses import absolute, escape_attribute, picture_source
from ingest.extraction.markup.outline import BREAK, CLOSE, build
from ingest.extraction.markup.tables import is_data_table
from ingest.extraction.markup.tags import CELLS, HEADINGS, INLINE, PICTURES, SILENT, STRUCTURE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from selectolax.lexbor import LexborNode

    from ingest.extraction.markup.outline import Attributes, Block, Box, Tokens


# The parents in which an element is kept as such; elsewhere its content becomes plain blocks.
_PARENTS = {"li": ("ul", "ol"), "tr": ("table",), "td": ("tr",), "th": ("tr",), "figcaption": ("figure",)}
# In these, paragraphs are separated by <br> instead of <p>, so that the structure stays shallow.
_BARE = frozenset({"li", "td", "th", "figcaption"})
_LAST_BREAKS = re.compile(r"(?: ?<br>)+ ?((?:</\w{1,6}> ?){0,9})$")
_TAGS_OF_STRUCTURE = frozenset(f"<{end}{tag}>" for tag in STRUCTURE.values() for end in ("", "/"))
_EMPTY_CELLS = frozenset({"<td>", "</td>", "<th>", "</th>"})

#: What `_Writer.enter` opened, and `_Writer.leave` has to close.
Closing = Literal["", "heading", "structure", "pre"]


def render(
    nodes: Sequence[LexborNode],
    *,
    base_url: str = "",
    skip: Collection[int] = (),
    silent: frozenset[str] = SILENT,
) -> Body:
    """The content of ``nodes`` in the given order, as `compose` writes it.

    Nodes whose ``mem_id`` is in ``skip`` are left out; they may be text nodes.
    """
    wanted = [node for node in nodes if node.tag not in silent and node.mem_id not in skip]
    outlines = [build(node, _nothing, silent=silent, skip=skip) for node in wanted]
    return compose([(outline.boxes[0], outline.runs(outline.boxes[0])) for outline in outlines], base_url)


def _nothing(_node: LexborNode, _tag: str, _names: str, _attributes: Attributes) -> bool:
    return False


def compose(parts: Iterable[tuple[Box, Iterable[Block]]], base_url: str = "") -> Body:
    """Writes the chosen runs of some boxes, in the given order.

    Bare text between blocks becomes a paragraph of its own, and so does each piece between two ``<br><br>``. The URLs
    of links and pictures are made absolute; those of other schemes than http(s) and mailto are dropped. Headings begin
    at h2, because h1 is reserved for the title.
    """
    writer = _Writer(base_url)
    for box, runs in parts:
        _write(writer, box, runs)
    # A paragraph of nothing but zero-width spaces is empty only after `clean`.
    return Body(clean("".join(writer.out)).replace("<p></p>", ""))


def _write(writer: _Writer, root: Box, runs: Iterable[Block]) -> None:
    """Writes the runs, and opens and closes the boxes between one run and the next. No box without a run is opened."""
    open_boxes: list[tuple[Box, Closing]] = [(root, writer.enter(root.tag, root.node))]
    entered = {root}
    for run in runs:
        new: list[Box] = []
        box: Box | None = run.box
        while box is not None and box not in entered:
            new.append(box)
            box = box.parent
        while open_boxes[-1][0] is not box:
            left, closing = open_boxes.pop()
            entered.remove(left)
            writer.leave(closing)
        for box in reversed(new):
            open_boxes.append((box, writer.enter(box.tag, box.node)))
            entered.add(box)
        writer.write(run)
    for _, closing in reversed(open_boxes):
        writer.leave(closing)


class _Writer:
    """The finished pieces of HTML (``out``), and the elements that are open."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.out: list[str] = []
        self.wrappers: list[str] = ["p"]
        self.opened: list[tuple[str, int]] = []
        self.preformatted = 0

    def enter(self, tag: str, node: LexborNode) -> Closing:
        """Opens what the element means; returns what `leave` has to close."""
        if tag in STRUCTURE:
            return self._enter_structure(STRUCTURE[tag], node)
        if tag in HEADINGS:
            self.wrappers.append(self.wrappers[-1] if self.wrappers[-1] in _BARE else HEADINGS[tag])
            return "heading"
        if tag == "pre":
            self.preformatted += 1
            return "pre"
        return ""

    def leave(self, closing: Closing) -> None:
        if closing == "heading":
            self.wrappers.pop()
        elif closing == "structure":
            self._leave_structure()
        elif closing == "pre":
            self.preformatted -= 1

    def write(self, run: Block) -> None:
        """Writes one run, as a paragraph or as the open structure requires."""
        if self.preformatted and run.text:
            self._put(_escaped(_as_typed(run.tokens).strip("\n")), "pre")
            return
        content = _escaped(run.text) if run.is_plain and not run.within else _InlineWriter(self.base_url).convert(run)
        if content:
            self._put(content, "" if not run.text and self._inside("figure") else self.wrappers[-1])

    def _put(self, content: str, wrapper: str) -> None:
        if wrapper in _BARE and self.wrappers[-1] == self.opened[-1][0]:
            if self.out[-1] not in _TAGS_OF_STRUCTURE:
                self.out.append("<br>")
            self.out.append(content)
        else:
            self.out.append(f"<{wrapper}>{content}</{wrapper}>" if wrapper else content)

    def _enter_structure(self, kept: str, node: LexborNode) -> Closing:
        if not self._fits(kept, node):
            return ""
        self.opened.append((kept, len(self.out)))
        self.out.append(f"<{kept}>")
        self.wrappers.append("figcaption" if kept == "figure" else kept if kept in _BARE else "p")
        return "structure"

    def _fits(self, kept: str, node: LexborNode) -> bool:
        if kept in _PARENTS:
            return bool(self.opened) and self.opened[-1][0] in _PARENTS[kept]
        if kept == "table":
            return not self._inside("table") and is_data_table(node)
        return kept != "figure" or not self._inside("figure")

    def _inside(self, kept: str) -> bool:
        return any(tag == kept for tag, _ in self.opened)

    def _leave_structure(self) -> None:
        kept, index = self.opened.pop()
        self.wrappers.pop()
        if kept not in CELLS and all(piece in _EMPTY_CELLS for piece in self.out[index + 1 :]):
            del self.out[index:]
        else:
            self.out.append(f"</{kept}>")


class _InlineWriter:
    """Converts one run to HTML: text, links, emphasis, pictures and line breaks."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.pieces: list[str] = []
        self.opened: list[tuple[str, str]] = []
        """The opening and closing tag of each open element; "" for a link without a usable URL."""
        self.has_content = False

    def convert(self, run: Block) -> str:
        for node in run.within:
            self._enter(node)
        for item in run.tokens:
            if item is CLOSE:
                self._leave()
            elif not isinstance(item, str):
                self._enter(item)
            elif item == BREAK:
                self._line_break()
            else:
                self._text(item)
        while self.opened:
            self._leave()
        return _trimmed(" ".join("".join(self.pieces).split())) if self.has_content else ""

    def _text(self, text: str) -> None:
        self.has_content = self.has_content or not text.isspace()
        self.pieces.append(_escaped(text))

    def _line_break(self) -> None:
        while self.pieces and self.pieces[-1].isspace():
            self.pieces.pop()
        if self.has_content:
            self.pieces.append("<br>")

    def _enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in PICTURES:
            self._picture(node.attributes)
            return
        kept = INLINE[tag]
        opening, closing = f"<{kept}>", f"</{kept}>"
        if kept == "a":
            address = absolute(node.attributes.get("href"), self.base_url)
            opening = f'<a href="{escape_attribute(address)}">' if address else ""
        self.opened.append((opening, closing if opening else ""))
        self.pieces.append(opening)

    def _leave(self) -> None:
        opening, closing = self.opened.pop()
        if self.pieces[-1] == opening:
            self.pieces.pop()
        else:
            self.pieces.append(closing)

    def _picture(self, attributes: Attributes) -> None:
        address = absolute(picture_source(attributes), self.base_url)
        if address.startswith("http"):
            label = escape_attribute(" ".join((attributes.get("alt") or "").split()))
            self.pieces.append(f'<img src="{escape_attribute(address)}" alt="{label}">')
            self.has_content = True


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _as_typed(tokens: Tokens) -> str:
    """The text of ``tokens`` with its line breaks, as in the source."""
    return "".join("\n" if item == BREAK else item for item in tokens if isinstance(item, str))


def _trimmed(content: str) -> str:
    """``content`` without line breaks at its end, also before tags that close there, and without outer spaces."""
    return _LAST_BREAKS.sub(r"\1", content).strip() if "<br>" in content else content.strip()
