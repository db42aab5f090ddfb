"""XML of strangers made safe to hand to a feed parser: no entities, no floods. Reads no entries."""

from __future__ import annotations

import re
from html import escape, unescape
from html.entities import html5
from typing import TYPE_CHECKING

from ingest.errors import DiscoverError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Elements that hold an article's text; every other one holds a name, a date or an address.
_LONG = frozenset({"description", "summary", "content", "encoded", "body", "div", "fullitem"})
_NAMES = frozenset({"author", "creator", "name", "email", "contributor", "publisher", "managingeditor", "webmaster"})
MAX_SHORT = 10_000
"""Characters that an element outside `_LONG` may hold; what is longer is cut."""
MAX_NAME = 400
"""The same for names of people, in which feedparser looks for mail addresses in quadratic time."""
MAX_DEPTH = 2_000
MAX_ATTRIBUTES = 500
MAX_CHILDREN = 1_000
"""Elements of one entry that are read, those in its text not counted. feedparser compares each category with all."""
MAX_ENTRIES = 2_000
"""Entries that are read of one feed; what follows is older in all but the oddest."""
MAX_TAGS = 60_000
"""Tags that are read of one feed: about seven seconds of feedparser's time."""

_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]*+:)?(rss|rdf|feed|channel|urlset|sitemapindex)[\s>/]", re.IGNORECASE)
_TAG = re.compile(r"<!\[CDATA\[|<!--|<\?|<(/?)([A-Za-z_][\w:.-]*+)([^<>]*+)>")
_ENTRIES = frozenset({"item", "entry"})
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_REFERENCE = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_REFERENCE_OR_AMPERSAND = re.compile(_REFERENCE.pattern + "|&")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_VOID = frozenset({"br", "img", "hr", "input", "meta", "wbr", "source", "col", "area", "embed"})


def root(text: str, url: str) -> tuple[str, int]:
    """The name of the root element, in lower case without prefix, and where it starts; ("", 0) if it is no feed.

    Text ahead of the prologue is passed over (warnings of a script). Raises `DiscoverError` ``parse``
    where entities are declared.
    """
    at = max(text.find("<?xml", 0, 4_096), 0)
    while (start := text.find("<", at)) >= 0:
        if text.startswith("<?", start):
            at = _after(text, "?>", start)
        elif text.startswith("<!--", start):
            at = _after(text, "-->", start)
        elif text[start : start + 8].lower() == "<!entity":
            raise DiscoverError(url, "parse", "the document declares entities")
        elif text.startswith("<!", start):
            # Into the document type, where its declarations are met one by one.
            at = start + 2
        else:
            found = _ROOT.match(text, start)
            return (found[1].lower(), start) if found else ("", 0)
    return "", 0


def _after(text: str, end: str, start: int) -> int:
    found = text.find(end, start)
    return len(text) if found < 0 else found + len(end)


def tame(text: str, url: str) -> tuple[str, bool]:
    """A feed that can be parsed in time proportional to its length, and whether entries were left off at its end.

    All text is put in CDATA sections, so that stray ampersands and angle brackets, and the entities of HTML, are what
    their author meant. Absurdly long names, dates and addresses are cut, and absurdly many elements of an entry are
    left out. Raises `DiscoverError` ``parse`` for nesting, attributes or a head that no feed has.
    """
    kept: list[str] = []
    opened: list[str] = []
    long_at = entries = children = 0
    limit = MAX_SHORT
    crowded = False
    for count, (before, tag) in enumerate(_tokens(_NOT_XML.sub("", text))):
        if not crowded:
            kept.append(_cdata(before if long_at else before[:limit]))
        if tag is None:
            break
        name = tag[2].lower().rpartition(":")[2]
        if crowded and name not in _ENTRIES:
            continue
        opens = not tag[1] and name not in _VOID and not tag[3].endswith("/")
        entries += opens and name in _ENTRIES
        if entries > MAX_ENTRIES or count > MAX_TAGS:
            return "".join([*kept, *(f"</{name}>" for name in reversed(opened))]), True
        children = 0 if name in _ENTRIES else children + (not tag[1] and not long_at)
        crowded = children > MAX_CHILDREN
        if len(opened) > MAX_DEPTH or (crowded and not entries) or tag[3].count("=") > MAX_ATTRIBUTES:
            raise DiscoverError(url, "parse", "the feed is nested, filled or attributed beyond reason")
        if crowded:
            continue
        if opens:
            opened.append(tag[2])
        elif tag[1] and tag[2] in opened:
            del opened[len(opened) - 1 - opened[::-1].index(tag[2]) :]
        long_at = long_at if 0 < long_at <= len(opened) else len(opened) if opens and name in _LONG else 0
        limit = MAX_NAME if name in _NAMES else MAX_SHORT
        kept.append(_REFERENCE_OR_AMPERSAND.sub(_escaped, tag[0]) if "&" in tag[3] else tag[0])
    return "".join(kept), False


def _tokens(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Each tag with the characters ahead of it, None after the last; comments and instructions are left out."""
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
    """Numbers as browsers read them: 128 to 159 mean windows-1252, and what is no character is left out."""
    return html5.get(f"{found[2]};", found[0]) if found[2] else _NOT_XML.sub("", unescape(found[0]))


def _escaped(found: re.Match[str]) -> str:
    """For attributes: a reference as its character, an ampersand that begins none as itself, both escaped."""
    return escape(_character(found) if found[0] != "&" else "&")


def _cdata(text: str) -> str:
    if "&" not in text and "<" not in text and ">" not in text:
        return text
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
