"""Filters links by the shape of their URL: shapes that never were articles at a source are skipped.

Applied only to index pages that name whatever a site has (`IndexResult.mixed`); what a feed names is an article,
because its publisher says so.
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

#: A shape is skipped once so many of its pages were no articles, and none was one,
MIN_OTHERS = 10
#: provided that so many other pages of the source were articles; otherwise the whole source may be misread.
MIN_ARTICLES = 3
#: How often one link of a skipped shape is fetched all the same.
RETRY_INTERVAL = timedelta(days=7)

_LONGEST = 200
_DATE = re.compile(r"/(?:19|20)\d\d(?:[/-]?(?:0[1-9]|1[0-2]))(?:[/-]?(?:0[1-9]|[12]\d|3[01]))?(?=/|$)")
_WORD = re.compile(r"[^\W\d_]+(?:[-_][^\W\d_]+){0,2}", re.UNICODE)


@dataclass(frozen=True, slots=True)
class ShapeCounts:
    """How many pages of one shape were articles and how many were not, and when one was last fetched."""

    articles: int
    others: int
    tried_at: datetime


@dataclass(frozen=True, slots=True)
class SkippedLink:
    """A link that is not followed because of the shape of its URL."""

    key: str
    link: Link
    shape: str
    reason: str


@dataclass(frozen=True, slots=True)
class FilteredLinks:
    """The links of one index page to follow and those to skip, and the shapes of which one skipped link is retried."""

    follow: tuple[tuple[str, Link], ...]
    skipped: tuple[SkippedLink, ...] = ()
    retry_shapes: frozenset[str] = frozenset()


def shape(url: str) -> str:
    """Host and path of a URL with a placeholder for each part that differs from page to page; "" if it is no URL.

    A date becomes ``{date}``, a number ``#``, and the last segment ``*`` (up to three words) or ``*-*-*`` (a title);
    words in the segments before it stay. Of a query only the names of its parameters stay.
    """
    try:
        parts = urls.split(url)
    except urls.BadURL:
        return ""
    path = _DATE.sub("/{date}", unquote(parts.path))
    *above, last = path.strip("/").split("/")
    kept = [segment if segment == "{date}" or _WORD.fullmatch(segment) else _placeholder(segment) for segment in above]
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    query = "?" + "&".join(names) if names else ""
    return f"{parts.host}/{'/'.join([*kept, _placeholder(last)])}{query}"[:_LONGEST]


def _placeholder(segment: str) -> str:
    stem, dot, ending = segment.rpartition(".")
    if not dot or len(ending) > 5:
        stem, dot, ending = segment, "", ""
    if stem == "{date}":
        return segment
    if not stem or stem.isdigit():
        return "#" * bool(stem) + dot + ending
    return ("*" if _WORD.fullmatch(stem) else "*-*-*") + dot + ending


def filter_links(links: Sequence[tuple[str, Link]], counts: Mapping[str, ShapeCounts], now: datetime) -> FilteredLinks:
    """The links (with their keys) to follow, and those to skip. ``counts`` is by shape, of the same source.

    A shape of which no link was fetched for a week is retried, so that what was learned can be unlearned.
    """
    articles = sum(each.articles for each in counts.values())
    barren = {name for name, each in counts.items() if each.others >= MIN_OTHERS and not each.articles}
    if articles < MIN_ARTICLES or not barren:
        return FilteredLinks(tuple(links))
    follow, skipped = [], []
    for key, link in links:
        name = shape(link.url)
        if name not in barren:
            follow.append((key, link))
            continue
        count = counts[name].others
        reason = f"learned: {count} of {count} pages like {name} were no articles"
        skipped.append(SkippedLink(key, link, name, reason))
    retry = {each.shape for each in skipped if abs(now - counts[each.shape].tried_at) >= RETRY_INTERVAL}
    return FilteredLinks(tuple(follow), tuple(skipped), frozenset(retry))
