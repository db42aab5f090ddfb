"""A `Rule`, which is selectors and literal strings, as an extractor; and what is wrong with a rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingest.article.body import EMPTY_BODY, Body, clean
from ingest.extraction.body.lines import BodyLine, closing, dropped, lines, signed
from ingest.extraction.draft import Draft, Extractor
from ingest.extraction.markup.addresses import absolute, picture_source
from ingest.extraction.markup.render import render
from ingest.extraction.metadata import dates, names
from ingest.extraction.trace import Removed, described, text_of
from ingest.model import DateCandidate, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
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

    ``name`` is what ``origins`` will say (``site:donga``). The signature, the rights notice and the reactions that
    close a Korean or Japanese body are left out of it; whoever signs is the author if the rule has selectors for
    authors and these find none. A page is an article if the rule finds a body in it, however many links it has.
    """
    fields = frozenset(field for field in (*_TEXTS, *_LISTS, *_DATES, *_LINKS, "body") if getattr(rule, field))
    if rule.body:
        fields |= {"page_type"}
    return Extractor(name, fields, partial(_extract, name, rule))


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


# Many sources of one operator have the same selectors.
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


def _extract(name: str, rule: Rule, document: Document) -> Draft:
    found = {field: _values(document, getattr(rule, field)) for field in (*_TEXTS, *_LISTS)}
    links = {field: _link(document, getattr(rule, field)) for field in _LINKS}
    published, modified = (_dates(name, rule, field, document) for field in _DATES)
    match = match_body(document, rule)
    signature = signed(match.closing) if match and rule.authors else ()
    selectors = {field: selector for field, (_, selector) in (found | links).items()}
    selectors |= {dated[-1].field: dated[-1].where.removeprefix(f"{name}:") for dated in (published, modified) if dated}
    if match:
        selectors["body"] = match.selector
    return Draft(
        title=_first(found["title"]),
        authors=names.people(found["authors"][0]) or signature,
        published=_parsed(published),
        modified=_parsed(modified),
        section=_first(found["section"]),
        tags=tuple(dict.fromkeys(found["tags"][0])),
        summary=_first(found["summary"]),
        image=links["image"][0],
        next_page=links["next_page"][0],
        page_type="article" if match and match.body else None,
        body=match.body if match else EMPTY_BODY,
        selectors=selectors,
        dates=(*published, *modified),
        body_trace=match,
    )


@dataclass(frozen=True, slots=True)
class BodyMatch:
    """A body as a rule found it, and a `BodyTrace` of it.

    ``selector`` matched ``nodes``; ``drops`` are the nodes that each selector of the rule's ``drop`` matched, anywhere
    on the page. Of the ``lines`` in what is left, ``dropped`` were taken out by the string beside them, and ``closing``
    is the signature, rights notice and reactions at the end.
    """

    selector: str
    nodes: list[LexborNode]
    drops: list[tuple[str, list[LexborNode]]]
    lines: list[BodyLine]
    dropped: dict[BodyLine, str]
    closing: list[BodyLine]
    body: Body

    @property
    def found_at(self) -> str:
        return self.selector

    def removed(self) -> list[Removed]:
        """Elements that the rule drops, selector by selector, then lines in reading order."""
        return [removed for removed in (*self._elements(), *self._lines()) if removed.text]

    def _elements(self) -> Iterator[Removed]:
        body = {node.mem_id for node in self.nodes}
        for selector, nodes in self.drops:
            for node in outermost(nodes):
                if not body.isdisjoint(lineage(node)):
                    yield Removed(f"drop {selector}", text_of(node), described(node))

    def _lines(self) -> Iterator[Removed]:
        by = self.dropped | dict.fromkeys(self.closing, "the closing lines (signature, rights)")
        for line in self.lines:
            if line in by:
                yield Removed(by[line], line.text)


def match_body(document: Document, rule: Rule) -> BodyMatch | None:
    """The body by the first selector of ``rule.body`` that leaves some text; None if there is none."""
    if not rule.body:
        return None
    drops = [(selector, document.css(selector)) for selector in rule.drop]
    skipped = {node.mem_id for _, nodes in drops for node in nodes}
    for selector in rule.body:
        nodes = [node for node in outermost(document.css(selector)) if skipped.isdisjoint(lineage(node))]
        found = lines(nodes, skipped)
        gone = dropped(found, drop_text=rule.drop_text, cut_at=rule.cut_at)
        closed = closing([line for line in found if line not in gone])
        kept = [line for line in found if line not in gone and line not in closed]
        if any(line.text for line in kept):
            skip = skipped | (_leaves(found) - _leaves(kept))
            body = render(_lead(document, rule.lead, nodes) + nodes, base_url=document.base_url, skip=skip)
            return BodyMatch(selector, nodes, drops, found, gone, closed, body)
    return None


def _leaves(some: list[BodyLine]) -> set[int]:
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
    """The candidates up to the first that can be read, which is the last of them."""
    found: list[DateCandidate] = []
    zone = rule.time_zone or document.time_zone
    for selector in getattr(rule, field):
        for raw in _texts(document, selector):
            parsed = dates.parse(raw, time_zone=zone, language=document.language)
            found.append(DateCandidate(field, f"{name}:{selector}", raw, parsed))
            if parsed:
                return tuple(found)
    return tuple(found)


def _parsed(candidates: tuple[DateCandidate, ...]) -> datetime | None:
    return candidates[-1].parsed if candidates else None


def _first(found: tuple[list[str], str]) -> str:
    return next(iter(found[0]), "")


def _values(document: Document, selectors: tuple[str, ...]) -> tuple[list[str], str]:
    """What the first selector that finds something says, and that selector; ([], "") if none does."""
    for selector in selectors:
        found = _texts(document, selector)
        if found:
            return found, selector
    return [], ""


def _texts(document: Document, selector: str) -> list[str]:
    """What a selector finds, in page order: texts or attributes, white space folded, without empty ones."""
    css, attribute = _parts(selector)
    nodes = document.css(css)
    texts = (node.attributes.get(attribute) or "" for node in nodes) if attribute else map(_text_of, nodes)
    return [folded for text in texts if (folded := " ".join(clean(" ".join(text.split())).split()))]


def _text_of(node: LexborNode) -> str:
    return " ".join(line.text for line in lines((node,)))


def _link(document: Document, selectors: tuple[str, ...]) -> tuple[str, str]:
    """The first absolute address that one of the selectors finds, and that selector; ("", "") if none does."""
    for selector in selectors:
        css, attribute = _parts(selector)
        for node in document.css(css):
            if address := absolute(_target(node, attribute), document.base_url):
                return address, selector
    return "", ""


def _target(node: LexborNode, attribute: str) -> str:
    """The address in the attribute; without ``attribute``, in the one that such an element has for it."""
    found = node.attributes
    if attribute:
        return found.get(attribute) or ""
    return found.get("href") or found.get("content") or picture_source(found)


def _parts(selector: str) -> tuple[str, str]:
    """``css@attribute`` → (css, attribute); without one, (css, "")."""
    match = _ATTRIBUTE.fullmatch(selector)
    return (match[1], match[2]) if match else (selector, "")
