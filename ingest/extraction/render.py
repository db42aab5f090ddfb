"""Nodes of a page → `Body`: the structure that readers see, without its furniture. What to leave out is handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ingest.body import Body, clean
from ingest.extraction.addresses import absolute, attribute, picture_source
from ingest.extraction.tables import is_data_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from selectolax.lexbor import LexborNode

#: Elements whose content is never text of an article.
SILENT = frozenset({
    "script", "style", "noscript", "template", "head", "title", "svg", "iframe", "object", "embed", "applet",
    "select", "option", "textarea", "button", "input", "canvas", "map", "audio", "video", "source", "track",
    "dialog", "datalist", "progress", "meter", "-comment", "-cdata", "!doctype",
})  # fmt: skip
#: For pages that give their text only to readers without scripts.
SILENT_WITHOUT_SCRIPTS = SILENT - {"noscript"}
INLINE = {
    "a": "a", "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6"}
STRUCTURE = {
    "ul": "ul", "ol": "ol", "menu": "ul", "li": "li", "blockquote": "blockquote", "figure": "figure",
    "figcaption": "figcaption", "table": "table", "tr": "tr", "td": "td", "th": "th",
}  # fmt: skip
BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "center",
    "details", "summary", "dl", "dt", "dd", "fieldset", "legend", "form", "hgroup", "hr", "body", "html",
    "caption", "tbody", "thead", "tfoot", "search", "multicol",
})  # fmt: skip
# Where an element may stand; elsewhere it is but a block.
_HOMES = {"li": ("ul", "ol"), "tr": ("table",), "td": ("tr",), "th": ("tr",), "figcaption": ("figure",)}
# Paragraphs in these are parted by <br>, so that structure stays shallow.
_BARE = frozenset({"li", "td", "th", "figcaption"})
_TAGS_OF_STRUCTURE = frozenset(f"<{end}{tag}>" for tag in STRUCTURE.values() for end in ("", "/"))
_EMPTY_CELLS = frozenset({"<td>", "</td>", "<th>", "</th>"})

Closing = Literal["", "inline", "block", "heading", "structure", "pre"]


def render(
    nodes: Sequence[LexborNode],
    *,
    base_url: str = "",
    skip: Collection[int] = (),
    silent: frozenset[str] = SILENT,
) -> Body:
    """The nodes' content in their order, less the nodes whose ``mem_id`` is in ``skip``; those may be text nodes too.

    Text that stands bare between blocks becomes paragraphs of its own, and so do pieces parted by ``<br><br>``;
    links and pictures get absolute http(s) addresses or lose them. Headings begin at h2: h1 is the title's.
    """
    writer = _Writer(base_url)
    for node in nodes:
        _write(writer, node, skip, silent)
    return Body(clean(writer.finish()))


def _write(writer: _Writer, root: LexborNode, skip: Collection[int], silent: frozenset[str]) -> None:
    """Depth first, with a stack of our own: pages nest deeper than Python does."""
    stack: list[tuple[Iterator[LexborNode], Closing]] = [(iter((root,)), "")]
    while stack:
        children, closing = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
            writer.leave(closing)
            continue
        tag = node.tag or ""
        if node.mem_id in skip:
            continue
        if tag == "-text":
            writer.text(node.text_content or "")
            continue
        if tag in silent or (tag == "a" and _is_anchor(node)):
            continue
        closing, child = writer.enter(tag, node), node.child
        if child is None:
            writer.leave(closing)
        elif child.tag == "-text" and child.next is None:
            if child.mem_id not in skip:
                writer.text(child.text_content or "")
            writer.leave(closing)
        else:
            stack.append((node.iter(include_text=True), closing))


def _is_anchor(node: LexborNode) -> bool:
    """Whether it is a link that stands beside a heading's words and leads to the heading: "#", "¶", "Permalink"."""
    heading = node.parent
    if heading is None or heading.tag not in HEADINGS:
        return False
    attributes = node.attributes
    target = (attributes.get("href") or "").partition("#")[2]
    text = node.text(strip=True)
    if not target or text == heading.text(strip=True):
        return False
    leads_here = target in (heading.attributes.get("id"), attributes.get("id"), attributes.get("name"))
    return leads_here or not any(map(str.isalnum, text))


class _Writer:
    """Finished HTML (``out``), and the inline pieces of the paragraph that is being filled (``run``)."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.out: list[str] = []
        self.run: list[str] = []
        self.has_text = False
        self.has_picture = False
        self.inline: list[tuple[str, str]] = []
        self.wrappers: list[str] = ["p"]
        self.opened: list[tuple[str, int]] = []
        self.preformatted = 0

    def finish(self) -> str:
        self.flush()
        return "".join(self.out)

    def text(self, text: str) -> None:
        if not text.isspace():
            self.has_text = True
        elif not self.run:
            return
        self.run.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))

    def enter(self, tag: str, node: LexborNode) -> Closing:
        """Says how to `leave` the element."""
        if tag in BLOCKS:
            self.flush()
            return "block"
        if tag in INLINE:
            return self._enter_inline(INLINE[tag], node)
        if tag == "br":
            self._line_break()
        elif tag in ("img", "amp-img"):
            self._picture(node)
        elif tag in STRUCTURE:
            return self._enter_structure(STRUCTURE[tag], node)
        elif tag in HEADINGS:
            self.flush()
            self.wrappers.append(self.wrappers[-1] if self.wrappers[-1] in _BARE else HEADINGS[tag])
            return "heading"
        elif tag == "pre":
            self.flush()
            self.preformatted += 1
            return "pre"
        return ""

    def leave(self, closing: Closing) -> None:
        if closing == "inline":
            self._leave_inline()
        elif closing:
            self.flush()
        if closing == "heading":
            self.wrappers.pop()
        elif closing == "structure":
            self._leave_structure()
        elif closing == "pre":
            self.preformatted -= 1

    def flush(self) -> None:
        """The paragraph so far is finished; the inline elements that are open go on in the next."""
        if not self.run:
            return
        pieces, self.run = self.run, [opening for opening, _ in self.inline]
        has_text, has_picture = self.has_text, self.has_picture
        self.has_text = self.has_picture = False
        if not has_text and not has_picture:
            return
        if self.preformatted and has_text:
            self._put("".join(piece for piece in pieces if piece[:1] != "<").strip("\n"), "pre")
            return
        pieces.extend(closing for _, closing in reversed(self.inline))
        content = _trimmed(" ".join("".join(pieces).split()))
        self._put(content, "" if not has_text and self._inside("figure") else self.wrappers[-1])

    def _put(self, content: str, wrapper: str) -> None:
        if wrapper in _BARE and self.wrappers[-1] == self.opened[-1][0]:
            if self.out[-1] not in _TAGS_OF_STRUCTURE:
                self.out.append("<br>")
            self.out.append(content)
        else:
            self.out.append(f"<{wrapper}>{content}</{wrapper}>" if wrapper else content)

    def _enter_inline(self, kept: str, node: LexborNode) -> Closing:
        closing = f"</{kept}>"
        if any(closing == other for _, other in self.inline):
            return ""
        opening = f"<{kept}>"
        if kept == "a":
            address = absolute(node.attributes.get("href"), self.base_url)
            if not address:
                return ""
            opening = f'<a href="{attribute(address)}">'
        self.inline.append((opening, closing))
        self.run.append(opening)
        return "inline"

    def _leave_inline(self) -> None:
        opening, closing = self.inline.pop()
        if self.run and self.run[-1] == opening:
            self.run.pop()
        else:
            self.run.append(closing)

    def _line_break(self) -> None:
        if self.preformatted:
            self.run.append("\n")
            return
        while self.run and self.run[-1].isspace():
            self.run.pop()
        if self.run and self.run[-1] == "<br>":
            self.run.pop()
            self.flush()
        elif self.has_text or self.has_picture:
            self.run.append("<br>")

    def _picture(self, node: LexborNode) -> None:
        attributes = node.attributes
        address = absolute(picture_source(attributes), self.base_url)
        if address.startswith("http"):
            label = attribute(" ".join((attributes.get("alt") or "").split()))
            self.run.append(f'<img src="{attribute(address)}" alt="{label}">')
            self.has_picture = True

    def _enter_structure(self, kept: str, node: LexborNode) -> Closing:
        self.flush()
        if not self._fits(kept, node):
            return "block"
        self.opened.append((kept, len(self.out)))
        self.out.append(f"<{kept}>")
        self.wrappers.append("figcaption" if kept == "figure" else kept if kept in _BARE else "p")
        return "structure"

    def _fits(self, kept: str, node: LexborNode) -> bool:
        if kept in _HOMES:
            return bool(self.opened) and self.opened[-1][0] in _HOMES[kept]
        if kept == "table":
            return not self._inside("table") and is_data_table(node)
        return kept != "figure" or not self._inside("figure")

    def _inside(self, kept: str) -> bool:
        return any(tag == kept for tag, _ in self.opened)

    def _leave_structure(self) -> None:
        kept, place = self.opened.pop()
        self.wrappers.pop()
        if kept not in ("td", "th") and all(piece in _EMPTY_CELLS for piece in self.out[place + 1 :]):
            del self.out[place:]
        else:
            self.out.append(f"</{kept}>")


def _trimmed(content: str) -> str:
    """Without line breaks at either end."""
    while content.startswith(("<br>", " ")):
        content = content[4:] if content[0] == "<" else content[1:]
    while content.endswith(("<br>", " ")):
        content = content[:-4] if content[-1] == ">" else content[:-1]
    return content
