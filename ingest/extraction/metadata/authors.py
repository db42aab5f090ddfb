"""Who wrote the article, out of the places where a page says so. `names.people` cleans what is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.extraction.document import Document
from ingest.extraction.metadata.json_ld import Story
from ingest.extraction.metadata.names import people

_META = (
    "author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "citation_author",
    "sailthru.author", "byl", "dd:author", "og:article:author", "article:author_name", "cxenseparse:author",
)  # fmt: skip
_BYLINES = (
    '[itemprop~="author"] [itemprop~="name"], [itemprop~="author"]:not(meta):not(link)',
    '[rel~="author"]',
    ".byline, .author, .author-name, .byline-name, .article-author",
)


def choose(document: Document, stories: Sequence[Story], site_names: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """(names, where they stood); both empty if the page names nobody."""
    for where, bylines in _candidates(document, stories):
        names = tuple(name for name in people(bylines) if name not in site_names)
        if names:
            return names, where
    return (), ""


def _candidates(document: Document, stories: Sequence[Story]) -> Iterator[tuple[str, Sequence[str]]]:
    for story in stories:
        yield "json-ld", story.authors
    for name in _META:
        yield "meta", [value for value in document.meta.get(name, ()) if "://" not in value]
    for selector in _BYLINES:
        yield "byline", [node.text(separator=" ") for node in document.css(selector)[:5]]
