"""Chooses the dates of publication and of the last change among all dates that a page gives."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Literal, NamedTuple

from ingest.extraction.metadata import dates, printed_dates
from ingest.model import DateCandidate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.extraction.markup.document import Document
    from ingest.extraction.metadata.json_ld import ArticleObject
    from ingest.extraction.metadata.printed_dates import PrintedDate
    from ingest.extraction.metadata.surroundings import Surroundings

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "published_time",
    "datepublished", "publish-date", "publish_date", "publishdate", "publication_date", "pubdate", "published",
    "parsely-pub-date", "sailthru.date", "citation_publication_date",
    "citation_online_date", "citation_date", "dcterms.issued",
    "dc.date.issued", "prism.publicationdate", "bt:pubdate",
    "article.published", "article:post_date", "og:pubdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "article_date_original", "originalpublicationdate", "pub_date",
)  # fmt: skip
# Often the date of the file, of the template or of the first draft; printed dates are preferred to them.
_WEAK = ("dc.date", "dcterms.date", "dcterms.created", "dc.created", "datecreated", "displaydate", "date")
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified",
    "lastmod", "article:modified", "parsely-updated-date", "revised", "updated_time", "last_updated_date",
)  # fmt: skip
# /2024/05/03/, /20240503…, /2024/may/03/, and article ids that begin with the minute of creation.
_IN_URL = (
    re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/([0-3]?\d)(?:/|$)"),
    re.compile(r"[/=][A-Z]{0,4}(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d\d{2,12}(?!\d)"),
)
# "ublish" finds "published" and "Published" in half the time of a case-insensitive comparison.
_MARKED = 'time, [class*="date"], [class*="ublish"]'
_PUBLISHED_NAME = re.compile(r"publi(?:sh|shed|cation)[-_.:]?(?:date|time|on|at)|(?:date|time)[-_.:]?publi|pub[-_]date")
_MOST_MARKED = 60
_SAME_TIME = timedelta(days=2)
# In the state of scripts, also with escaped quotation marks: "datePublished":"2024-05-03…".
_IN_STATE = re.compile(
    r"""(?:datePublished|publish(?:ed)?_?(?:[aA]t|[oO]n|[dD]ate)|(?:first|original)Published(?:[aA]t|[dD]ate)?)
    (?:\\{0,3}"|&quot;|&\#34;)\s?:\s?(?:\\{0,3}"|&quot;|&\#34;)([12]\d{3}-[01]\d-[0-3]\d[^"\\&]{0,20})""",
    re.VERBOSE,
)
_MOST_MENTIONS = 40
# A moment up to so long after a printed midnight may be of the printed day in another time zone.
_SAME_DAY = timedelta(hours=36)

_DAY = timedelta(days=1)
_FARTHEST_WEST = 11  # hours from UTC
_FARTHEST_EAST = 14
# Set by hand while reading pages of the corpus; what halving or doubling each of them changes stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_NEAR_BEFORE = 3  # lines in front of the headline
_NEAR_BEHIND = 12  # lines after it

Field = Literal["published", "modified"]
_StatedDate = tuple[Field, str, str]


class Dates(NamedTuple):
    """The chosen dates with their origins, and all candidates."""

    published: datetime | None
    published_from: str
    modified: datetime | None
    modified_from: str
    seen: tuple[DateCandidate, ...]


def choose(document: Document, objects: Sequence[ArticleObject], surroundings: Surroundings, language: str) -> Dates:
    """The first candidate of each field that can be parsed; origins are tried in the order of trust.

    Metadata comes before print, with one exception: a date printed at the headline that is older than the published one
    of the metadata wins, since some systems write the day of the last upload into the metadata. A page that gives
    nothing but the date of a change counts as published then (with the origin ``modified``).
    """
    seen = _candidates(document, _metadata_dates(document, objects), language)
    published, modified = _first(seen, "published"), _first(seen, "modified")
    if not _differ(published, modified):
        lines = surroundings.near if published else surroundings.lines
        printed = printed_dates.find(lines, time_zone=document.time_zone, language=language)
        seen += [DateCandidate(one.field, "byline", one.raw, one.when) for one in printed]
        shown = _preferred_print(printed, published)
        if shown:
            published = DateCandidate("published", "byline", shown.raw, shown.when)
        elif published:
            published = _on_printed_day(published, printed)
    for further in (_weak_metadata, _marked_elsewhere, _in_scripts):
        if not published:
            seen += further(document, surroundings, language)
            published = _first(seen, "published")
    modified = _first(seen, "modified")
    return Dates(*_with_origin(published or modified), *_with_origin(modified, "modified"), tuple(seen))


def _with_origin(chosen: DateCandidate | None, field: Field = "published") -> tuple[datetime | None, str]:
    """The date and its origin; a date that stands in for ``field`` has its own field as the origin."""
    if not chosen:
        return None, ""
    return chosen.parsed, chosen.where if chosen.field == field else chosen.field


def _differ(published: DateCandidate | None, modified: DateCandidate | None) -> bool:
    """Whether the metadata has two clearly different dates, so that print has nothing to correct."""
    if not published or not modified or not published.parsed or not modified.parsed:
        return False
    return modified.parsed - published.parsed > _SAME_TIME


def _candidates(document: Document, stated: Iterator[_StatedDate], language: str) -> list[DateCandidate]:
    read: dict[str, datetime | None] = {}
    found = []
    for field, where, raw in stated:
        if raw not in read:
            read[raw] = dates.parse(raw, time_zone=document.time_zone, language=language)
        found.append(DateCandidate(field, where, raw[:200], read[raw]))
    return found


def _first(seen: Sequence[DateCandidate], field: Field) -> DateCandidate | None:
    return next((one for one in seen if one.field == field and one.parsed), None)


def _preferred_print(printed: Sequence[PrintedDate], stated: DateCandidate | None) -> PrintedDate | None:
    """The printed date that is preferred to the one of the metadata, if any.

    Preferred is a date of the same moment, because it has the offset of the readers, and an older one. The latter must
    be older by more than a day, which may be a difference of time zones, and the only day that is printed close to the
    headline.
    """
    dated = [one for one in printed if one.field == "published"]
    if stated is None or stated.parsed is None:
        # A date far in front of the headline may belong to the menu.
        near = [one for one in dated if -_NEAR_BEFORE <= one.steps <= _NEAR_BEHIND]
        return min(near, key=lambda one: (not one.labelled, one.steps < 0), default=next(iter(dated), None))
    for one in dated:
        if one.when == stated.parsed:
            return one
    close = [one for one in dated if one.steps >= -1]
    if len({one.when.date() for one in close}) == 1 and close[0].when < stated.parsed - _SAME_DAY:
        return close[0]
    return None


def _on_printed_day(stated: DateCandidate, printed: Sequence[PrintedDate]) -> DateCandidate:
    """The same moment, in an offset in which it falls on the day that the page prints.

    Metadata is often in UTC, where it may be the day before or after. The site's offset is not known; the smallest one
    with that day is taken.
    """
    days = {one.when.date() for one in printed if one.field == "published" and one.steps >= -_NEAR_BEFORE}
    if stated.parsed is None or stated.parsed.utcoffset() or len(days) != 1:
        return stated
    moment = stated.parsed
    day = days.pop()
    if day == moment.date() - _DAY and moment.hour < _FARTHEST_WEST:
        offset = -timedelta(hours=moment.hour + 1)
    elif day == moment.date() + _DAY and moment.hour >= 24 - _FARTHEST_EAST:
        offset = timedelta(hours=24 - moment.hour)
    else:
        return stated
    return replace(stated, parsed=moment.astimezone(timezone(offset)))


def _metadata_dates(document: Document, objects: Sequence[ArticleObject]) -> Iterator[_StatedDate]:
    for item in objects:
        if item.published:
            yield "published", "json-ld", item.published
        if item.modified:
            yield "modified", "json-ld", item.modified
    yield from _metas(document, "published", _PUBLISHED)
    yield from _house_metas(document)
    yield from _metas(document, "modified", _MODIFIED)


def _metas(document: Document, field: Field, names: Sequence[str]) -> Iterator[_StatedDate]:
    for name in names:
        for value in document.meta.get(name, ())[:1]:
            yield field, ("opengraph" if name.startswith(("article:", "og:")) else "meta"), value


def _house_metas(document: Document) -> Iterator[_StatedDate]:
    """Publication dates under names of the site's own, such as ``x-published-date``."""
    for name, values in document.meta.items():
        if "pub" in name and name not in _PUBLISHED and _PUBLISHED_NAME.search(name):
            yield "published", "meta", values[0]


def _weak_metadata(document: Document, _surroundings: Surroundings, language: str) -> list[DateCandidate]:
    return _candidates(document, _metas(document, "published", _WEAK), language)


def _marked_elsewhere(document: Document, surroundings: Surroundings, language: str) -> Iterator[DateCandidate]:
    """Dates that are marked as such anywhere on the page, and that of the URL."""
    lines = surroundings.marked(document.css(_MARKED)[:_MOST_MARKED])
    printed = printed_dates.find(lines, time_zone=document.time_zone, language=language)
    labelled = [one for one in printed if one.labelled and one.field == "published"]
    plain = [one for one in printed if one.field == "published"]
    chosen = labelled[:1] or (plain[:1] if len({one.when.date() for one in plain}) <= 2 else [])
    for one in chosen:
        yield DateCandidate("published", "time-element", one.raw, one.when)
    # The URL of a web archive holds that of the page, after the day of the copy.
    address = document.url[max(document.url.rfind("://"), 0) :]
    for pattern in _IN_URL:
        if found := pattern.search(address):
            year, month, day = found.groups()
            raw = f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}"
            yield DateCandidate("published", "url", raw, dates.parse(raw, time_zone=document.time_zone))
    for one in printed:
        if one.field == "modified":
            yield DateCandidate("modified", "time-element", one.raw, one.when)


def _in_scripts(document: Document, _surroundings: Surroundings, language: str) -> Iterator[DateCandidate]:
    """The publication date in the state of the page's scripts, if they have only one such day."""
    found: dict[str, str] = {}
    start = document.html.find("ublish")
    for _ in range(_MOST_MENTIONS):
        if start < 0:
            break
        stated = _IN_STATE.search(document.html, max(0, start - 14), start + 80)
        if stated:
            found.setdefault(stated[1][:10], stated[1])
        start = document.html.find("ublish", start + 6)
    if len(found) == 1:
        raw = next(iter(found.values()))
        when = dates.parse(raw, time_zone=document.time_zone, language=language)
        yield DateCandidate("published", "script", raw, when)
