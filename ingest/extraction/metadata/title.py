"""Which of the page's several titles is the article's. Takes the site's name off; invents none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ingest.extraction.document import Document
from ingest.extraction.metadata.json_ld import Story
from ingest.extraction.metadata.text import plain

_META = ("og:title", "twitter:title", "citation_title", "parsely-title", "sailthru.title", "dc.title", "title")
_SEPARATOR = re.compile(r"\s+[|–—\-·•»«:/~>‹›❘∣⋆]+\s+|\s*[|｜]\s*|\s+::\s+")
_WORD = re.compile(r"\w+")
_LONGEST = 500


def choose(document: Document, stories: Sequence[Story], site_names: Sequence[str]) -> tuple[str, str]:
    """(title, where it stood); both empty if the page has none."""
    headings = list(_headings(document))
    others = list(_others(document, stories, site_names))
    for heading in headings:
        if any(_agree(heading, other) for _, other in others):
            return heading, "h1"
    if others:
        where, title = others[0]
        return title, where
    return (headings[0], "h1") if headings else ("", "")


def _headings(document: Document) -> Iterator[str]:
    for node in document.css("h1")[:10]:
        text = plain(node.text(separator=""), _LONGEST)
        if text:
            yield text


def _others(document: Document, stories: Sequence[Story], site_names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for story in stories:
        if story.is_article and story.headline:
            yield "json-ld", without_site(story.headline, site_names)
    for name in _META:
        for value in document.meta.get(name, ())[:1]:
            yield ("opengraph" if name.startswith("og:") else "meta"), without_site(plain(value, _LONGEST), site_names)
    node = document.css_first("title")
    if node and (text := plain(node.text(), _LONGEST)):
        yield "title-tag", without_site(text, site_names)


def without_site(title: str, site_names: Sequence[str]) -> str:
    """``title`` less the name of the site at its end or beginning."""
    known = {_key(name) for name in site_names if name}
    cuts = list(_SEPARATOR.finditer(title))
    for cut in reversed(cuts):
        if _key(title[cut.end() :]) in known:
            return title[: cut.start()].strip()
    for cut in cuts[:1]:
        if _key(title[: cut.start()]) in known:
            return title[cut.end() :].strip()
    return title


def _key(text: str) -> str:
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _agree(heading: str, other: str) -> bool:
    """Whether two strings are versions of one title: one holds the other, or most of their words are the same."""
    a, b = _key(heading), _key(other)
    if not a or not b:
        return False
    if a == b or (len(a) > 10 and a in b) or (len(b) > 10 and b in a):
        return True
    first, second = (set(_WORD.findall(text.casefold())) for text in (heading, other))
    return 2 * len(first & second) > max(len(first), len(second))
