"""When the article was published and modified, out of the dates a page gives. Chooses; `dates.parse` reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from ingest.extraction import dates
from ingest.extraction.document import Document
from ingest.extraction.metadata.json_ld import Story
from ingest.model import DateCandidate

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "published_time",
    "datepublished", "publish-date", "publish_date", "publishdate", "pubdate", "parsely-pub-date", "sailthru.date",
    "citation_publication_date", "citation_date", "dcterms.issued", "dcterms.created", "dc.date.issued", "dc.date",
    "dcterms.date", "dc.created", "prism.publicationdate", "bt:pubdate", "article.published", "article:post_date",
    "og:pubdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article_date_original", "date",
    "originalpublicationdate", "analyticsattributes.articledate", "article:create_at", "datecreated", "pub_date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified",
    "lastmod", "article:modified", "parsely-updated-date", "revised", "updated_time", "last_updated_date",
)  # fmt: skip
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")


class Dates(NamedTuple):
    """What was chosen, and all that was seen."""

    published: datetime | None
    published_from: str
    modified: datetime | None
    modified_from: str
    seen: tuple[DateCandidate, ...]


def choose(document: Document, stories: Sequence[Story], language: str) -> Dates:
    """The first readable candidate of each field wins; the order of places is the order of trust."""
    seen = [
        DateCandidate(field, where, raw[:200], dates.parse(raw, time_zone=document.time_zone, language=language))
        for field, where, raw in _candidates(document, stories)
    ]
    first = next((one for one in seen if one.field == "published" and one.parsed), None)
    last = next((one for one in seen if one.field == "modified" and one.parsed), None)
    return Dates(
        first.parsed if first else None,
        first.where if first else "",
        last.parsed if last else None,
        last.where if last else "",
        tuple(seen),
    )


def _candidates(
    document: Document, stories: Sequence[Story]
) -> Iterator[tuple[Literal["published", "modified"], str, str]]:
    for story in stories:
        if story.published:
            yield "published", "json-ld", story.published
        if story.modified:
            yield "modified", "json-ld", story.modified
    for name in _PUBLISHED:
        for value in document.meta.get(name, ())[:1]:
            yield "published", "meta", value
    for name in _MODIFIED:
        for value in document.meta.get(name, ())[:1]:
            yield "modified", "meta", value
    for node in document.css('[itemprop~="datePublished"]:not(meta)')[:1]:
        yield "published", "microdata", node.attributes.get("datetime") or node.attributes.get("content") or node.text()
    for node in document.css("time")[:1]:
        yield "published", "time-element", node.attributes.get("datetime") or node.text()
    if found := _IN_URL.search(document.url):
        yield "published", "url", "-".join(found.groups())
