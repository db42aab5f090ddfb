"""Who wrote the article, out of the places where a page says so. `names.people` cleans what is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.extraction.document import Document
from ingest.extraction.metadata import bylines, names, surroundings
from ingest.extraction.metadata.headline import Headline
from ingest.extraction.metadata.json_ld import Story
from ingest.extraction.metadata.site import Site
from ingest.extraction.metadata.surroundings import Line
from ingest.extraction.metadata.text import key

_META = (
    "author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "citation_author", "citation_authors",
    "sailthru.author", "byl", "dd:author", "og:article:author", "article:author_name", "cxenseparse:author", "authors",
)  # fmt: skip
_MARKED = (
    '[itemprop~="author"]:not(meta):not(link), [rel~="author"], [class*="byline" i]:not(body), [class*="author" i]:not(body)'
    ", .writer, .reporter, address.vcard, .fn"
)
_MOST_MARKED = 30

Answer = tuple[tuple[str, ...], str]


def choose(document: Document, stories: Sequence[Story], head: Headline, lines: Sequence[Line], site: Site) -> Answer:
    """(names, where they stood); both empty if the page names nobody.

    Persons first: those of the metadata, then those of the byline. The metadata often holds a login where the byline
    holds the name. An organisation, mostly the site itself, is the author only if no person is named.
    """
    stated = [(people, where) for where, raw in _stated(document, stories) if (people := names.people(raw))]
    persons = [(people, where) for people, where in stated if not all(map(site.is_name, people))]
    printed = bylines.read(lines)
    if persons and not (printed and _is_login(persons[0][0])):
        people, where = persons[0]
        return tuple(name for name in people if not site.is_name(name)), where
    if printed:
        return printed, "byline"
    found = _elsewhere(document, head)
    if found:
        return found, "byline"
    if stated:
        return stated[0]
    return (), ""


def _stated(document: Document, stories: Sequence[Story]) -> Iterator[tuple[str, Sequence[str]]]:
    for story in stories:
        yield "json-ld", story.authors
    for name in _META:
        yield "meta", [value for value in document.meta.get(name, ()) if "://" not in value]


def _is_login(people: Sequence[str]) -> bool:
    """Whether this is no name but what somebody logs in with: one word in lower case or with a dot in it."""
    return len(people) == 1 and " " not in people[0] and (people[0].islower() or "." in people[0][1:-1])


def _elsewhere(document: Document, head: Headline) -> tuple[str, ...]:
    """A byline anywhere on the page, if all bylines of the page name the same persons."""
    lines = surroundings.marked(document.css(_MARKED)[:_MOST_MARKED], head.node)
    found = [people for line in lines if (people := bylines.read([line]))]
    keys = {key(" ".join(people)) for people in found}
    return found[0] if len(keys) == 1 else ()
