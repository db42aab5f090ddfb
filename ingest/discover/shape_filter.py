"""Which shapes of address were never articles at a source: learned from what came of them. Decides; stores nothing.

Only for index pages that name whatever a site has; what a feed names is an article by its publisher's word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from ingest.dedup import urls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ingest.model import Link

#: Pages of a shape that were no articles, and none that was, until the others are left out,
MIN_OTHERS = 10
#: provided that so many pages of the source, of other shapes, were articles: or all of it is misread.
MIN_ARTICLES = 3
#: How often one of them is tried all the same.
RETRY_INTERVAL = timedelta(days=7)

_LONGEST = 200
_DATE = re.compile(r"/(?:19|20)\d\d(?:[/-]?(?:0[1-9]|1[0-2]))(?:[/-]?(?:0[1-9]|[12]\d|3[01]))?(?=/|$)")
_WORD = re.compile(r"[^\W\d_]+(?:[-_][^\W\d_]+){0,2}", re.UNICODE)


@dataclass(frozen=True, slots=True)
class ShapeCounts:
    """What became of the pages of one shape, and when one of them was last tried."""

    articles: int
    others: int
    tried_at: datetime


@dataclass(frozen=True, slots=True)
class SkippedLink:
    """A link that is not followed because of the shape of its address."""

    key: str
    link: Link
    shape: str
    reason: str


@dataclass(frozen=True, slots=True)
class FilteredLinks:
    """The links of one index page, and the shapes of which one of those left out is to be tried."""

    follow: tuple[tuple[str, Link], ...]
    skipped: tuple[SkippedLink, ...] = ()
    retry_shapes: frozenset[str] = frozenset()


def shape(url: str) -> str:
    """Host and path of an address with what differs from page to page left open.

    A date becomes ``{date}``, a number ``#``, and what the address ends with ``*`` (up to three words) or ``*-*-*`` (a
    title); words before it stay. Of a query only the names stay. "" for what is no address.
    """
    try:
        parts = urls.split(url)
    except urls.BadURL:
        return ""
    path = _DATE.sub("/{date}", unquote(parts.path))
    *above, last = path.strip("/").split("/")
    kept = [segment if segment == "{date}" or _WORD.fullmatch(segment) else _open(segment) for segment in above]
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    query = "?" + "&".join(names) if names else ""
    return f"{parts.host}/{'/'.join([*kept, _open(last)])}{query}"[:_LONGEST]


def _open(segment: str) -> str:
    stem, dot, ending = segment.rpartition(".")
    if not dot or len(ending) > 5:
        stem, dot, ending = segment, "", ""
    if stem == "{date}":
        return segment
    if not stem or stem.isdigit():
        return "#" * bool(stem) + dot + ending
    return ("*" if _WORD.fullmatch(stem) else "*-*-*") + dot + ending


def filter_links(links: Sequence[tuple[str, Link]], seen: Mapping[str, ShapeCounts], now: datetime) -> FilteredLinks:
    """The links (with their keys) to follow, and those to leave out.

    A shape of which no link was tried for a week is to be tried again, so that what was learned can be unlearned.
    """
    articles = sum(each.articles for each in seen.values())
    barren = {name for name, each in seen.items() if each.others >= MIN_OTHERS and not each.articles}
    if articles < MIN_ARTICLES or not barren:
        return FilteredLinks(tuple(links))
    follow, left_out = [], []
    for key, link in links:
        name = shape(link.url)
        if name not in barren:
            follow.append((key, link))
            continue
        count = seen[name].others
        reason = f"learned: {count} of {count} pages like {name} were no articles"
        left_out.append(SkippedLink(key, link, name, reason))
    again = {each.shape for each in left_out if now - seen[each.shape].tried_at >= RETRY_INTERVAL}
    return FilteredLinks(tuple(follow), tuple(left_out), frozenset(again))
