"""Parser of HTML pages that list articles. The list is named by selectors of the source, or found by its structure."""

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
#: Class names of boxes around navigation: the whole name, its last word, its first. `content-with-sidebar` is none.
_OUTSIDE_NAMES = frozenset({"sidebar", "social", "share", "sharing", "tags", "masthead", "copyright", "skip-link"})
_OUTSIDE_LAST = frozenset(
    {"nav", "navbar", "navigation", "menu", "submenu", "footer", "breadcrumb", "breadcrumbs", "pagination", "pager"}
    | {"toolbar", "topbar", "tagcloud"}
)
_OUTSIDE_FIRST = frozenset({"nav", "navbar", "menu", "footer", "breadcrumb", "breadcrumbs", "cookie"})
#: Prefixes of class names by which themes describe a page or an entry, not the box itself.
_ABOUT = ("has-", "with-", "no-", "is-", "tag-", "category-")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")

_NEAR = 4
"""Levels of ancestors of a link that are taken for its entry."""
_FAR = 40
"""Levels of ancestors of a link that are searched for a menu or footer."""
_ANCHORS = 5_000
"""Links of a page that are looked at; front pages have a few hundred."""
_LIST_SIZE = 3
"""Links in equal surroundings that make a list."""
_LIST_WEIGHT = 24.0
"""Mean weight of the titles in a list of articles; menus have shorter words."""
_TITLE_WEIGHT = 12.0
"""Least weight of a title in a heading, or of a link whose URL only an article can have."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    url: str
    title: str
    rank: int
    """2 for a title in a heading, 1 for other text, 0 for the name of a picture."""
    look: tuple[str, ...]
    """Tags and first classes of the link and the elements around it: equal for the entries of one list."""
    date: str


def parse(index_page: IndexPage) -> IndexResult:
    """The articles that a page lists, in reverse order: oldest first. The next page of the list is ``history``.

    Raises `DiscoverError` ``not_a_feed`` if the element ``listing.list`` is missing, or, without that selector, if no
    list is found. An empty ``listing.list`` gives no links.
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
    """The entry in an element that ``listing.item`` selected: the link in its heading, else its longest link."""
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
    """By `mem_id` of an element: the date of the ``<time>`` in it, up to `_NEAR` levels deep; "" for several."""
    dates: dict[int, str] = {}
    for node in box.css("time"):
        for parent in islice(_ancestors(node), _NEAR + 1):
            dates[parent.mem_id] = _date(node) if parent.mem_id not in dates else ""
    return dates


def _anchors(box: LexborNode, base: str, *, inside: bool) -> Iterator[_Anchor]:
    """The links of a box that may lead to articles; ``inside`` a selected list, none is taken for a menu entry."""
    dates = _dates(box)
    own_url = urls.canonical(base)
    for node in islice(box.css("a[href]"), _ANCHORS):
        try:
            url = urls.canonical(node.attributes.get("href") or "", base)
        except urls.BadURL:
            continue
        ancestors = list(_ancestors(node))
        if url == own_url or not looks_like_article(url) or not (inside or urls.same_site(url, base)):
            continue
        if not inside and any(_is_outside(parent) for parent in ancestors):
            continue
        heading = node.css_first(_HEADINGS) is not None or any(parent.tag in _HEADING_TAGS for parent in ancestors[:2])
        rank = 2 if heading else 1 if node.text(strip=True) else 0
        yield _Anchor(url, _title(node), rank, _look(node, ancestors), _near(dates, ancestors) or date_in(url))


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The ancestors of a node, nearest first, up to its ``<article>`` or below the body."""
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


def _look(node: LexborNode, ancestors: list[LexborNode]) -> tuple[str, ...]:
    return tuple(
        f"{part.tag}.{(part.attributes.get('class') or '').split(' ')[0]}" for part in [node, *ancestors[:_NEAR]]
    )


def _near(dates: dict[int, str], ancestors: list[LexborNode]) -> str:
    """The date of the nearest ancestor that has exactly one."""
    return next((date for parent in ancestors[:_NEAR] if (date := dates.get(parent.mem_id))), "")


def _listed(anchors: list[_Anchor]) -> list[_Anchor]:
    """The links that form lists, and those that are recognised as articles by heading or URL."""
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
    """Length of a title; a character of Chinese, Japanese or Korean counts as two and a half."""
    return len(title) + 1.5 * len(_CJK.findall(title))


def _entry(anchor: _Anchor) -> Entry:
    return Entry((anchor.url,), Hints(title=anchor.title, published=anchor.date))


def _best(anchors: list[_Anchor]) -> list[_Anchor]:
    """Each URL once, at its first position, with the best of its titles: one of two links is often only a picture."""
    best: dict[str, _Anchor] = {}
    for anchor in anchors:
        known = best.get(anchor.url)
        if known is None or (anchor.rank, len(anchor.title)) > (known.rank, len(known.title)):
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
