"""A `Rule` as an extractor, and what is wrong with one. Knows no site; reads selectors and literal strings only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingest.article.body import EMPTY_BODY, Body, clean
from ingest.extraction.body.lines import Line, closing, kept, lines, signed
from ingest.extraction.draft import Draft, Extractor
from ingest.extraction.markup.addresses import absolute, picture_source
from ingest.extraction.markup.render import render
from ingest.extraction.metadata import dates, names
from ingest.model import DateCandidate, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from ingest.extraction.markup.document import Document

_TEXTS = ("title", "section", "summary")
_LISTS = ("authors", "tags")
_DATES: tuple[Literal["published", "modified"], ...] = ("published", "modified")
_LINKS = ("image", "next_page")
_SELECTORS = (*_TEXTS, *_LISTS, *_DATES, *_LINKS, "body", "lead", "drop")
_STRINGS = ("drop_text", "cut_at")

_ATTRIBUTE = re.compile(r"(.+)@([A-Za-z_][\w:.-]{0,60})", re.DOTALL)


def extractor(name: str, rule: Rule) -> Extractor:
    """The rule as a rung of the ladder; it can answer exactly the fields that the rule has.

    ``name`` is what ``origins`` will say (``site:donga``). Of a Korean or Japanese body the signature, rights notice
    and reactions that close it are left out; who signs is the author if the rule's selectors find none. A page whose
    body the rule finds is an article, however many links it has.
    """
    fields = frozenset(field for field in (*_TEXTS, *_LISTS, *_DATES, *_LINKS, "body") if getattr(rule, field))
    if rule.body:
        fields |= {"page_type"}
    return Extractor(name, fields, partial(_read, name, rule), rule)


def matches(document: Document, rule: Rule) -> dict[str, str]:
    """Field → the selector of the rule that answered for it; fields without an answer are left out."""
    found = {field: _first(getattr(rule, field), partial(_answers, document)) for field in (*_TEXTS, *_LISTS)}
    for date in _DATES:
        candidates = _dates("", rule, date, document)
        found[date] = candidates[-1].where.removeprefix(":") if _parsed(candidates) else ""
    for field in _LINKS:
        found[field] = _first(getattr(rule, field), lambda selector: _link(document, (selector,)))
    story = match_body(document, rule)
    found["body"] = story.selector if story else ""
    return {field: selector for field, selector in found.items() if selector}


def _first(selectors: tuple[str, ...], answer: Callable[[str], object]) -> str:
    return next((selector for selector in selectors if answer(selector)), "")


def mistakes(rule: Rule) -> list[tuple[str, str]]:
    """What is wrong with a rule, as (field, advice), in the order of the fields; [] if nothing is."""
    found = [(field, advice) for field in _SELECTORS for advice in _bad_selectors(getattr(rule, field))]
    found += [
        (field, "an empty string begins every line; write the words that the line begins with")
        for field in _STRINGS
        if not all(text.strip() for text in getattr(rule, field))
    ]
    if rule.time_zone and not _is_time_zone(rule.time_zone):
        found.append(("time_zone", f"{rule.time_zone!r} is no time zone; write an IANA name, as in Asia/Seoul"))
    return found


def _bad_selectors(selectors: tuple[str, ...]) -> Iterator[str]:
    for selector in selectors:
        if not _is_selector(selector):
            yield f"{selector!r} is no CSS selector; write one as in h1.headline, or h1 time@datetime for an attribute"


# Many sources of one operator are read by the same selectors.
@lru_cache(maxsize=1_000)
def _is_selector(selector: str) -> bool:
    css, _ = _parts(selector)
    try:
        LexborHTMLParser("").css(css)
    except SelectolaxError:
        return False
    return True


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _read(name: str, rule: Rule, document: Document) -> Draft:
    published, modified = (_dates(name, rule, field, document) for field in _DATES)
    body, signature = _body(rule, document)
    image, next_page = (_link(document, getattr(rule, field)) for field in _LINKS)
    authors = names.people(_values(document, rule.authors)) or (signature if rule.authors else ())
    return Draft(
        title=_text(document, rule.title),
        authors=authors,
        published=_parsed(published),
        modified=_parsed(modified),
        section=_text(document, rule.section),
        tags=tuple(dict.fromkeys(_values(document, rule.tags))),
        summary=_text(document, rule.summary),
        image=image,
        next_page=next_page,
        page_type="article" if body else None,
        body=body,
        dates=(*published, *modified),
    )


@dataclass(frozen=True, slots=True)
class BodyMatch:
    """A body as a rule finds it, before it is rendered. Of ``lines``, ``told`` stay and ``closing`` sign."""

    selector: str
    nodes: list[LexborNode]
    dropped: set[int]
    lines: list[Line]
    told: list[Line]
    closing: list[Line]


def match_body(document: Document, rule: Rule) -> BodyMatch | None:
    """By the first selector for the body that leaves some text; None if there is none."""
    dropped = {node.mem_id for selector in rule.drop for node in document.css(selector)}
    for selector in rule.body:
        nodes = [node for node in outermost(document.css(selector)) if dropped.isdisjoint(lineage(node))]
        found = lines(nodes, dropped)
        wanted = kept(found, drop_text=rule.drop_text, cut_at=rule.cut_at)
        closed = closing(wanted)
        told = [line for line in wanted if line not in closed]
        if any(line.text for line in told):
            return BodyMatch(selector, nodes, dropped, found, told, closed)
    return None


def _body(rule: Rule, document: Document) -> tuple[Body, tuple[str, ...]]:
    """The body, and the names that sign it."""
    story = match_body(document, rule) if rule.body else None
    if story is None:
        return EMPTY_BODY, ()
    skip = story.dropped | (_leaves(story.lines) - _leaves(story.told))
    nodes = _lead(document, rule.lead, story.nodes) + story.nodes
    return render(nodes, base_url=document.base_url, skip=skip), signed(story.closing)


def _leaves(some: list[Line]) -> set[int]:
    return {leaf for line in some for leaf in line.ids}


def _lead(document: Document, selectors: tuple[str, ...], body: list[LexborNode]) -> list[LexborNode]:
    """Standfirsts that are not inside the body already."""
    inside = {node.mem_id for node in body}
    for selector in selectors:
        nodes = [node for node in outermost(document.css(selector)) if node.text(strip=True)]
        outside = [node for node in nodes if inside.isdisjoint(lineage(node))]
        if nodes:
            return outside
    return []


def outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """The nodes less those inside another one of them, which would be read twice."""
    if len(nodes) < 2:
        return nodes
    matched = {node.mem_id for node in nodes}
    return [node for node in nodes if not any(above in matched for above in lineage(node.parent))]


def lineage(node: LexborNode | None) -> Iterator[int]:
    """The ``mem_id`` of the node and of all around it."""
    while node is not None:
        yield node.mem_id
        node = node.parent


def _dates(
    name: str, rule: Rule, field: Literal["published", "modified"], document: Document
) -> tuple[DateCandidate, ...]:
    """Candidates up to the first that can be read, that one last."""
    found: list[DateCandidate] = []
    zone = rule.time_zone or document.time_zone
    for selector in getattr(rule, field):
        for raw in _answers(document, selector):
            parsed = dates.parse(raw, time_zone=zone, language=document.language)
            found.append(DateCandidate(field, f"{name}:{selector}", raw, parsed))
            if parsed:
                return tuple(found)
    return tuple(found)


def _parsed(candidates: tuple[DateCandidate, ...]) -> datetime | None:
    return candidates[-1].parsed if candidates else None


def _text(document: Document, selectors: tuple[str, ...]) -> str:
    return next(iter(_values(document, selectors)), "")


def _values(document: Document, selectors: tuple[str, ...]) -> list[str]:
    for selector in selectors:
        found = _answers(document, selector)
        if found:
            return found
    return []


def _answers(document: Document, selector: str) -> list[str]:
    """What a selector says, in page order: texts or attributes, white space folded, empty ones left out."""
    css, attribute = _parts(selector)
    nodes = document.css(css)
    texts = (node.attributes.get(attribute) or "" for node in nodes) if attribute else map(_text_of, nodes)
    return [folded for text in texts if (folded := " ".join(clean(" ".join(text.split())).split()))]


def _text_of(node: LexborNode) -> str:
    return " ".join(line.text for line in lines((node,)))


def _link(document: Document, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        css, attribute = _parts(selector)
        for node in document.css(css):
            if address := absolute(_target(node, attribute), document.base_url):
                return address
    return ""


def _target(node: LexborNode, attribute: str) -> str:
    """Where the node leads; without ``attribute``, its own way of saying it."""
    found = node.attributes
    if attribute:
        return found.get(attribute) or ""
    return found.get("href") or found.get("content") or picture_source(found)


def _parts(selector: str) -> tuple[str, str]:
    """``css@attribute`` → (css, attribute); without one, (css, "")."""
    match = _ATTRIBUTE.fullmatch(selector)
    return (match[1], match[2]) if match else (selector, "")
