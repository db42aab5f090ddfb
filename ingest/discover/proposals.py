"""Ways to follow a site, and the ``<link>`` elements by which a page declares them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.dedup import urls
from ingest.discover.feed_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

    from ingest.model import Kind


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to follow a site."""

    kind: Kind
    url: str
    title: str
    why: str
    """For an operator: what on the page says so."""


@dataclass(frozen=True, slots=True)
class LinkElement:
    """A ``<link>`` of an HTML page: canonical URL, title, and media type in lower case without parameters."""

    url: str
    title: str
    media_type: str


def link_elements(tree: LexborHTMLParser, selector: str, base: str) -> Iterator[LinkElement]:
    """The ``<link>`` elements that match ``selector`` and whose URL, relative to ``base``, can be fetched."""
    for node in tree.css(selector):
        try:
            url = urls.canonical(node.attributes.get("href") or "", base)
        except urls.BadURL:
            continue
        media_type = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        yield LinkElement(url, plain_text(node.attributes.get("title"), 200), media_type)
