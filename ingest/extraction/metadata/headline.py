"""Chooses the article's title among the several of a page, without the site's name, and finds the element of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ingest.extraction.metadata import dates
from ingest.extraction.metadata.site import Site
from ingest.extraction.metadata.text import key, plain, printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from ingest.extraction.markup.document import Document
    from ingest.extraction.metadata.json_ld import ArticleObject

_META = ("og:title", "twitter:title", "citation_title", "parsely-title", "sailthru.title", "dc.title", "title")
_LONGEST = 500  # letters of a title
_MOST_HEADINGS = 10
_DEEPEST = 8  # elements inside a heading, or around one
# Set by hand while reading pages of the corpus; what halving or doubling each of them changes stands in
# docs/constants.md, made by `python benchmarks/sensitivity.py CORPUS`.
_SHORTEST_UNCONFIRMED = 12  # letters of a heading that no other title confirms
_LONGEST_UNCONFIRMED = 200
_SHORT = 10  # letters; a shorter title may occur in another one by chance
_FOREIGN = 0.2  # of the words; a heading that shares fewer with the other titles is a slogan
_HEADLINE_MARK = re.compile(r"(?:story|article|post|entry|page)[-_]?(?:header|title|headline)|headline")
_LOWER = "h2, h3, .title, .headline, [itemprop~=headline]"
_LABEL = re.compile(r"\w{1,20}\s?:\s{0,3}")
_WORD = re.compile(r"\w+")
_BEFORE_SIGN = re.compile(r"\s([:,;])(?=\s)")
_INLINE = frozenset(
    {"em", "i", "b", "strong", "a", "sup", "sub", "mark", "u", "wbr", "abbr", "cite", "q", "code", "font"}
)
_SITE_MARK = re.compile(r"logo|site-?(?:title|name)|blog-?(?:title|name)|brand|masthead-?(?:title|name)")
_ASIDE_MARK = re.compile(r"related|recommend|comment|newsletter|popup|modal|cookie|consent")
_KICKER = re.compile(
    r"kicker|overline|topline|eyebrow|super-?title|spitzmarke|dachzeile|roofline|flag|badge|sr-only|hidden"
)


@dataclass(frozen=True, slots=True)
class Headline:
    """A title, its origin, and the element that shows it on the page, if one does."""

    text: str = ""
    origin: str = ""
    node: LexborNode | None = None


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading element and the pieces of its text, see `_parts`."""

    node: LexborNode
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        return _joined(self.parts)


def find(document: Document, objects: Sequence[ArticleObject], site: Site) -> Headline:
    """The headline of the article: preferably the ``h1`` that other titles of the page confirm.

    Other titles are those of JSON-LD, Open Graph and similar, and of ``<title>``. For a NewsArticle, two of them that
    agree outvote an ``h1`` that differs. Without an ``h1``, a lower heading that shows another title is taken.
    """
    others = list(_stated_titles(document, objects, site))
    headings = [item for item in _headings(document.landmarks.get("h1", ())) if not _is_site(item, site)]
    heading, likeness = _best(headings, others)
    if (not likeness or (likeness == 1 and len(headings) > 1)) and (lower := _lower_heading(document, others, site)):
        return lower
    if heading is None or (not likeness and _is_slogan(heading.text, objects, others)):
        return Headline(*(others[0][::-1] if others else ("", "")))
    text, origin = _worded(heading, others, site), "h1"
    if objects and "news" in objects[0].kind:
        text, origin = _outvoted(text, others)
    return Headline(text, origin, heading.node)


def _headings(nodes: Sequence[LexborNode]) -> Iterator[_Heading]:
    for node in nodes[:_MOST_HEADINGS]:
        parts = tuple(_parts(node))
        if parts:
            yield _Heading(node, parts)


def _parts(node: LexborNode, depth: int = 0) -> Iterator[str]:
    """The text of a heading in pieces, split at every child that is not inline emphasis."""
    part = ""
    for child in node.iter(include_text=True):
        tag = child.tag or "-unknown"
        if tag == "-text" or (tag in _INLINE and not (tag == "a" and _holds_boxes(child))):
            part += child.text(separator="")
            continue
        if tag.startswith("-") or tag in {"script", "style", "svg", "button", "time"}:
            continue
        yield from _clean(part)
        part = ""
        if depth > _DEEPEST or _KICKER.search((child.attributes.get("class") or "").lower()):
            yield from _clean(child.text(separator=" "))
        else:
            yield from _parts(child, depth + 1)
    yield from _clean(part)


def _holds_boxes(link: LexborNode) -> bool:
    """Whether a link wraps the pieces of the heading, and not some of its words."""
    return any(child.tag not in _INLINE for child in link.iter())


def _joined(parts: Sequence[str]) -> str:
    """The parts joined by spaces, without one before a colon that is outside of its kicker."""
    return _BEFORE_SIGN.sub(r"\1", " ".join(parts)) if len(parts) > 1 else "".join(parts)


def _clean(text: str) -> Iterator[str]:
    if text := printed(text, _LONGEST):
        yield text


def _is_site(heading: _Heading, site: Site) -> bool:
    """Whether a heading names the site, or is that of a box beside the article."""
    node = heading.node
    if site.is_name(heading.text):
        return True
    link = node.css_first("a[href]") or (node.parent if node.parent and node.parent.tag == "a" else None)
    if link is not None and site.is_home(link.attributes.get("href") or ""):
        return True
    marks = " ".join(_marks(node))
    return bool(_SITE_MARK.search(marks) or _ASIDE_MARK.search(marks))


def _is_translators(node: LexborNode) -> bool:
    """Whether the heading is in the box that Google Translate adds to pages."""
    box = node.parent
    for _ in range(_DEEPEST):
        if box is None or "skiptranslate" in (box.attributes.get("class") or ""):
            return box is not None
        box = box.parent
    return False


def _marks(node: LexborNode) -> Iterator[str]:
    for element in (node, node.parent):
        if element is not None and element.tag not in {"body", "html", "main", "article"}:
            attributes = element.attributes
            yield f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()


def _stated_titles(document: Document, objects: Sequence[ArticleObject], site: Site) -> Iterator[tuple[str, str]]:
    """(origin, title) of every title but those of headings, without the site's name."""
    # Most titles are the same.
    cut_off = cache(site.cut_off)
    for item in objects:
        if item.is_article and item.headline:
            yield "json-ld", cut_off(item.headline)
    for name in _META:
        for value in document.meta.get(name, ())[:1]:
            if title := plain(value, _LONGEST):
                yield ("opengraph" if name == "og:title" else "meta"), cut_off(title)
    for node in document.landmarks.get("title", ())[:1]:
        yield "title-tag", cut_off(printed(node.text(), _LONGEST))


def _best(headings: Sequence[_Heading], others: Sequence[tuple[str, str]]) -> tuple[_Heading | None, int]:
    """The heading that the other titles confirm best, the first of equals, and its likeness to them (0 to 3)."""
    scored = [(max((_likeness(item.text, other) for _, other in others), default=0), item) for item in headings]
    # Of headings that are part of another title the longest: the shorter ones name the section.
    likeness, heading = max(scored, key=lambda pair: (pair[0], len(pair[1].text) * (pair[0] == 2)), default=(0, None))
    if not likeness:
        headings = [item for item in headings if not _is_translators(item.node)]
        heading = next(filter(_is_marked, headings), headings[0] if len(headings) == 1 else None)
        if heading and not _SHORTEST_UNCONFIRMED <= len(heading.text) <= _LONGEST_UNCONFIRMED:
            heading = None
    return heading, likeness


def _is_marked(heading: _Heading) -> bool:
    return len(heading.text.split()) > 3 and bool(_HEADLINE_MARK.search(" ".join(_marks(heading.node))))


def _likeness(heading: str, other: str) -> int:
    """3: the same, 2: one holds the other, 1: most of the words are the same, 0: different titles."""
    a, b = key(heading), key(other)
    if not a or not b:
        return 0
    if a == b:
        return 3
    if (len(a) > _SHORT and a in b) or (len(b) > _SHORT and b in a):
        return 2
    first, second = (set(_WORD.findall(text.casefold())) for text in (heading, other))
    return int(2 * len(first & second) > max(len(first), len(second)))


def _worded(heading: _Heading, others: Sequence[tuple[str, str]], site: Site) -> str:
    """The text of the heading, without a kicker, date or count that the other titles leave out."""
    parts = heading.parts
    if len(parts) > 1:
        votes = Counter(key(other) for _, other in others)
        spans = [parts[i:j] for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)]
        best = max(spans, key=lambda span: (votes[key("".join(span))], len(span)))
        if votes[key("".join(best))]:
            return _joined(best).lstrip(" :–-|")
    return _unlabelled(site.cut_off(heading.text), others)


def _agreed(others: Sequence[tuple[str, str]]) -> str:
    """The title that all origins agree on, if there are several, Open Graph among them; else ""."""
    titles = {key(title) for _, title in others}
    origins = {origin for origin, _ in others}
    return others[0][1] if len(titles) == 1 and "opengraph" in origins and len(origins) > 1 else ""


def _is_slogan(heading: str, objects: Sequence[ArticleObject], others: Sequence[tuple[str, str]]) -> bool:
    """Whether, on a page without an article object, a heading shares hardly a word with the agreed title."""
    title = _agreed(others)
    if not title or any(item.is_article for item in objects):
        return False
    first, second = (set(_WORD.findall(text.casefold())) for text in (heading, title))
    return len(first & second) < _FOREIGN * max(len(first), len(second)) and not first < second


def _unlabelled(text: str, others: Sequence[tuple[str, str]]) -> str:
    """``text`` without the date or the label ("Blog:") that precedes the agreed title."""
    title = _agreed(others)
    label = text[: -len(title)] if title and text.endswith(title) else ""
    return title if label and (_LABEL.fullmatch(label) or dates.parse(label)) else text


def _outvoted(text: str, others: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """(title, origin): that of JSON-LD if no other confirms the ``h1``, in the wording of Open Graph if that agrees."""
    stated = next((title for origin, title in others if origin == "json-ld"), "")
    graph = next((title for origin, title in others if origin == "opengraph"), "")
    confirmed = {key(title) for _, title in others}
    if not stated or key(text) in confirmed or key(text).startswith(key(stated)):
        return text, "h1"
    return (graph, "opengraph") if key(graph) == key(stated) else (stated, "json-ld")


def _lower_heading(document: Document, others: Sequence[tuple[str, str]], site: Site) -> Headline | None:
    """A heading below ``h1`` that is, word for word, another title or one side of it."""
    uncut = [plain(node.text(), _LONGEST) for node in document.landmarks.get("title", ())[:1]]
    titles = [title for title in (*(other for _, other in others), *uncut) if title and not site.is_name(title)]
    headings = [
        item for item in _headings(document.css(_LOWER)) if len(key(item.text)) > 3 and not site.is_name(item.text)
    ]
    for title in titles:
        # One side of a title counts, too: where the site's name is not known, it was not cut off.
        wanted = {key(title), *map(key, Site.sides(title))}
        for item in headings:
            if key(item.text) in wanted:
                return Headline(site.without_name(item.text), item.node.tag or "", item.node)
    return None
