"""The chain of extractors for a page: their order, and the article that comes out of it.

Sites and platforms are looked up elsewhere and handed in; this package knows none of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.dedup import urls
from ingest.extraction import hints, ladder
from ingest.extraction.body import generic
from ingest.extraction.metadata import extractor as metadata
from ingest.extraction.metadata import language
from ingest.extraction.pagination import next_page
from ingest.extraction.rule import extractor
from ingest.model import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.extraction.draft import Extractor
    from ingest.extraction.markup.document import Document
    from ingest.model import Article

_ENTRY_TAG = "ingest-entry"
#: For the HTML of a feed's entry (`entry_page`), which needs no metadata and nothing left out.
FEED_ENTRY = (extractor("feed", Rule(body=(_ENTRY_TAG,))), hints.EXTRACTOR)


def entry_page(content: str) -> str:
    """The HTML of a feed's entry as a page that `FEED_ENTRY` reads."""
    return f"<{_ENTRY_TAG}>{content}</{_ENTRY_TAG}>"


def compose(
    *,
    rule: Extractor | None = None,
    site: Extractor | None = None,
    platform: Extractor | None = None,
    furniture: tuple[str, ...] = (),
) -> list[Extractor]:
    """The operator's rule → site → platform → metadata → feed hints → generic; those that there are.

    ``furniture`` are selectors of what the page's platform puts around texts, for the generic extractor.
    """
    known = filter(None, (rule, site, platform))
    return [
        *known,
        metadata.EXTRACTOR,
        hints.EXTRACTOR,
        generic.with_furniture(furniture) if furniture else generic.EXTRACTOR,
    ]


def article(document: Document, chain: Sequence[Extractor]) -> Article:
    """The article that ``chain`` reads in the page. Raises as `ladder.merge` does.

    What needs the whole article is added: its language by its text, its canonical URL and first page by its own URL.
    """
    merged = ladder.merge(document, chain)
    return replace(
        merged,
        language=language.detect(merged.text, merged.language or document.language),
        canonical_url=_canonical(document.url, merged.canonical_url),
        first_page=next_page.first(document, merged.canonical_url),
    )


def _canonical(url: str, claimed: str) -> str:
    """The address that the page claims, if it may; a page without a real address of its own may claim any."""
    try:
        return urls.choose_canonical(url, claimed)
    except urls.BadURL:
        return claimed
