"""Titles, names and summaries of feeds as plain text, and their plain text as HTML."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BREAKS = re.compile(r"<(?:br|/?(?:p|div|li|ul|ol|h[1-6]|tr|td|blockquote))\b[^<>]*+>", re.IGNORECASE)
_TAGS = re.compile(r"<[A-Za-z/!][^<>]*+>")
#: What is no text although it stands between tags: how it begins, and how it ends.
_UNSEEN = tuple(
    (re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (("<!--", "-->"), (r"<script\b", r"</script\b[^<>]*+>?"), (r"<style\b", r"</style\b[^<>]*+>?"))
)

#: Limits of what is kept of an entry, in characters, and in names of each kind. What is longer is not what it says.
MAX_TITLE = 1_000
MAX_SUMMARY = 2_000
MAX_URL = 8_000
MAX_DATE = 200
MAX_LANGUAGE = 20
MAX_AUTHORS = 20
MAX_TAGS = 50


def plain_text(markup: object, limit: int = MAX_TITLE) -> str:
    """HTML, or text with the odd tag in it, as one line of text of at most ``limit`` characters; "" for no string."""
    if not isinstance(markup, str):
        return ""
    text = markup[: limit * 20]
    if "<" in text:
        text = _TAGS.sub("", _BREAKS.sub(" ", _readable(text)))
    text = " ".join((html.unescape(text) if "&" in text else text).split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _readable(markup: str) -> str:
    """Without comments, scripts and styles. One that does not end hides only its own tag."""
    for begin, end in _UNSEEN:
        kept: list[str] = []
        at = 0
        while (start := begin.search(markup, at)) and (stop := end.search(markup, start.end())):
            kept.append(markup[at : start.start()])
            at = stop.end()
        markup = "".join([*kept, markup[at:]])
    return markup


def to_paragraphs(text: str) -> str:
    """Plain text as HTML; blank lines part paragraphs."""
    return "".join(f"<p>{html.escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def distinct_texts(values: Iterable[object]) -> Iterator[str]:
    """The non-empty ones of some values, as plain text, each once."""
    yield from dict.fromkeys(text for value in values if (text := plain_text(value)))


def date_text(value: object) -> str:
    """A date as it is written there; it is parsed where the article is extracted."""
    return plain_text(value, MAX_DATE)


def language_code(value: object) -> str:
    """The language that a feed or entry declares, as it is written there."""
    return plain_text(value, MAX_LANGUAGE)


def author_names(values: Iterable[object]) -> tuple[str, ...]:
    """The names of at most `MAX_AUTHORS` authors."""
    return tuple(distinct_texts(values))[:MAX_AUTHORS]


def tag_names(values: Iterable[object]) -> tuple[str, ...]:
    """At most `MAX_TAGS` tags."""
    return tuple(distinct_texts(values))[:MAX_TAGS]
