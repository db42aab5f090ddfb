"""An HTML page that lists articles → links. Where the list stands is said by the source or found by itself."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.dedup import urls
from ingest.discover.article_urls import date_in, looks_like_article, surely_article
from ingest.discover.decoding import decode_html
from ingest.discover.feed_text import date_text, language_code, plain_text
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult
from ingest.discover.link_collection import Entry, collect_links
from ingest.errors import DiscoverError
from ingest.model import Hints

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADINGS = "h1, h2, h3, h4, h5, h6"
_HEADING_TAGS = frozenset(_HEADINGS.split(", "))
_OUTSIDE = frozenset({"nav", "footer", "aside", "form", "dialog"})
#: Words of class names: the whole name, its last word, its first one. `content-with-sidebar` is no sidebar.
_OUTSIDE_NAMES = frozenset({"sidebar", "social", "share", "sharing", "tags", "masthead", "copyright", "skip-link"})
_OUTSIDE_LAST = frozenset(
    {"nav", "navbar", "navigation", "menu", "submenu", "footer", "breadcrumb", "breadcrumbs", "pagination", "pager"}
    | {"toolbar", "topbar", "tagcloud"}
)
_OUTSIDE_FIRST = frozenset({"nav", "navbar", "menu", "footer", "breadcrumb", "breadcrumbs", "cookie"})
#: What themes say of a page or an entry rather than of the box itself.
_ABOUT = ("has-", "with-", "no-", "is-", "tag-", "category-")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")

_NEAR = 4
"""Levels up to which the elements around a link are its entry."""
_FAR = 40
"""Levels up to which a menu or footer is looked for around a link."""
_ANCHORS = 5_000
"""Links that are looked at; front pages have a few hundred."""
_LIST_SIZE = 3
"""Links of one look that make a list."""
_LIST_WEIGHT = 24.0
"""Mean weight of the titles in a list of articles; menus have shorter words."""
_TITLE_WEIGHT = 12.0
"""Weight of a title that stands in a heading or behind an address that only articles have."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    url: str
    title: str
    rank: int
    """2 for a title in a heading, 1 for other text, 0 for the name of a picture."""
    look: tuple[str, ...]
    """Tags and classes of the elements around it: equal for the entries of one list."""
    date: str


def parse(index_page: IndexPage) -> IndexResult:
    """The articles that a page lists, the last one first; the next page of the list is ``history``.

    With ``listing.list`` an empty list is an empty answer, and a missing one `DiscoverError` ``not_a_feed``; without
    it, a page on which no list is found is ``not_a_feed``.
    """
    tree = LexborHTMLParser(decode_html(index_page.page))
    base = _base(tree, index_page.page.final_url)
    chosen = index_page.source.listing
    boxes = tree.css(chosen.list) if chosen.list else tree.css("body")
    if not boxes:
        raise DiscoverError(
            index_page.request.url, "not_a_feed", f"the element that holds the list is gone: {chosen.list}"
        )
    if chosen.item:
        entries = [entry for box in boxes for node in box.css(chosen.item) if (entry := _item(node, base))]
    else:
        anchors = [anchor for box in boxes for anchor in _anchors(box, base, inside=bool(chosen.list))]
        entries = [_entry(anchor) for anchor in _best(anchors if chosen.list else _listed(anchors))]
    if not entries and not chosen.list:
        raise DiscoverError(index_page.request.url, "not_a_feed", "no list of articles was found on the page")
    collected = collect_links(reversed(entries), index_page, strict=not chosen.item)
    return IndexResult(
        links=tuple(collected.links),
        refused=tuple(collected.refused),
        history=_next(tree, base, index_page),
        mixed=not chosen.item,
        title=plain_text(node.text()) if (node := tree.css_first("title")) else "",
        language=language_code(node.attributes.get("lang")) if (node := tree.css_first("html[lang]")) else "",
    )


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    try:
        return urls.canonical(node.attributes.get("href") or "", url) if node else url
    except urls.BadURL:
        return url


def _item(node: LexborNode, base: str) -> Entry | None:
    """One entry of a list whose entries are named by a selector: the link in its heading, else its longest."""
    anchors = [node] if node.tag == "a" else node.css("h1 a[href], h2 a[href], h3 a[href], h4 a[href]")
    anchors = anchors or node.css("a[href]")
    if not anchors:
        return None
    anchor = max(anchors, key=lambda found: len(found.text()))
    heading = node.css_first(_HEADINGS)
    title = plain_text(heading.text()) if heading else _title(anchor)
    url = anchor.attributes.get("href") or ""
    return Entry((url,), Hints(title=title, published=_only_date(node) or date_in(url)), base)


def _title(anchor: LexborNode) -> str:
    heading = anchor.css_first(_HEADINGS)
    image = anchor.css_first("img[alt]")
    return (
        plain_text((heading or anchor).text(separator=" "))
        or plain_text(anchor.attributes.get("title"))
        or (plain_text(image.attributes.get("alt")) if image else "")
    )


def _only_date(item: LexborNode) -> str:
    times = item.css("time")
    return _date(times[0]) if len(times) == 1 else ""


def _date(time: LexborNode) -> str:
    return date_text(time.attributes.get("datetime")) or date_text(time.text())


def _dates(box: LexborNode) -> dict[int, str]:
    """By element: the date that stands in it or in one of its children, their children, …; "" where there are more."""
    dates: dict[int, str] = {}
    for node in box.css("time"):
        for parent in islice(_around(node), _NEAR + 1):
            dates[parent.mem_id] = _date(node) if parent.mem_id not in dates else ""
    return dates


def _anchors(box: LexborNode, base: str, *, inside: bool) -> Iterator[_Anchor]:
    """The links of a box that may lead to articles; ``inside`` a chosen list none is taken for a menu's."""
    dates = _dates(box)
    here = urls.canonical(base)
    for node in islice(box.css("a[href]"), _ANCHORS):
        try:
            url = urls.canonical(node.attributes.get("href") or "", base)
        except urls.BadURL:
            continue
        around = list(_around(node))
        if url == here or not looks_like_article(url) or not (inside or urls.same_site(url, base)):
            continue
        if not inside and any(_is_outside(parent) for parent in around):
            continue
        heading = node.css_first(_HEADINGS) is not None or any(parent.tag in _HEADING_TAGS for parent in around[:2])
        rank = 2 if heading else 1 if node.text(strip=True) else 0
        yield _Anchor(url, _title(node), rank, _look(node, around), _near(dates, around) or date_in(url))


def _around(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around a node, up to the article or entry that it heads or to the body."""
    for _ in range(_FAR):
        parent = node.parent
        if parent is None or parent.tag in {"body", "html"}:
            return
        yield parent
        if parent.tag == "article":
            return
        node = parent


def _is_outside(node: LexborNode) -> bool:
    if node.tag in _OUTSIDE or node.attributes.get("role") in {"navigation", "contentinfo", "search"}:
        return True
    return any(map(_is_outside_class, (node.attributes.get("class") or "").lower().split()))


def _is_outside_class(name: str) -> bool:
    words = name.replace("_", "-").split("-")
    if name.startswith(_ABOUT):
        return False
    return name in _OUTSIDE_NAMES or words[-1] in _OUTSIDE_LAST or words[0] in _OUTSIDE_FIRST


def _look(node: LexborNode, around: list[LexborNode]) -> tuple[str, ...]:
    return tuple(f"{part.tag}.{(part.attributes.get('class') or '').split(' ')[0]}" for part in [node, *around[:_NEAR]])


def _near(dates: dict[int, str], around: list[LexborNode]) -> str:
    """The date of the nearest element around that has one, and one only."""
    return next((date for parent in around[:_NEAR] if (date := dates.get(parent.mem_id))), "")


def _listed(anchors: list[_Anchor]) -> list[_Anchor]:
    """Those that form lists, and those that show by themselves what they are."""
    looks: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for anchor in anchors:
        group = looks[anchor.look]
        group[anchor.url] = max(_weight(anchor.title), group.get(anchor.url, 0.0))
    lists = {
        look
        for look, group in looks.items()
        if len(group) >= _LIST_SIZE and sum(group.values()) / len(group) >= _LIST_WEIGHT
    }
    return [
        anchor
        for anchor in anchors
        if anchor.look in lists
        or (_weight(anchor.title) >= _TITLE_WEIGHT and (anchor.rank == 2 or surely_article(anchor.url)))
    ]


def _weight(title: str) -> float:
    """Characters, where one of Chinese, Japanese or Korean says as much as two and a half others."""
    return len(title) + 1.5 * len(_CJK.findall(title))


def _entry(anchor: _Anchor) -> Entry:
    return Entry((anchor.url,), Hints(title=anchor.title, published=anchor.date))


def _best(anchors: list[_Anchor]) -> list[_Anchor]:
    """Each address once, where it stands first, with the best of its titles: one link is often only a picture."""
    best: dict[str, _Anchor] = {}
    for anchor in anchors:
        held = best.get(anchor.url)
        if held is None or (anchor.rank, len(anchor.title)) > (held.rank, len(held.title)):
            best[anchor.url] = anchor
    return list(best.values())


def _next(tree: LexborHTMLParser, base: str, index_page: IndexPage) -> tuple[IndexRequest, ...]:
    node = tree.css_first(index_page.source.listing.next or 'link[rel="next"], a[rel="next"]')
    if node is not None and "href" not in node.attributes:
        node = node.css_first("a[href]")
    try:
        url = urls.canonical(node.attributes.get("href") or "", base) if node is not None else ""
    except urls.BadURL:
        return ()
    if not url or url == index_page.page.final_url or not urls.same_site(url, base):
        return ()
    return (IndexRequest(url, "listing"),)
