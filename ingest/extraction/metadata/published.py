"""When the article was published and modified, out of the dates a page gives. Chooses; `dates.parse` reads them."""

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
#: What systems fill with the date of the file, of the template or of the first draft: print is believed before them.
_WEAK = ("dc.date", "dcterms.date", "dcterms.created", "dc.created", "datecreated", "displaydate", "date")
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified",
    "lastmod", "article:modified", "parsely-updated-date", "revised", "updated_time", "last_updated_date",
)  # fmt: skip
#: /2024/05/03/, /20240503…, /2024/may/03/, and numbers of articles that begin with the minute they were made in.
_IN_URL = (
    re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/([0-3]?\d)(?:/|$)"),
    re.compile(r"[/=][A-Z]{0,4}(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d\d{2,12}(?!\d)"),
)
# "ublish" finds "published" and "Published" at half the cost of a comparison without regard to case.
_MARKED = 'time, [class*="date"], [class*="ublish"]'
_PUBLISHED_NAME = re.compile(r"publi(?:sh|shed|cation)[-_.:]?(?:date|time|on|at)|(?:date|time)[-_.:]?publi|pub[-_]date")
_MOST_MARKED = 60
_SAME_TIME = timedelta(days=2)
#: The state that scripts are handed, also with its quotation marks escaped: "datePublished":"2024-05-03…".
_IN_STATE = re.compile(
    r"""(?:datePublished|publish(?:ed)?_?(?:[aA]t|[oO]n|[dD]ate)|(?:first|original)Published(?:[aA]t|[dD]ate)?)
    (?:\\{0,3}"|&quot;|&\#34;)\s?:\s?(?:\\{0,3}"|&quot;|&\#34;)([12]\d{3}-[01]\d-[0-3]\d[^"\\&]{0,20})""",
    re.VERBOSE,
)
_MOST_MENTIONS = 40
#: From the first hour of a day in the east to its last one in the west, less the day's own zone, which is not known.
_SAME_DAY = timedelta(hours=36)

_DAY = timedelta(days=1)
_FARTHEST_WEST = 11  # hours from UTC
_FARTHEST_EAST = 14
_NEAR_BEFORE = 3  # lines
_NEAR_BEHIND = 12

Field = Literal["published", "modified"]
_StatedDate = tuple[Field, str, str]


class Dates(NamedTuple):
    """What was chosen, and all that was seen."""

    published: datetime | None
    published_from: str
    modified: datetime | None
    modified_from: str
    seen: tuple[DateCandidate, ...]


def choose(document: Document, objects: Sequence[ArticleObject], surroundings: Surroundings, language: str) -> Dates:
    """The first readable candidate of each field; the places are asked in the order of trust.

    Metadata is believed before print, with one exception: a date printed at the headline that is older than the
    published one of the metadata is the true one, since systems write the day of the last upload there. A page that
    gives nothing but the date of a change is taken to be of that date (``origins`` then says ``modified``).
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
    """The date and its place; a date that answers for another field is named after its own."""
    if not chosen:
        return None, ""
    return chosen.parsed, chosen.where if chosen.field == field else chosen.field


def _differ(published: DateCandidate | None, modified: DateCandidate | None) -> bool:
    """Whether the metadata tells the two apart, so that print has nothing to correct."""
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
    """The printed date that is to be preferred to the stated one.

    That is one of the same moment, because it is written in the reader's offset, and one that is older: a day's
    difference may be that of two time zones, and where the page prints several days it is not clear which is meant.
    """
    dated = [one for one in printed if one.field == "published"]
    if stated is None or stated.parsed is None:
        # What stands far in front of the headline may belong to the menu.
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
    """The same moment, on the day that the page prints.

    Systems give it in UTC, where it may already, or still, be another day. How far from there the page is printed is
    not known; the nearest offset with that day is taken.
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
    """House names, as ``x-published-date``."""
    for name, values in document.meta.items():
        if "pub" in name and name not in _PUBLISHED and _PUBLISHED_NAME.search(name):
            yield "published", "meta", values[0]


def _weak_metadata(document: Document, _surroundings: Surroundings, language: str) -> list[DateCandidate]:
    return _candidates(document, _metas(document, "published", _WEAK), language)


def _marked_elsewhere(document: Document, surroundings: Surroundings, language: str) -> Iterator[DateCandidate]:
    """Dates that are marked as such anywhere on the page; the URL; only if no other place had one."""
    lines = surroundings.marked(document.css(_MARKED)[:_MOST_MARKED])
    printed = printed_dates.find(lines, time_zone=document.time_zone, language=language)
    labelled = [one for one in printed if one.labelled and one.field == "published"]
    plain = [one for one in printed if one.field == "published"]
    chosen = labelled[:1] or (plain[:1] if len({one.when.date() for one in plain}) <= 2 else [])
    for one in chosen:
        yield DateCandidate("published", "time-element", one.raw, one.when)
    # An archive's address holds the page's own one, behind the day of the copy.
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
    """What the page's scripts call its publication, if they know of one such day only."""
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
