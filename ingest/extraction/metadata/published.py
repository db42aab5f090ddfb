"""When the article was published and modified, out of the dates a page gives. Chooses; `dates.parse` reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from ingest.extraction import dates
from ingest.extraction.document import Document
from ingest.extraction.metadata import printed_dates, surroundings
from ingest.extraction.metadata.json_ld import Story
from ingest.extraction.metadata.surroundings import Surroundings
from ingest.model import DateCandidate

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "published_time",
    "datepublished", "publish-date", "publish_date", "publishdate", "publication_date", "pubdate", "published",
    "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "dcterms.issued",
    "dcterms.created", "dc.date.issued", "dc.date", "dcterms.date", "dc.created", "prism.publicationdate", "bt:pubdate",
    "article.published", "article:post_date", "og:pubdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "article_date_original", "originalpublicationdate", "datecreated", "pub_date", "displaydate", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified",
    "lastmod", "article:modified", "parsely-updated-date", "revised", "updated_time", "last_updated_date",
)  # fmt: skip
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_MARKED = (
    'time, abbr[title], [itemprop~="datePublished"]:not(meta), [class*="date" i]:not(body), [class*="publish" i]:not(body)'
    ', [class*="posted" i], [class*="time" i]:not(body), [class*="meta" i]:not(body), [class*="byline" i]'
)
_MOST_MARKED = 60

Field = Literal["published", "modified"]


class Dates(NamedTuple):
    """What was chosen, and all that was seen."""

    published: datetime | None
    published_from: str
    modified: datetime | None
    modified_from: str
    seen: tuple[DateCandidate, ...]


def choose(document: Document, stories: Sequence[Story], near: Surroundings, language: str) -> Dates:
    """The first readable candidate of each field; the places are asked in the order of trust.

    Metadata is believed before print, with one exception: a date printed at the headline that is older than the
    published one of the metadata is the true one, since systems write the day of the last upload there. A page that
    gives nothing but the date of a change is taken to be of that date (``origins`` then says ``modified``).
    """
    seen = [
        DateCandidate(field, where, raw[:200], dates.parse(raw, time_zone=document.time_zone, language=language))
        for field, where, raw in _stated(document, stories)
    ]
    published = _first(seen, "published")
    lines = near.near if published else near.lines
    printed = printed_dates.read(lines, time_zone=document.time_zone, language=language)
    seen += [DateCandidate(one.field, "byline", one.raw, one.when) for one in printed]
    shown = next((one for one in printed if one.field == "published"), None)
    if shown and (not published or _is_earlier(shown, published)):
        published = DateCandidate("published", "byline", shown.raw, shown.when)
    if not published:
        seen += _elsewhere(document, near, language)
        published = _first(seen, "published")
    modified = _first(seen, "modified")
    if not published and modified:
        published = modified
    return Dates(
        published.parsed if published else None,
        "" if not published else published.where if published.field == "published" else "modified",
        modified.parsed if modified else None,
        modified.where if modified else "",
        tuple(seen),
    )


def _first(seen: Sequence[DateCandidate], field: Field) -> DateCandidate | None:
    return next((one for one in seen if one.field == field and one.parsed), None)


def _is_earlier(shown: printed_dates.Printed, stated: DateCandidate) -> bool:
    """A day's difference may be that of two time zones."""
    return stated.parsed is not None and shown.when < stated.parsed - timedelta(days=2)


def _stated(document: Document, stories: Sequence[Story]) -> Iterator[tuple[Field, str, str]]:
    for story in stories:
        if story.published:
            yield "published", "json-ld", story.published
        if story.modified:
            yield "modified", "json-ld", story.modified
    yield from _metas(document, "published", _PUBLISHED)
    yield from _metas(document, "modified", _MODIFIED)


def _metas(document: Document, field: Field, names: Sequence[str]) -> Iterator[tuple[Field, str, str]]:
    for name in names:
        for value in document.meta.get(name, ())[:1]:
            yield field, ("opengraph" if name.startswith(("article:", "og:")) else "meta"), value


def _elsewhere(document: Document, near: Surroundings, language: str) -> Iterator[DateCandidate]:
    """Dates that are marked as such anywhere on the page; the URL; only if no other place had one."""
    lines = surroundings.marked(document.css(_MARKED)[:_MOST_MARKED], near.headline)
    printed = printed_dates.read(lines, time_zone=document.time_zone, language=language)
    labelled = [one for one in printed if one.labelled and one.field == "published"]
    plain = [one for one in printed if one.field == "published"]
    chosen = labelled[:1] or (plain[:1] if len({one.when.date() for one in plain}) <= 2 else [])
    for one in chosen:
        yield DateCandidate("published", "time-element", one.raw, one.when)
    if found := _IN_URL.search(document.url):
        raw = "-".join(found.groups())
        yield DateCandidate("published", "url", raw, dates.parse(raw, time_zone=document.time_zone))
    for one in printed:
        if one.field == "modified":
            yield DateCandidate("modified", "time-element", one.raw, one.when)
