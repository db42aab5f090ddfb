"""Cleans strings of metadata into one line of plain text, and makes keys to compare them."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Any

from ingest.article.body import clean

_BREAKS = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|blockquote)\b[^<>]{0,1000}>", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>|<!--[^<>]{0,1000}-->")
_WORD = re.compile(r"[^\W_]+")
_ASCII_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}
_LONGEST = 5000


def plain(value: Any, longest: int = _LONGEST) -> str:
    """``value`` as one line without tags, character references and invisible characters; "" if it is no string."""
    if not isinstance(value, str):
        return ""
    value = value[: 2 * longest]
    # Twice, because feeds and JSON-LD of some systems are escaped twice.
    for _ in range(2):
        if "&" in value:
            value = html.unescape(value)
    if "<" in value:
        value = _TAGS.sub("", _BREAKS.sub(" ", value))
    return _in_one_line(value, longest)


def printed(text: str, longest: int = _LONGEST) -> str:
    """The same for text of an element, in which a tag that is left is part of what readers see."""
    text = text[: 2 * longest]
    return _in_one_line(html.unescape(text) if "&" in text else text, longest)


def _in_one_line(value: str, longest: int) -> str:
    value = " ".join(value.split())
    if not (value.isascii() and value.isprintable()):
        value = " ".join(clean(value).split())
    return value[:longest]


def plains(value: Any) -> list[str]:
    """The non-empty `plain` strings of a string or a list of strings."""
    values = value if isinstance(value, list) else [value]
    return [text for text in map(plain, values) if text]


@lru_cache(maxsize=512)
def key(text: str) -> str:
    """The letters and digits of ``text`` in one case, for comparing strings regardless of punctuation."""
    if text.isascii():
        return text.lower().translate(_ASCII_SIGNS)
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
