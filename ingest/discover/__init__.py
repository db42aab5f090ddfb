"""Where articles are found: index pages (feeds, sitemaps, listings, …) in, links out. Fetches nothing.

The caller fetches what `start` asks for, hands each answer to `read`, and goes on with `Found.asks` until there are
none or a cap of its own is reached. Readers are imported when they are needed, by the process that reads.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from ingest.discover.ask import Ask, AskKind, Found, Reading
from ingest.errors import DiscoverError, PageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ingest.model import Page, Source

__all__ = ["Ask", "AskKind", "Found", "archives", "fallbacks", "read", "start"]

_READERS: Mapping[AskKind, str] = MappingProxyType(
    {
        "auto": "ingest.discover.autodetect",
        "feed": "ingest.discover.feed",
        "sitemap": "ingest.discover.sitemap",
        "robots": "ingest.discover.sitemap",
        "listing": "ingest.discover.listing",
        "wordpress": "ingest.discover.wordpress",
        "blogger": "ingest.discover.blogger",
        "substack": "ingest.discover.substack",
    }
)

#: Failures that another address of the same host would meet as well.
_HOST_FAILURES = frozenset(
    {"connect", "tls", "timeout", "protocol", "rate_limited", "blocked_address", "bad_url", "bad_scheme"}
)


def start(source: Source) -> list[Ask]:
    """The first index pages of a source; for the kinds that have an API, its URL below ``source.url``."""
    if source.kind in {"wordpress", "blogger"}:
        url = import_module(_READERS[source.kind]).api_url(source.url)
        return [Ask(url, source.kind)]
    return [Ask(source.url, source.kind)]


def read(page: Page, ask: Ask, source: Source, *, since: datetime | None = None) -> Found:
    """The links of one index page, oldest first, and the further index pages that it leads to.

    With ``since`` (aware), `Found.history` ends where it would only lead to older articles; links are not filtered.
    Raises `DiscoverError`: ``empty``, ``not_a_feed`` (the page is something else), ``parse``, ``encoding``,
    ``too_large``, ``depth``.
    """
    if page.status == 204:
        raise DiscoverError(ask.url, "not_a_feed", "204: the server says that there is nothing here")
    if not page.content.strip():
        raise DiscoverError(ask.url, "empty", "the index page is empty")
    found = cast("Found", import_module(_READERS[ask.kind]).read(Reading(page, ask, source, since)))
    return replace(found, asks=_below(found.asks, ask), history=_below(found.history, ask))


def _below(asks: tuple[Ask, ...], parent: Ask) -> tuple[Ask, ...]:
    """Only sitemaps nest; every other kind leads to a kind of its own, or on to older pages of itself."""
    return tuple(
        replace(ask, via=parent.url, depth=parent.depth + (ask.kind == parent.kind == "sitemap"))
        for ask in asks
        if (ask.url, ask.kind) != (parent.url, parent.kind)
    )


def fallbacks(ask: Ask, source: Source, failure: PageError | None = None) -> list[Ask]:
    """What to ask when an index page could not be had or read: nothing, if the ``failure`` is the whole host's.

    The customary sitemap of a host without robots.txt; a smaller page of an API, or the feed where it is closed; the
    page of an unknown site behind its dead feed; the customary addresses where such a page declares nothing and lists
    nothing.
    """
    if failure is not None and failure.code in _HOST_FAILURES:
        return []
    if ask.kind == "robots":
        return [replace(import_module(_READERS["auto"]).customary_sitemap(ask.url), via=ask.url)]
    if ask.kind in {"wordpress", "blogger"} and not ask.optional:
        return [_behind_api(ask, source, failure)]
    if ask.optional or source.kind != "auto" or ask.kind == "listing":
        return []
    if ask.kind == "auto":
        return [replace(guess, via=ask.url) for guess in import_module(_READERS["auto"]).guesses(ask.url)]
    return [Ask(source.url, "listing", via=ask.url)]


def _behind_api(ask: Ask, source: Source, failure: PageError | None) -> Ask:
    """A smaller page where a hundred posts are more than we read in one answer or than the site gives (400)."""
    api = import_module(_READERS[ask.kind])
    too_many = failure is not None and (failure.code == "too_large" or getattr(failure, "status", None) == 400)
    if ask.kind == "wordpress" and too_many and (smaller := api.smaller_page(ask.url)):
        return replace(ask, url=smaller)
    return Ask(api.feed_url(source.url), "feed", via=ask.url)


def archives(found: Found, ask: Ask, source: Source) -> list[Ask]:
    """Where the history of a feed or list may stand that leads to no older page: the sitemaps of its articles' site.

    ``found`` is what the source's own ``ask`` gave. The sitemaps name all of the site; see `articles.section`.
    """
    if source.kind not in {"feed", "listing"} or ask.via or found.history or not found.links:
        return []
    return [replace(import_module(_READERS["auto"]).robots(found.links[-1].url), via=ask.url)]
