"""From a page's bytes to its article: decodes and parses it, looks up its site and platform, and asks their chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest import platforms, sites
from ingest.extraction import chain, rule
from ingest.extraction.markup import charset, limits
from ingest.extraction.markup.document import Document
from ingest.extraction.metadata.page import canonical
from ingest.model import NO_HINTS, Article, Hints, Source

if TYPE_CHECKING:
    from ingest.extraction.draft import Extractor


def extract_page(
    html: str | bytes,
    url: str = "",
    *,
    content_type: str = "",
    source: Source | None = None,
    hints: Hints = NO_HINTS,
    generic: bool = False,
) -> Article:
    """The article of one page.

    ``content_type`` is the header's value, for bytes. ``source`` gives its rule, time zone and language; ``hints`` is
    what the feed said. ``generic`` leaves the site files out. Raises `ExtractError`.
    """
    document = parse(html, url, content_type=content_type, source=source, hints=hints)
    return chain.article(document, extractors_for(document, source=source, with_sites=not generic))


def extract_entry(url: str, source: Source, hints: Hints) -> Article:
    """The article that a feed's entry holds in full (``hints.content``), without its page. Raises `ExtractError`."""
    document = parse(chain.entry_page(hints.content), url, source=source, hints=hints)
    return chain.article(document, chain.FEED_ENTRY)


def parse(
    html: str | bytes, url: str = "", *, content_type: str = "", source: Source | None = None, hints: Hints = NO_HINTS
) -> Document:
    """The page, decoded, checked and ready for the extractors; arguments and errors as of `extract_page`."""
    text = charset.decode(html, content_type) if isinstance(html, bytes) else html
    return Document(
        limits.bounded(text, url),
        url,
        time_zone=source.time_zone if source else "UTC",
        language=source.language if source else "",
        hints=hints,
    )


def extractors_for(document: Document, *, source: Source | None = None, with_sites: bool = True) -> list[Extractor]:
    """The chain for this page: with the rule of its source, and with what is known of its site and its platform."""
    platform = platforms.recognise(document)
    return chain.compose(
        rule=rule.extractor(f"rule:{source.name}", source.rule) if source and source.rule else None,
        site=_site(document) if with_sites else None,
        platform=platform.extractor if platform else None,
        furniture=platform.furniture if platform else (),
    )


def _site(document: Document) -> Extractor | None:
    """The site of the page's address; for a saved or mirrored page, that of the address which the page claims."""
    return sites.for_url(document.url) or sites.for_url(canonical(document)[0])
