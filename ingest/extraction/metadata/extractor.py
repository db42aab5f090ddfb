"""The metadata extractor: structured metadata and bylines of a page → every field of a `Draft` but the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.extraction.draft import Draft, Extractor
from ingest.extraction.metadata import authors, headline, json_ld, language, page, published, site
from ingest.extraction.metadata.surroundings import Surroundings

if TYPE_CHECKING:
    from ingest.extraction.markup.document import Document

__all__ = ["EXTRACTOR", "extract"]


def extract(document: Document) -> Draft:
    """What the page says of its article. ``origins`` has the origin of each field, ``dates`` all candidates."""
    objects = json_ld.article_objects(document)
    own_site = site.of(document, objects)
    head = headline.find(document, objects, own_site)
    surroundings = Surroundings(head.node)
    locale, locale_from = page.declared_language(document, objects)
    dates = published.choose(document, objects, surroundings, locale or document.language)
    found = {
        "title": (head.text, head.origin),
        "authors": authors.choose(document, objects, surroundings, own_site),
        "published": (dates.published, dates.published_from),
        "modified": (dates.modified, dates.modified_from),
        "language": (language.declared(locale), locale_from),
        "section": page.section(document, objects),
        "tags": page.tags(document, objects),
        "summary": page.summary(document, objects),
        "image": page.image(document, objects),
        "site_name": (own_site.name, own_site.origin),
        "canonical_url": page.canonical(document),
        "paywalled": page.paywalled(document, objects),
        "robots": page.robots(document),
    }
    return Draft(
        **{field: value for field, (value, _) in found.items()},  # type: ignore[arg-type]
        origins={field: origin for field, (value, origin) in found.items() if value or value is False},
        dates=dates.seen,
    )


EXTRACTOR = Extractor(
    name="metadata",
    fields=frozenset(
        {"title", "authors", "published", "modified", "language", "section", "tags", "summary", "image", "site_name"}
        | {"canonical_url", "paywalled", "robots"}
    ),
    extract=extract,
)
