"""A page parsed once, and the views of it that extractors share: elements, ``<meta>``, JSON-LD. Never mutated."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.dedup import raw_urls
from ingest.extraction.markup import loose_json
from ingest.extraction.markup.cloudflare import decode_emails
from ingest.model import NO_HINTS, Hints

if TYPE_CHECKING:
    from collections.abc import Iterator

_LANDMARKS = 'h1, title, base[href], meta, script[type*="ld+json" i], link[rel~="canonical" i]'


class Document:
    """A page parsed once.

    ``html`` is decoded text (see `ingest.extraction.markup.charset`), ``url`` the page's own URL or "".
    ``time_zone`` (IANA name) applies to dates without an offset; ``language`` is the one that the source is configured
    with, or "". Extractors share the tree and never change it: what one leaves out, it skips by `LexborNode.mem_id`.
    """

    def __init__(
        self, html: str, url: str = "", *, time_zone: str = "UTC", language: str = "", hints: Hints = NO_HINTS
    ) -> None:
        self.html = decode_emails(html)
        self.url = url
        self.time_zone = time_zone
        self.language = language
        self.hints = hints
        self.tree = LexborHTMLParser(self.html)

    @cached_property
    def base_url(self) -> str:
        """The URL that relative links are resolved against: ``<base href>`` if it is a URL, else the page's own."""
        base = self.landmarks.get("base")
        try:
            return raw_urls.join(self.url, base[0].attributes.get("href") or "") if base else self.url
        except ValueError:
            return self.url

    @cached_property
    def landmarks(self) -> dict[str, list[LexborNode]]:
        """The elements that hold metadata, by tag, in page order; collected in one pass because each pass is costly."""
        found: dict[str, list[LexborNode]] = {}
        for node in self.tree.css(_LANDMARKS):
            found.setdefault(node.tag or "", []).append(node)
        return found

    def css(self, selector: str) -> list[LexborNode]:
        return self.tree.css(selector)

    def css_first(self, selector: str) -> LexborNode | None:
        return self.tree.css_first(selector)

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """``<meta>`` by lower-cased name, property or itemprop: all non-empty contents (or values), in page order."""
        found: dict[str, list[str]] = {}
        for node in self.landmarks.get("meta", ()):
            attributes = node.attributes
            content = (attributes.get("content") or attributes.get("value") or "").strip()
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            if content and name:
                found.setdefault(name.strip().lower(), []).append(content)
        return found

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """All JSON-LD objects of the page in page order; lists and ``@graph`` are flattened."""
        found: list[dict[str, Any]] = []
        for node in self.landmarks.get("script", ()):
            found.extend(_objects(loose_json.loads(node.text())))
        return found


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"), depth + 1)
