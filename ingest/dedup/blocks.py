"""An article as its blocks: paragraphs, headings, list items and table rows, and how much of each is a link."""

from __future__ import annotations

import html as entities
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Tags that begin or end a block; cells stay within their row.
_EDGE = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "figure"})
_SPACE = frozenset({"td", "th", "br", "img"})
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
_CAPTION = re.compile(r"<figcaption>.*?</figcaption>", re.DOTALL)
# Han, kana: each character says about as much as half a word, and no spaces part them.
_UNPARTED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CHARACTER = re.compile(f"[{_UNPARTED}]")
_TOKEN = re.compile(f"[{_UNPARTED}]|[^\\W_{_UNPARTED}]+")
_SENTENCE_END = re.compile(r"[.!?。！？؟।]['\"”’»)\]」』）]*$")
_BROKEN_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])['\"”’»)\]」』）]*$")
_MANY_WORDS = 20
_FEW_WORDS = 4
_UNPARTED_TO_A_WORD = 2.5


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text: its words, case-folded, without marks; Chinese and Japanese by characters."""

    text: str
    tokens: tuple[str, ...]
    label: str = ""
    """What of the text is no link."""
    is_row: bool = False
    """Whether it is a row of a table."""

    @property
    def linked(self) -> float:
        """Share of its characters that are links."""
        return 1 - len(self.label) / len(self.text)

    @property
    def words(self) -> float:
        """About how many words it says, in any script."""
        unparted = sum(1 for token in self.tokens if is_unparted(token))
        return len(self.tokens) - unparted + unparted / _UNPARTED_TO_A_WORD

    @property
    def is_sentence(self) -> bool:
        """Whether it reads as prose: a few words that end as a sentence does, or many, and not mostly links."""
        if self.linked > 0.6:
            return False
        words = self.words
        return words >= _MANY_WORDS or (words >= _FEW_WORDS and self.ends)

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return _SENTENCE_END.search(self.text) is not None and not self.breaks_off

    @property
    def breaks_off(self) -> bool:
        """Whether it ends in three dots."""
        return _BROKEN_OFF.search(self.text) is not None


def blocks(html: str, text: str) -> tuple[Block, ...]:
    """The blocks of a body's sanitised HTML, or of its plain text if there is no HTML; without captions of pictures."""
    return tuple(_of_html(html)) if html else tuple(filter(None, map(block, text.splitlines())))


def block(text: str, label: str | None = None, *, is_row: bool = False) -> Block | None:
    """The block of a line, of which ``label`` is no link (all of it by default); None for one without words."""
    line = " ".join(text.split())
    tokens = tuple(_TOKEN.findall(unicodedata.normalize("NFKC", line).casefold()))
    return Block(line, tokens, line if label is None else " ".join(label.split()), is_row) if tokens else None


def is_unparted(token: str) -> bool:
    """Whether a token is a character of a script that does not part words."""
    return len(token) == 1 and ord(token) > 0x303F and _CHARACTER.match(token) is not None


def _of_html(html: str) -> Iterator[Block]:
    html = _CAPTION.sub("", html)
    text, label, end, in_link = "", "", 0, False
    for tag in _TAG.finditer(html):
        piece = entities.unescape(html[end : tag.start()])
        text, label, end = text + piece, label if in_link else label + piece, tag.end()
        name = tag[2]
        if name == "a":
            in_link = not tag[1]
        elif name in _EDGE:
            if found := block(text, label, is_row=name == "tr"):
                yield found
            text = label = ""
        elif name in _SPACE:
            text, label = f"{text} ", f"{label} "
    piece = entities.unescape(html[end:])
    if found := block(text + piece, label + piece):
        yield found
