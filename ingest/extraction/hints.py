"""The extractor for what a feed, sitemap or listing already said of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.extraction.draft import Draft, Extractor
from ingest.extraction.metadata import dates, language, names, text
from ingest.model import DateCandidate

if TYPE_CHECKING:
    from ingest.extraction.markup.document import Document


def extract(document: Document) -> Draft:
    """The hints as fields of an article. Dates are parsed from the raw strings; one without a year is not."""
    hints = document.hints
    declared = hints.language or document.language
    published = dates.parse(hints.published, time_zone=document.time_zone, language=declared)
    modified = dates.parse(hints.modified, time_zone=document.time_zone, language=declared)
    seen = (
        DateCandidate("published", "hints", hints.published, published),
        DateCandidate("modified", "hints", hints.modified, modified),
    )
    return Draft(
        title=text.plain(hints.title),
        authors=names.people(hints.authors),
        published=published,
        modified=modified,
        summary=text.plain(hints.summary),
        tags=tuple(dict.fromkeys(filter(None, map(text.plain, hints.tags)))),
        language=language.declared(declared),
        dates=tuple(candidate for candidate in seen if candidate.raw),
    )


EXTRACTOR = Extractor(
    name="hints",
    fields=frozenset({"title", "authors", "published", "modified", "summary", "tags", "language"}),
    extract=extract,
)
