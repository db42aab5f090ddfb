"""Chooses the authors of the article among metadata, bylines and the page's source; `names.people` cleans them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.extraction.metadata import bylines, names
from ingest.extraction.metadata.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.extraction.markup.document import Document
    from ingest.extraction.metadata.json_ld import ArticleObject
    from ingest.extraction.metadata.site import Site
    from ingest.extraction.metadata.surroundings import Surroundings

# Those of libraries first: ``itemprop="author"`` may be the author of a work that is cited.
_META = (
    "citation_author", "citation_authors", "article:author", "author", "parsely-author", "dc.creator",
    "dcterms.creator", "sailthru.author", "byl", "dd:author", "og:article:author", "article:author_name",
    "cxenseparse:author", "authors", "articleauthor", "author_name",
)  # fmt: skip
# "uthor" finds "author" and "Author" in half the time of a case-insensitive comparison.
_MARKED = '[class*="uthor"], [class*="yline"], .vcard, .fn, [rel~="author"], [itemprop~="author"], a[href*="/author"]'
_MOST_MARKED = 30
# What follows "written by" in the page's source: any start tags, then the name.
_WRITTEN_BY = re.compile(r":?\s{0,20}+(?:<[^<>]{0,400}>\s{0,20}+){0,8}+([^<>]{2,60})<")
_AUTHOR_WORD = re.compile(r"author|writ|byline", re.IGNORECASE)
# Without their first letter, so that one search finds "written by" and "Written by".
_BEFORE_BY = ("ritten ", "osted ", "rticle ")
_MOST_MENTIONS = 16

#: (names, origin)
Attribution = tuple[tuple[str, ...], str]


def choose(document: Document, objects: Sequence[ArticleObject], surroundings: Surroundings, site: Site) -> Attribution:
    """The authors and the origin of that answer; both empty if the page names nobody.

    Persons in the metadata come first, then those in a byline: metadata often holds a login where the byline has the
    name. An organisation, mostly the site itself, counts only if no person is named.
    """
    stated: list[Attribution] = []
    for origin, raw in _metadata_authors(document, objects):
        if raw and (people := names.people(raw)):
            stated.append((people, origin))
            persons = tuple(name for name in people if not site.is_name(name))
            if persons and not _is_login(persons):
                return persons, origin
    printed = (
        bylines.authors(surroundings.lines)
        or _bylines_elsewhere(document, surroundings)
        or _confirmed_by_source(document, surroundings)
    )
    if printed and not all(map(site.is_name, printed)) and (not stated or " " in printed[0]):
        return printed, "byline"
    logins = [answer for answer in stated if not all(map(site.is_name, answer[0]))]
    return next(iter(logins or stated), (printed, "byline" if printed else ""))


def _metadata_authors(document: Document, objects: Sequence[ArticleObject]) -> Iterator[tuple[str, Sequence[str]]]:
    for item in objects:
        yield "json-ld", item.authors
    for name in _META:
        values = [value for value in document.meta.get(name, ()) if "://" not in value]
        yield "meta", [_given_name_first(value) for value in values] if name.startswith("citation") else values
    for number in "12":
        if "by" in " ".join(document.meta.get(f"twitter:label{number}", ())).lower().split():
            yield "meta", document.meta.get(f"twitter:data{number}", ())


def _given_name_first(name: str) -> str:
    """The order of a library catalogue reversed: "Doe, Jane" → "Jane Doe"."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first and ";" not in first else name


def _is_login(people: Sequence[str]) -> bool:
    """Whether it is a single word in Latin letters, which is often a login and no name."""
    return len(people) == 1 and " " not in people[0] and people[0].isascii()


def _bylines_elsewhere(document: Document, surroundings: Surroundings) -> tuple[str, ...]:
    """The bylines anywhere on the page, if they all name the same persons; else "written by" in its source."""
    found: tuple[str, ...] = ()
    for line in surroundings.marked(document.css(_MARKED)[:_MOST_MARKED]):
        people = bylines.authors([line])
        if people and found and people != found:
            return _written_by(document)
        found = people or found
    return found or _written_by(document)


def _written_by(document: Document) -> tuple[str, ...]:
    html = document.html
    for word in _BEFORE_BY:
        start = html.find(word)
        for _ in range(_MOST_MENTIONS):
            if start < 0:
                break
            label = start + len(word) + len("by")
            written = _WRITTEN_BY.match(html, label) if html[label - 2 : label].lower() == "by" else None
            people = names.people([plain(written[1])]) if written else ()
            if people and names.is_plausible(people[0]):
                return people
            start = html.find(word, label)
    return ()


def _confirmed_by_source(document: Document, surroundings: Surroundings) -> tuple[str, ...]:
    """A bare name below the headline, if a word for an author precedes it somewhere in the page's source."""
    for name in bylines.unlabelled(surroundings.near):
        start = -1
        for _ in range(_MOST_MENTIONS):
            start = document.html.find(name, start + 1)
            if start < 0:
                break
            if _AUTHOR_WORD.search(document.html, max(0, start - 150), start):
                return (name,)
    return ()
