"""The body of an article: sanitised structure, and how it reads as text, HTML and Markdown. Finds nothing."""

from __future__ import annotations

import html as entities
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import nh3

from ingest.article import markdown

#: All tags that a body may hold. Attributes: `ATTRIBUTES`.
TAGS = frozenset({
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "table", "tr", "td",
    "th", "figure", "img", "figcaption", "a", "strong", "em", "br",
})  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}

# What a tag means in plain text; tags that are not named mean nothing there.
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
# What a page leaves between the items of a list stands on lines of its own.
_AS_TEXT |= {f"<{tag}>": "\n\n" for tag in ("p", "h2", "h3", "h4", "h5", "h6")}

_TAG = re.compile(r"(<[^>]*>)")
_CAPTION = re.compile(r"<figcaption>[^<]*(?:<(?!/figcaption>)[^<]*)*</figcaption>")
_PRE = re.compile(r"<pre>([^<]*)</pre>")
# Begins with plain characters, which the search leaps to; of a row of empty cells, only the first is tried.
_CELL_END = re.compile(r" \|(?<! \| \|)(?: \|)*+ *$", re.MULTILINE)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LIGATURE = re.compile("[\ufb00-\ufb06]")


@dataclass(frozen=True)
class Body:
    """Paragraphs, headings, lists, tables, quotes and pictures in reading order; everything is read off ``structure``.

    ``structure`` holds only `TAGS`, each written out and closed, text escaped; `markup.render` writes it.
    Cheap to send between processes, together with what was read off it. Empty bodies are false.
    """

    structure: str = ""

    @classmethod
    def of_text(cls, text: str) -> Body:
        """From plain text: a paragraph for each line that is not blank."""
        lines = (" ".join(line.split()) for line in clean(text).splitlines())
        return cls("".join(f"<p>{entities.escape(line, quote=False)}</p>" for line in lines if line))

    @cached_property
    def text(self) -> str:
        """Blocks parted by a blank line, list items and table rows by a line break; captions of pictures left out."""
        structure = _CAPTION.sub("", self.structure) if "<figcaption>" in self.structure else self.structure
        pieces = _PRE.split(structure) if "<pre>" in structure else [structure]
        for index in range(0, len(pieces), 2):
            pieces[index] = _flowing(pieces[index])
        for index in range(1, len(pieces), 2):
            pieces[index] = "\n\n" + pieces[index].strip("\n") + "\n\n"
        return _unescape(_collapsed("".join(pieces), "\n\n\n", "\n\n").strip())

    @cached_property
    def html(self) -> str:
        """The structure after a sanitiser has gone over it: `TAGS` and `ATTRIBUTES` only, safe to show."""
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
        """Works out what the store will ask for. It travels with the body: a worker does it for the one writer."""
        _ = self.text, self.html

    def __bool__(self) -> bool:
        return bool(self.structure)


EMPTY_BODY = Body()


def clean(text: str) -> str:
    """NFC without what cannot be seen: zero-width spaces, soft hyphens, direction marks, controls; ligatures spelled.

    No-break spaces stay: whoever collapses white space (`str.split`) takes them with it. Joiners stay: words of
    Persian and of the Indic languages, and emoji, are written with them.
    """
    text = _INVISIBLE.sub("", text)
    if _LIGATURE.search(text):
        text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return unicodedata.normalize("NFC", text)


def _flowing(html: str) -> str:
    html = html.replace("</ul></li>", "</li>").replace("</ol></li>", "</li>")
    # Split and looked up: a function that is called for each tag takes twice as long.
    pieces = _TAG.split(html)
    pieces[1::2] = [_AS_TEXT[tag] if tag in _AS_TEXT else _unlisted_tag(tag) for tag in pieces[1::2]]
    text = _collapsed("".join(pieces), "  ", " ").replace(" \n", "\n").replace("\n ", "\n")
    return _CELL_END.sub("", text) if " |" in text else text


def _unlisted_tag(tag: str) -> str:
    # What stands on either side of a picture is not one word.
    return " " if tag.startswith("<img ") else ""


def _collapsed(text: str, row: str, shorter: str) -> str:
    while row in text:
        text = text.replace(row, shorter)
    return text


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
