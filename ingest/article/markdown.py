"""Converts the structure of a body to Markdown. Expects what `ingest.extraction.markup.render` writes, not any HTML."""

from __future__ import annotations

import html as entities
import re

_TOKEN = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>|([^<]+)")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_LINE_START = re.compile(r"^(\s*)([#+-]|\d+[.)])(?=\s|$)", re.MULTILINE)
_MARKS = {"strong": "**", "em": "*", "code": "`"}


def of_structure(structure: str) -> str:
    """CommonMark with pipe tables (GFM) of a `Body.structure`; captions in italics, no HTML."""
    return _Markdown().convert(structure)


class _Markdown:
    """The finished blocks, and the state of the one under construction; ``lead`` is the marker of its list item."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.line: list[str] = []
        self.lists: list[int] = []
        self.lead = ""
        self.quotes = 0
        self.links: list[str] = []
        self.preformatted = False
        self.row: list[str] = []
        self.rows: list[list[str]] = []
        self.in_table = False
        self.follows_item = False

    def convert(self, structure: str) -> str:
        for slash, tag, attributes, text in _TOKEN.findall(structure):
            if text:
                self._text(entities.unescape(text))
            elif slash:
                self._close(tag)
            else:
                self._open(tag, dict(_ATTRIBUTE.findall(attributes)))
        self._end_block()
        return "\n\n".join(self.blocks).replace("\n\n\x00", "\n").replace("\x00", "")

    def _text(self, text: str) -> None:
        if not self.preformatted:
            text = _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
        self.line.append(text)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _MARKS:
            self.line.append(_MARKS[tag])
        elif tag == "a":
            self.links.append(entities.unescape(attributes.get("href", "")))
            self.line.append("[")
        elif tag == "img":
            label = _SPECIAL.sub(r"\\\1", entities.unescape(attributes.get("alt", "")))
            self.line.append(f"![{label}](<{entities.unescape(attributes.get('src', ''))}>)")
        elif tag == "br":
            self.line.append(" " if self.in_table else "\\\n")
        elif tag not in ("td", "th"):
            self._end_block()
        self._open_block(tag)

    def _open_block(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ul" else 1)
        elif tag == "li" and self.lists:
            number = self.lists[-1]
            self.lists[-1] += number > 0
            self.lead = f"{number}. " if number else "- "
        elif tag == "blockquote":
            self.quotes += 1
        elif tag == "table":
            self.in_table, self.rows = True, []
        elif tag in ("h2", "h3", "h4", "h5", "h6"):
            self.line.append("#" * int(tag[1]) + " ")
        elif tag == "pre":
            self.preformatted = True

    def _close(self, tag: str) -> None:
        if tag in _MARKS:
            self.line.append(_MARKS[tag])
        elif tag == "a":
            self.line.append(f"](<{self.links.pop() if self.links else ''}>)")
        elif tag in ("td", "th"):
            self.row.append("".join(self.line).strip())
            self.line.clear()
        elif tag == "tr":
            self.rows.append(self.row)
            self.row = []
        elif tag == "table":
            self._end_table()
        elif tag == "figcaption":
            self.line[:] = ["*", "".join(self.line).strip(), "*"]
            self._end_block()
        else:
            self._end_block()
            self._close_block(tag)

    def _close_block(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "blockquote":
            self.quotes -= 1

    def _end_table(self) -> None:
        self.in_table = False
        width = max((len(row) for row in self.rows), default=0)
        rows = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in self.rows]
        if rows:
            rows.insert(1, "|" + " --- |" * width)
            self._add_block("\n".join(rows))

    def _end_block(self) -> None:
        text = "".join(self.line)
        self.line.clear()
        if self.preformatted:
            self.preformatted = False
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
            self._add_block(f"{fence}\n{text}\n{fence}")
        elif text.strip():
            self._add_block(text.strip())

    def _add_block(self, text: str) -> None:
        lead, self.lead = self.lead, ""
        indent = "  " * (len(self.lists) - 1) if self.lists else ""
        hanging = " " * (len(lead) or 2 * bool(self.lists))
        lines = text.split("\n")
        lines = [indent + (lead if index == 0 and lead else hanging) + line for index, line in enumerate(lines)]
        text = "\n".join("> " * self.quotes + line for line in lines)
        # No blank line between the items of one list; NUL marks where to join.
        is_next_item = bool(lead and self.lists and self.follows_item)
        self.blocks.append(("\x00" if is_next_item else "") + text)
        self.follows_item = bool(self.lists)
