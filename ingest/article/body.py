"""The body of an article: its structure, and its renderings as plain text, HTML and Markdown."""

from __future__ import annotations

import html as entities
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import nh3

from ingest.article import markdown

#: All tags that a body may hold; their attributes are in `ATTRIBUTES`.
TAGS = frozenset({
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "table", "tr", "td",
    "th", "figure", "img", "figcaption", "a", "strong", "em", "br",
})  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}

# What a tag becomes in plain text; tags that are not listed become nothing.
_AS_TEXT = {
    "<br>": "\n",
    "<li>": "\n- ",
    "</ul>": "\n\n",
    "</ol>": "\n\n",
    "</td>": " | ",
    "</th>": " | ",
    "<tr>": "\n",
    "</table>": "\n\n",
    "<table>": "\n\n",
} | {f"</{tag}>": "\n\n" for tag in ("p", "h2", "h3", "h4", "h5", "h6", "figure", "blockquote")}
# These may occur between the items of a list, where they need a line of their own.
_AS_TEXT |= {f"<{tag}>": "\n\n" for tag in ("p", "h2", "h3", "h4", "h5", "h6")}

_TAG = re.compile(r"(<[^>]*>)")
_CAPTION = re.compile(r"<figcaption>[^<]*(?:<(?!/figcaption>)[^<]*)*</figcaption>")
_PRE = re.compile(r"<pre>([^<]*)</pre>")
# Begins with plain characters, for which the search is quick; in a row of empty cells only the first can match.
_CELL_END = re.compile(r" \|(?<! \| \|)(?: \|)*+ *$", re.MULTILINE)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LIGATURE = re.compile("[\ufb00-\ufb06]")


@dataclass(frozen=True)
class Body:
    """Paragraphs, headings, lists, tables, quotes and pictures in reading order.

    ``structure`` is HTML of `TAGS` only, each closed, its text escaped, as `ingest.extraction.markup.render` writes it.
    The renderings are computed from it on first use and travel with the body between processes. Empty bodies are false.
    """

    structure: str = ""

    @classmethod
    def of_text(cls, text: str) -> Body:
        """The body of a plain text: one paragraph for each line that is not blank."""
        lines = (" ".join(line.split()) for line in clean(text).splitlines())
        return cls("".join(f"<p>{entities.escape(line, quote=False)}</p>" for line in lines if line))

    @cached_property
    def text(self) -> str:
        """Plain text: a blank line between blocks, a line break between list items and table rows, no captions."""
        structure = _CAPTION.sub("", self.structure) if "<figcaption>" in self.structure else self.structure
        pieces = _PRE.split(structure) if "<pre>" in structure else [structure]
        for index in range(0, len(pieces), 2):
            pieces[index] = _flowing(pieces[index])
        for index in range(1, len(pieces), 2):
            pieces[index] = "\n\n" + pieces[index].strip("\n") + "\n\n"
        return _unescape(_collapsed("".join(pieces), "\n\n\n", "\n\n").strip())

    @cached_property
    def html(self) -> str:
        """The structure after sanitising with nh3 (ammonia): `TAGS` and `ATTRIBUTES` only, safe to show."""
        return nh3.clean(
            self.structure,
            tags=set(TAGS),
            attributes=ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener nofollow",
        )

    @cached_property
    def markdown(self) -> str:
        """CommonMark with pipe tables; captions of pictures in italics. Holds no HTML."""
        return markdown.of_structure(self.structure)

    def prepare(self) -> None:
        """Computes the renderings that the store needs, so that a worker does it and not the one writer."""
        _ = self.text, self.html

    def __bool__(self) -> bool:
        return bool(self.structure)


EMPTY_BODY = Body()


def clean(text: str) -> str:
    """``text`` in NFC, without zero-width spaces, soft hyphens, direction marks and controls; ligatures spelled out.

    No-break spaces stay, since collapsing white space (`str.split`) removes them. Zero-width joiners stay, since words
    of Persian and of the Indic languages, and emoji, are written with them.
    """
    text = _INVISIBLE.sub("", text)
    if _LIGATURE.search(text):
        text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return unicodedata.normalize("NFC", text)


def _flowing(html: str) -> str:
    html = html.replace("</ul></li>", "</li>").replace("</ol></li>", "</li>")
    # Splitting and a dictionary take half the time of a substitution that calls a function for each tag.
    pieces = _TAG.split(html)
    pieces[1::2] = [_AS_TEXT[tag] if tag in _AS_TEXT else _unlisted_tag(tag) for tag in pieces[1::2]]
    text = _collapsed("".join(pieces), "  ", " ").replace(" \n", "\n").replace("\n ", "\n")
    return _CELL_END.sub("", text) if " |" in text else text


def _unlisted_tag(tag: str) -> str:
    # The texts on either side of a picture are separate words.
    return " " if tag.startswith("<img ") else ""


def _collapsed(text: str, row: str, shorter: str) -> str:
    while row in text:
        text = text.replace(row, shorter)
    return text


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
