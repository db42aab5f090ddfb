"""Sanitises the XML of a feed, so that feedparser can parse it in time proportional to its length."""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape
from html.entities import html5
from typing import TYPE_CHECKING

from ingest.errors import DiscoverError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Elements that hold the text of an article; every other one holds a name, a date or a URL.
_LONG = frozenset({"description", "summary", "content", "encoded", "body", "div", "fullitem"})
_NAMES = frozenset({"author", "creator", "name", "email", "contributor", "publisher", "managingeditor", "webmaster"})
MAX_SHORT = 10_000
"""Characters that an element outside `_LONG` may hold; what is longer is cut."""
MAX_NAME = 400
"""The same for names of people, which feedparser searches for mail addresses in quadratic time."""
MAX_DEPTH = 2_000
MAX_ATTRIBUTES = 500
MAX_CHILDREN = 300
"""Elements of one entry that are kept, without those in its text: feedparser compares each category with all."""
MAX_ENTRIES = 2_000
"""Entries of one feed that are kept; in nearly all feeds, those that follow are older."""
MAX_TAGS = 60_000
"""Tags of one feed that are kept: feedparser takes about seven seconds for so many."""

_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]*+:)?(rss|rdf|feed|channel|urlset|sitemapindex)[\s>/]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(r"<!\[CDATA\[|<!--|<\?|<(/?)([A-Za-z_][\w:.-]*+)([^<>]*+)>")
_ENTRIES = frozenset({"item", "entry"})
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
#: Entity declarations that are skipped: parameter entities, and short texts without references to other entities.
_HARMLESS = re.compile(
    r"""<!entity\s{1,80}(?:%\s|[\w.:-]{1,80}\s{1,80}(?:"(?:[^"&%<]|&#){0,200}"|'(?:[^'&%<]|&#){0,200}')\s{0,80}>)""",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_REFERENCE_OR_AMPERSAND = re.compile(_REFERENCE.pattern + "|&")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAIL = re.compile(r"(?:mailto:)?[^\s<>()\"',;:]{1,100}@[^\s<>()\"',;:]{1,100}", re.IGNORECASE)
#: Elements of Media RSS that feedparser would take for the text of an entry, and the name that they get.
_CAPTIONS = {"media:description": "media:caption", "media:text": "media:caption"}
_VOID = frozenset({"br", "img", "hr", "input", "meta", "wbr", "source", "col", "area", "embed"})


def root_element(text: str, url: str) -> tuple[str, int]:
    """The name of the root element, in lower case without prefix, and its offset; ("", 0) if the text is no feed.

    Text before the prologue (warnings of a script) is skipped. Raises `DiscoverError` ``parse`` if external entities or
    entities with references are declared. Short texts and parameter entities (``%HTMLlat1`` of RDF feeds) are allowed,
    because no declared entity is ever resolved.
    """
    at = max(text.find("<?xml", 0, 4_096), 0)
    while (start := text.find("<", at)) >= 0:
        if text.startswith("<?", start):
            at = _after(text, "?>", start)
        elif text.startswith("<!--", start):
            at = _after(text, "-->", start)
        elif text[start : start + 8].lower() == "<!entity" and not _HARMLESS.match(text, start):
            raise DiscoverError(url, "parse", "the document declares entities that lead outside or hold others")
        elif text.startswith("<!", start):
            # Continue inside the document type, whose declarations are checked one by one.
            at = start + 2
        else:
            found = _ROOT.match(text, start)
            if not found and not _PAGE.search(text, 0, start + 6):
                # A script that fails may print a message in HTML before the feed.
                found = _ROOT.search(text, start, start + 4_096)
            start = found.start() if found else 0
            return (found[1].lower(), start) if found else ("", 0)
    return "", 0


def _after(text: str, end: str, start: int) -> int:
    found = text.find(end, start)
    return len(text) if found < 0 else found + len(end)


def sanitise(text: str, url: str) -> tuple[str, bool]:
    """A feed that can be parsed in time proportional to its length, and whether entries at its end were left out.

    All text is put into CDATA sections, so that stray ampersands and angle brackets, and the entities of HTML, are read
    as their author meant them. Overlong names, dates and URLs are cut, and the elements of an entry beyond a limit are
    left out. Raises `DiscoverError` ``parse`` for nesting, attributes or a head that no feed has.
    """
    sanitiser = _Sanitiser(url, len(text))
    for count, (before, tag) in enumerate(_tokens(_NOT_XML.sub("", text))):
        sanitiser.text(before, last=tag is None)
        if tag is not None and not sanitiser.tag(tag, count):
            return sanitiser.closed(), True
    return sanitiser.closed(), False


class _Sanitiser:
    """The copy of a feed so far. Missing end tags are added to it and surplus ones left out."""

    def __init__(self, url: str, size: int) -> None:
        self._url = url
        self._size = size
        self._kept: list[str] = []
        self._opened: list[str] = []
        self._open_names: Counter[str] = Counter()
        self._long_at = self._entries = self._children = 0
        self._limit = MAX_SHORT
        self._crowded = False

    def text(self, text: str, *, last: bool) -> None:
        """Copies the characters between two tags, but not those at the end of a cut feed: half a URL or date."""
        if self._crowded or (last and not self._long_at):
            return
        text = text[: self._limit]
        if self._limit == MAX_NAME and "@" in text:
            # feedparser cuts mail addresses with long top-level domains in two, and takes one half for a name.
            text = _MAIL.sub("", text).strip(" \t\r\n()<>[],;\"'")
        self._kept.append(_cdata(text))

    def tag(self, tag: re.Match[str], count: int) -> bool:
        """Copies a tag. False if the feed has reached a limit."""
        name = tag[2].lower().rpartition(":")[2]
        if self._crowded and name not in _ENTRIES:
            return True
        # `source` is a void element in HTML, and holds a name in feeds.
        void = name in _VOID and (name != "source" or self._long_at > 0)
        opens = not (tag[1] or void or tag[3].endswith("/"))
        self._entries += opens and name in _ENTRIES
        if self._entries > MAX_ENTRIES or count > MAX_TAGS:
            return False
        self._count(tag, name)
        if not self._crowded:
            self._copy(tag, name, opens=opens, void=void)
        return True

    def _count(self, tag: re.Match[str], name: str) -> None:
        self._children = 0 if name in _ENTRIES else self._children + (not tag[1] and not self._long_at)
        self._crowded = self._children > MAX_CHILDREN
        wide = tag[3].count("=") > MAX_ATTRIBUTES or (self._crowded and not self._entries)
        if wide or len(self._opened) > MAX_DEPTH:
            raise DiscoverError(self._url, "parse", "the feed is nested, filled or attributed beyond reason")

    def _copy(self, tag: re.Match[str], name: str, *, opens: bool, void: bool) -> None:
        if (tag[1] and not void) or (opens and name in _ENTRIES):
            self._close(self._begin_of(tag))
        if not tag[1]:
            self._kept.append(_opening(tag, void=void))
        if opens:
            self._opened.append(_CAPTIONS.get(tag[2].lower(), tag[2]))
            self._open_names[self._opened[-1].lower()] += 1
        depth = len(self._opened)
        self._long_at = self._long_at if 0 < self._long_at <= depth else depth if opens and name in _LONG else 0
        self._limit = self._size if self._long_at else MAX_NAME if opens and name in _NAMES else MAX_SHORT

    def _begin_of(self, tag: re.Match[str]) -> int:
        """How many elements stay open before this tag: an end tag and the start of another entry close some."""
        name = _CAPTIONS.get(tag[2].lower(), tag[2].lower())
        if not self._open_names[name]:
            return len(self._opened)
        indexes = range(len(self._opened) - 1, -1, -1) if tag[1] else range(len(self._opened))
        return next(at for at in indexes if self._opened[at].lower() == name)

    def _close(self, begin: int) -> None:
        for name in reversed(self._opened[begin:]):
            self._kept.append(f"</{name}>")
            self._open_names[name.lower()] -= 1
        del self._opened[begin:]

    def closed(self) -> str:
        self._close(0)
        return "".join(self._kept)


def _opening(tag: re.Match[str], *, void: bool) -> str:
    caption = _CAPTIONS.get(tag[2].lower())
    if caption:
        return f"<{caption}{'/' if tag[3].endswith('/') else ''}>"
    rest = _REFERENCE_OR_AMPERSAND.sub(_escaped, tag[3]) if "&" in tag[3] else tag[3]
    return f"<{tag[2]}{rest.rstrip('/')}/>" if void else f"<{tag[2]}{rest}>"


def _tokens(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Each tag with the characters before it, None after the last one; comments and instructions are left out."""
    at = copied = 0
    run: list[str] = []
    while tag := _TAG.search(text, at):
        at = tag.end()
        run.append(_REFERENCE.sub(_character, text[copied : tag.start()]))
        if tag[2] is None:
            at = _after(text, _ENDS[tag[0]], at)
            if tag[0] == "<![CDATA[":
                run.append(text[tag.end() : at].removesuffix("]]>"))
        else:
            yield "".join(run), tag
            run = []
        copied = at
    yield "".join([*run, _REFERENCE.sub(_character, text[copied:])]), None


def _character(found: re.Match[str]) -> str:
    """A character reference as browsers read it: 128 to 159 mean windows-1252, and what is no character is left out."""
    return html5.get(f"{found[2]};", found[0]) if found[2] else _NOT_XML.sub("", unescape(found[0]))


def _escaped(found: re.Match[str]) -> str:
    """For attributes: the character of a reference, or an ampersand that begins none, escaped."""
    return escape(_character(found) if found[0] != "&" else "&")


def _cdata(text: str) -> str:
    if "&" not in text and "<" not in text and ">" not in text:
        return text
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
