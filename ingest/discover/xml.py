"""XML of strangers made safe to hand to a feed parser: no entities, no floods. Reads no entries."""

from __future__ import annotations

import re
from html import escape
from html.entities import html5

from ingest.errors import DiscoverError

#: Elements that hold an article's text; every other one holds a name, a date or an address.
_LONG = frozenset({"description", "summary", "content", "encoded", "body", "div", "fullitem"})
MAX_SHORT = 20_000
"""Characters that any other element may hold; what is longer is cut."""
MAX_DEPTH = 2_000
MAX_ATTRIBUTES = 500
MAX_ENTRIES = 2_000
"""Entries that are read of one feed; what follows is older in all but the oddest."""

_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]*+:)?(rss|rdf|feed|channel|urlset|sitemapindex)[\s>/]", re.IGNORECASE)
_TAG = re.compile(r"<!\[CDATA\[|<!--|<(/?)([A-Za-z_][\w:.-]*+)([^<>]*+)>")
_AMPERSAND = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_VOID = frozenset({"br", "img", "hr", "input", "meta", "wbr", "source", "col", "area", "embed"})


def root(text: str) -> tuple[str, int]:
    """The name of the root element, in lower case without prefix, and where it starts; ("", 0) if it is no feed.

    Text ahead of the prologue is passed over (warnings of a script). Raises ValueError where entities are declared.
    """
    at = max(text.find("<?xml", 0, 4_096), 0)
    while (start := text.find("<", at)) >= 0:
        if text.startswith("<?", start):
            at = _after(text, "?>", start)
        elif text.startswith("<!--", start):
            at = _after(text, "-->", start)
        elif text[start : start + 8].lower() == "<!entity":
            raise ValueError("the document declares entities")
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
    """A feed as it can be parsed in time proportional to its length, and whether entries were left off at its end.

    Names, dates and addresses of absurd length are cut. Raises `DiscoverError` ``parse`` for nesting or attributes
    that no feed has.
    """
    text = _repaired(_NOT_XML.sub("", text))
    kept: list[str] = []
    copied = run = at = depth = entries = 0
    long_at = 0
    while tag := _TAG.search(text, at):
        start, at = tag.span()
        if tag[2] is None:
            at = _after(text, "]]>" if tag[0].startswith("<![") else "-->", start)
            continue
        if not long_at and start - run > MAX_SHORT:
            kept += [text[copied:run], _cut(text[run : run + MAX_SHORT])]
            copied = start
        name = tag[2].lower().rpartition(":")[2]
        opens, closes = _steps(tag, name)
        if depth + opens > MAX_DEPTH or tag[3].count("=") > MAX_ATTRIBUTES:
            raise DiscoverError(url, "parse", "the feed is nested or attributed beyond reason")
        depth = max(depth + opens - closes, 0)
        long_at = long_at if long_at and depth >= long_at else depth if opens and name in _LONG else 0
        run = at
        entries += opens and name in {"item", "entry"}
        if entries > MAX_ENTRIES:
            return "".join([*kept, text[copied:start]]), True
    if not long_at and len(text) - run > MAX_SHORT:
        text = text[: run + MAX_SHORT]
    return "".join([*kept, text[copied:]]), False


def _repaired(text: str) -> str:
    """Ampersands that begin no entity escaped, and the entities of HTML put as characters, except in CDATA."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = _after(text, "]]>", start)
        parts += [_AMPERSAND.sub(_entity, text[at:start]), text[start:end]]
        at = end
    return "".join([*parts, _AMPERSAND.sub(_entity, text[at:])])


def _entity(found: re.Match[str]) -> str:
    name = found[1] or ""
    if name.startswith("#") or name in _XML_ENTITIES:
        return found[0]
    return escape(html5.get(f"{name};", "")) or f"&amp;{found[0][1:]}"


def _steps(tag: re.Match[str], name: str) -> tuple[int, int]:
    """How many levels a tag goes down and up."""
    if tag[1]:
        return 0, 1
    return (0, 0) if name in _VOID or tag[3].endswith("/") else (1, 0)


def _cut(run: str) -> str:
    """The beginning of a text, with a CDATA section closed that was cut through."""
    return run + "]]>" if run.rfind("<![CDATA[") > run.rfind("]]>") else run
