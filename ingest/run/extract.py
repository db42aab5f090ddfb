"""Which extractors answer for a page, and in which order; the way from a page's characters to its article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest import platforms, sites
from ingest.dedup import urls
from ingest.extraction import hints as feed_hints
from ingest.extraction import ladder, rule
from ingest.extraction.body import generic as body
from ingest.extraction.markup import charset, limits
from ingest.extraction.markup.document import Document
from ingest.extraction.metadata import extractor as metadata
from ingest.extraction.metadata import language
from ingest.extraction.metadata.page import canonical
from ingest.extraction.pagination import next_page
from ingest.model import NO_HINTS, Article, Hints, Rule, Source

if TYPE_CHECKING:
    from ingest.extraction.draft import Extractor

#: A feed entry's own HTML is wrapped in this, so that it is read by the same ladder as a page.
_ENTRY = Rule(body=("ingest-entry",))


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
    return _finish(ladder.merge(document, chain(document, source=source, with_sites=not generic)), document)


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


def extract_entry(url: str, source: Source, hints: Hints) -> Article:
    """The article that a feed's entry holds whole (``hints.content``), without asking for its page."""
    html = limits.bounded(f"<ingest-entry>{hints.content}</ingest-entry>", url)
    document = Document(html, url, time_zone=source.time_zone, language=source.language, hints=hints)
    return _finish(ladder.merge(document, (rule.extractor("feed", _ENTRY), feed_hints.EXTRACTOR)), document)


def chain(document: Document, *, source: Source | None = None, with_sites: bool = True) -> list[Extractor]:
    """The ladder for this page: the operator's rule → site → platform → metadata → feed hints → generic."""
    own = rule.extractor(f"rule:{source.name}", source.rule) if source and source.rule else None
    site = _site(document) if with_sites else None
    platform = platforms.recognise(document)
    rungs = (own, site, platform.extractor if platform else None, metadata.EXTRACTOR, feed_hints.EXTRACTOR)
    furniture = platform.furniture if platform else ()
    return [*filter(None, rungs), body.with_furniture(furniture) if furniture else body.EXTRACTOR]


def _site(document: Document) -> Extractor | None:
    """By the page's address; by the one it claims if it was saved or mirrored, as only its reading depends on it."""
    return sites.for_url(document.url) or sites.for_url(canonical(document)[0])


def _finish(article: Article, document: Document) -> Article:
    """What needs the whole article: its language by its text, its canonical URL and first page by its own URL."""
    found = language.detect(article.text, article.language or document.language)
    return replace(
        article,
        language=found,
        canonical_url=_canonical(document.url, article.canonical_url),
        first_page=next_page.first(document, article.canonical_url),
    )


def _canonical(url: str, claimed: str) -> str:
    """What the page claims, as far as it may; a page that came from nowhere, or from no real address, may claim all."""
    try:
        return urls.choose_canonical(url, claimed)
    except urls.BadURL:
        return claimed
