"""Keeps pages within bounds in which parsing takes linear time; looks at the characters, before the parser does.

The HTML parser takes time quadratic in the depth of nesting and in the number of attributes of one tag: 18 seconds for
100,000 nested elements, three for 20,000 attributes. Pages made for readers come nowhere near these limits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.errors import ExtractError

if TYPE_CHECKING:
    from collections.abc import Iterator

LENGTH = 20_000_000  # characters
DEPTH = 2_000  # nested elements
ATTRIBUTES = 2_000  # of one tag
_WINDOW = 16_384  # characters; a shorter tag cannot have too many attributes

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")
_TEXT_ELEMENT = re.compile(r"</(?:script|style|textarea|title)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>]*))?""")
# Elements without content, or whose end tag is implied by the next of their kind.
_FLAT = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rp", "rt",
    "path", "circle", "rect", "line", "polygon", "polyline", "ellipse", "use", "stop", "image", "animate",
})  # fmt: skip
_RAW = frozenset({"script", "style", "textarea", "title"})


def bounded(html: str, url: str = "") -> str:
    """``html``, without the attributes of each tag that has more than `ATTRIBUTES` of them.

    Raises `ExtractError` ``parse`` (for ``url``) for a page beyond `LENGTH` or `DEPTH`.
    """
    if len(html) > LENGTH:
        raise ExtractError(url, "parse", f"more than {LENGTH:,} letters")
    if _may_be_deep(html) and _is_deep(html):
        raise ExtractError(url, "parse", f"more than {DEPTH} elements inside each other")
    floods = [(begin, end) for begin, end in _long_tags(html) if _count_attributes(html[begin:end]) > ATTRIBUTES]
    for begin, end in reversed(floods):
        tag = _TAG.match(html, begin)
        html = html[: tag.end() if tag else begin] + html[end:]
    return html


def _may_be_deep(html: str) -> bool:
    """Whether an upper bound of the depth, from counting brackets, exceeds `DEPTH`, as it does on hardly any page.

    End tags are counted only when more than `DEPTH` elements would be open without them, which spares half of all pages
    the second count.
    """
    opened = settled = begins_since = 0
    for start in range(0, len(html), _WINDOW):
        begins = html.count("<", start, start + _WINDOW)
        if opened + begins_since + begins > DEPTH:
            ends = html.count("</", settled, start + 1)
            opened, settled, begins_since = max(0, opened + begins_since - 2 * ends), start, 0
        if opened + begins_since + begins > DEPTH:
            ends = html.count("</", start, start + _WINDOW + 1)
            if opened + begins - ends > DEPTH:
                return True
        begins_since += begins
    return False


def _is_deep(html: str) -> bool:
    """Counts open elements in one pass over the tags; elements with optional end tags are not counted."""
    depth, resume = 0, 0
    for found in _TAG.finditer(html):
        name = found[2].lower()
        if name in _FLAT or found.start() < resume:
            continue
        if found[1]:
            depth = max(0, depth - 1)
        elif name in _RAW:
            end = _TEXT_ELEMENT.search(html, found.end())
            if end is None:
                return False
            resume = end.end()
        else:
            depth += 1
            if depth > DEPTH:
                return True
    return False


def _long_tags(html: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the tags that no ``>`` ends within `_WINDOW` characters."""
    start = 0
    while start + _WINDOW <= len(html):
        if html.find(">", start, start + _WINDOW) != -1:
            start += _WINDOW
            continue
        begin, end = html.rfind(">", 0, start) + 1, html.find(">", start)
        end = len(html) if end == -1 else end
        # The stretch may be the content of a script and hold no tag.
        if tag := _TAG.search(html, begin, end):
            yield tag.start(), end
        start = end


def _count_attributes(stretch: str) -> int:
    """Attributes of the last tag in ``stretch``; as names may hold "<", very many of those count as attributes, too."""
    found = _TAG.match(stretch, stretch.rfind("<"))
    if found is None or found[1]:
        return 0
    names: set[str] = set(_ATTRIBUTE.findall(stretch, found.end()))
    # Scripts hold "<" as well, but what follows there does not look like names.
    return max(sum(name.replace("-", "").isalnum() for name in names), stretch.count("<"))
