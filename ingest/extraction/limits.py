"""Pages that a parser would choke on, told by a linear look at their characters. Parses nothing.

Parsing is quadratic in the depth of nesting and in the attributes of one tag: 40,000 nested elements cost seconds.
"""

from __future__ import annotations

import re

from ingest.errors import ExtractError

LONGEST = 20_000_000
"""Characters of a page."""
DEEPEST = 4_000
"""Elements that are open at one place. Browsers stop at 512; the deepest honest pages are below 300."""
MOST_ATTRIBUTES = 2_000

#: With fewer tags a page is parsed in half a second even if each stands inside the one before.
_FEW_TAGS = 12_000
_SLICE = 8_192
_LONG_TAG = 20_000
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
# Elements that need no end tag do not count: a long page of unclosed paragraphs is old, not deep.
_TAG = re.compile(
    r"<(/?)(?!(?:p|li|d[dt]|t[rdh]|t(?:head|body|foot)|option|br|img|hr|input|meta|link|source|wbr|col|area|base|embed"
    r"|track|param|path|circle|rect|use)\b)[a-zA-Z]",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def check(html: str, url: str = "") -> None:
    """Raises `ExtractError` (``parse``) for a page that would cost more time than any article is worth."""
    if len(html) > LONGEST:
        raise ExtractError(url, "parse", f"a page of {len(html):,} characters; {LONGEST:,} are read")
    if _may_be_deep(html) and _depth(html) > DEEPEST:
        raise ExtractError(url, "parse", f"more than {DEEPEST:,} elements are nested")
    if _most_attributes(html) > MOST_ATTRIBUTES:
        raise ExtractError(url, "parse", f"one tag has more than {MOST_ATTRIBUTES:,} attributes")


def _may_be_deep(html: str) -> bool:
    """By counting only: nearly free, and right to suspect too much."""
    if html.count("<") < _FEW_TAGS:
        return False
    depth = 0
    for start in range(0, len(html), _SLICE):
        end = start + _SLICE
        tags = html.count("<", start, end)
        if depth + tags > DEEPEST:
            return True
        depth = max(depth + tags - 2 * html.count("</", start, end) - html.count("/>", start, end), 0)
    return False


def _depth(html: str) -> int:
    depth = deepest = 0
    for slash in _TAG.findall(_SCRIPT.sub("", html)):
        depth = max(depth - 1, 0) if slash else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _most_attributes(html: str) -> int:
    """In long tags only: a flood of attributes needs room, so that it is enough to look at some places of a page."""
    most = place = 0
    while (place := place + _LONG_TAG // 2) < len(html):
        begin = html.rfind("<", max(place - _LONG_TAG, 0), place)
        if (
            begin < 0
            or not html[begin + 1].isalpha()
            or html.find(">", begin, place) >= 0
            or html.find("<", place, place + _LONG_TAG // 4) >= 0
        ):
            continue
        tag = html[begin : html.find(">", place) + 1 or len(html)]
        most = max(most, len(_QUOTED.sub("", tag).split()))
    return most
