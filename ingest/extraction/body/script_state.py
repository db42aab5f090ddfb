"""Bodies that a page carries in its scripts: in JSON-LD, and in the state of Next.js, Nuxt, Arc and the like.

`generic` looks here only if the page's own text is short. No script is run: the JSON in it is parsed.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ingest.article.body import Body
from ingest.errors import ExtractError
from ingest.extraction.markup import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.extraction.markup.document import Document

_ASSIGNED = re.compile(
    r"(?:Fusion\.globalContent|window\.__NUXT__|window\.__INITIAL_STATE__|window\.__PRELOADED_STATE__"
    r"|window\.__APOLLO_STATE__|window\.__STATE__|window\.__DATA__)\s{0,9}=\s{0,9}(?=[{\[\"])"
)
_STREAMED = re.compile(r'self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)')
# Rows of what Next.js streams: "id:JSON" to the end of the line, or "id:Tlength,text" of so many bytes (hexadecimal).
_ROW = re.compile(rb"[\s,]*[0-9a-f]{0,6}:(?:T([0-9a-f]{1,6}),|([^\n]*))")
_TEXT_KEYS = frozenset({
    "articlebody", "body", "bodyhtml", "content", "contenthtml", "contents", "description_html", "fulltext", "html",
    "maintext", "paragraph", "paragraphs", "rendered", "story", "storybody", "text", "textbody", "value", "data",
})  # fmt: skip
_PARTS = frozenset({"text", "paragraph", "p", "header", "heading", "list", "quote", "html", "raw_html"})
_CJK = re.compile("[\u3040-\ud7a3]{3}")
# Set by hand; docs/constants.md shows how F1 moves with the first, the others bound the time of a hostile page.
_SHORTEST = 200  # letters of a body
_MOST_NODES = 100_000  # dicts and lists of one script
_LARGEST_SCRIPT = 5_000_000  # letters


def html(document: Document) -> str:
    """HTML of the longest text that a script of the page holds under a key for bodies, or ""."""
    candidates = [*_declared(document), *_in_states(document)]
    longest = max(candidates, key=len, default="")
    if len(longest) < _SHORTEST:
        return ""
    if "<" not in longest:
        return Body.of_text(longest).structure
    try:
        return limits.bounded(longest, document.url)
    except ExtractError:
        return ""


def _declared(document: Document) -> Iterator[str]:
    """``articleBody`` of JSON-LD."""
    for item in document.json_ld:
        text = item.get("articleBody")
        if isinstance(text, str):
            yield text


def _in_states(document: Document) -> Iterator[str]:
    for state in _states(document):
        if isinstance(state, (dict, list)):
            yield from _texts(state)


def _states(document: Document) -> Iterator[Any]:
    """The JSON values in the page's scripts, apart from JSON-LD."""
    streamed = []
    for script in document.css("script:not([src])"):
        source = script.text()
        kind = script.attributes.get("type") or ""
        if "self.__next_f" in source:
            streamed += [_parsed(found) for found in _STREAMED.findall(source)]
        elif not _SHORTEST <= len(source) <= _LARGEST_SCRIPT or "ld+json" in kind:
            continue
        elif "json" in kind:
            yield _parsed(source)
        elif found := _ASSIGNED.search(source):
            yield _parsed(source[found.end() :])
    if streamed:
        yield list(_rows("".join(piece for piece in streamed if isinstance(piece, str)).encode(errors="replace")))


def _rows(stream: bytes) -> Iterator[Any]:
    """The values in a stream of Next.js; its texts as {"html": text}."""
    offset = 0
    while row := _ROW.match(stream, offset):
        offset = row.end()
        if row[1]:
            begin, offset = offset, offset + int(row[1], 16)
            yield {"html": stream[begin:offset].decode(errors="replace")}
        else:
            yield _parsed(row[2].decode(errors="replace"))


def _parsed(source: str) -> Any:
    """The JSON value that the text begins with; None if it begins with none."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(source.lstrip())[0]
    except (ValueError, RecursionError):
        return None


def _texts(state: Any) -> Iterator[str]:
    """Strings under keys for bodies, and the joined parts of lists of paragraphs."""
    stack, looked_at = [("", state)], 0
    while stack and looked_at < _MOST_NODES:
        key, value = stack.pop()
        looked_at += 1
        if isinstance(value, list):
            parts = [part for item in value if (part := _part(item))]
            if len(parts) > 1:
                yield "".join(f"<p>{part}</p>" for part in parts)
        children = value.items() if isinstance(value, dict) else ((key, child) for child in value)
        for name, child in children:
            if isinstance(child, (dict, list)):
                stack.append((name, child))
            elif isinstance(child, str) and len(child) >= _SHORTEST and name.lower() in _TEXT_KEYS and _is_prose(child):
                yield child


def _part(item: Any) -> str:
    """The text of one element of a list of paragraphs."""
    kind = item.get("type") if isinstance(item, dict) else None
    if not isinstance(kind, str) or kind not in _PARTS:
        return ""
    for key in ("content", "text", "html", "value"):
        if isinstance(item.get(key), str):
            return str(item[key])
    return ""


def _is_prose(text: str) -> bool:
    """Whether it is running text or HTML of it, and neither code nor a list of identifiers."""
    return text.count(" ") * 15 > len(text) or "<p" in text or _CJK.search(text) is not None
