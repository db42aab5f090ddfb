"""Structured metadata and bylines of a page → every field of a `Draft` but the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.extraction.draft import Draft, Extractor
from ingest.extraction.metadata import authors, headline, json_ld, language, page, published, site, surroundings

if TYPE_CHECKING:
    from ingest.extraction.markup.document import Document

__all__ = ["EXTRACTOR", "extract"]


def extract(document: Document) -> Draft:
    """What the page says of its article; ``origins`` names the place of each answer, ``dates`` holds all candidates."""
    stories = json_ld.stories(document)
    place = site.of(document, stories)
    head = headline.find(document, stories, place)
    near = surroundings.Surroundings(head.node)
    locale, locale_from = page.declared_language(document, stories)
    dates = published.choose(document, stories, near, locale or document.language)
    found = {
        "title": (head.text, head.where),
        "authors": authors.choose(document, stories, near, place),
        "published": (dates.published, dates.published_from),
        "modified": (dates.modified, dates.modified_from),
        "language": (language.declared(locale), locale_from),
        "section": page.section(document, stories),
        "tags": page.tags(document, stories),
        "summary": page.summary(document, stories),
        "image": page.image(document, stories),
        "site_name": (place.name, place.origin),
        "canonical_url": page.canonical(document),
        "paywalled": page.paywalled(document, stories),
        "robots": page.robots(document),
    }
    return Draft(
        **{field: value for field, (value, _) in found.items()},  # type: ignore[arg-type]
        origins={field: where for field, (value, where) in found.items() if value or value is False},
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
