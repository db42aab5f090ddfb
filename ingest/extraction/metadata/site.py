"""What the site calls itself, so that its name can be told from titles and authors."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from ingest.extraction.document import Document
from ingest.extraction.metadata.json_ld import Story
from ingest.extraction.metadata.text import plain

_META = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:app:name:iphone", "dc.publisher")


def name(document: Document, stories: Sequence[Story]) -> tuple[str, str]:
    """(name, where it stood)."""
    for value in document.meta.get("og:site_name", ()):
        if text := plain(value):
            return text, "opengraph"
    for story in stories:
        if story.publisher:
            return plain(story.publisher), "json-ld"
    for value in document.meta.get("application-name", ()):
        return plain(value), "meta"
    return "", ""


def names(document: Document, stories: Sequence[Story]) -> list[str]:
    """All that the page calls the site, its host among them."""
    found = [plain(value) for meta in _META for value in document.meta.get(meta, ())]
    found += [story.publisher for story in stories]
    found += [item["name"] for item in document.json_ld if item.get("@type") == "WebSite" and plain(item.get("name"))]
    host = (urlsplit(document.url).hostname or "").removeprefix("www.")
    if host:
        found += [host, host.partition(".")[0]]
    return list(dict.fromkeys(filter(None, found)))
