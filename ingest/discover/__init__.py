"""Where articles are found: index pages (feeds, sitemaps, listings, …) in, links out. Fetches nothing.

The caller fetches what `start` asks for, hands each answer to `read`, and goes on with
`IndexResult.requests` until there are
none or a cap of its own is reached. Readers are imported when they are needed, by the process that reads.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from ingest.discover.index_model import IndexKind, IndexPage, IndexRequest, IndexResult
from ingest.errors import DiscoverError, PageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ingest.model import Page, Source

__all__ = ["IndexKind", "IndexPage", "IndexRequest", "IndexResult", "archives", "fallbacks", "parse", "start"]

_READERS: Mapping[IndexKind, str] = MappingProxyType(
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


def start(source: Source) -> list[IndexRequest]:
    """The first index pages of a source; for the kinds that have an API, its URL below ``source.url``."""
    if source.kind in {"wordpress", "blogger"}:
        url = import_module(_READERS[source.kind]).api_url(source.url)
        return [IndexRequest(url, source.kind)]
    return [IndexRequest(source.url, source.kind)]


def parse(page: Page, request: IndexRequest, source: Source, *, since: datetime | None = None) -> IndexResult:
    """The links of one index page, oldest first, and the further index pages that it leads to.

    With ``since`` (aware), `IndexResult.history` ends where it would only lead to older articles; links are all kept.
    Raises `DiscoverError`: ``empty``, ``not_a_feed`` (the page is something else), ``parse``, ``encoding``,
    ``too_large``, ``depth``.
    """
    if page.status == 204:
        raise DiscoverError(request.url, "not_a_feed", "204: the server says that there is nothing here")
    if not page.content.strip():
        raise DiscoverError(request.url, "empty", "the index page is empty")
    found = cast("IndexResult", import_module(_READERS[request.kind]).parse(IndexPage(page, request, source, since)))
    return replace(found, requests=_below(found.requests, request), history=_below(found.history, request))


def _below(requests: tuple[IndexRequest, ...], parent: IndexRequest) -> tuple[IndexRequest, ...]:
    """Only sitemaps nest; every other kind leads to a kind of its own, or on to older pages of itself."""
    return tuple(
        replace(request, via=parent.url, depth=parent.depth + (request.kind == parent.kind == "sitemap"))
        for request in requests
        if (request.url, request.kind) != (parent.url, parent.kind)
    )


def fallbacks(request: IndexRequest, source: Source, failure: PageError | None = None) -> list[IndexRequest]:
    """What to ask when an index page could not be had or read: nothing, if the ``failure`` is the whole host's.

    The customary sitemap of a host without robots.txt; a smaller page of an API, or the feed where it is closed; the
    page of an unknown site behind its dead feed; the customary addresses where such a page declares nothing and lists
    nothing.
    """
    if failure is not None and failure.error_class.host_wide:
        return []
    if request.kind == "robots":
        return [replace(import_module(_READERS["auto"]).customary_sitemap(request.url), via=request.url)]
    if request.kind in {"wordpress", "blogger"} and not request.optional:
        return [_behind_api(request, source, failure)]
    if request.optional or source.kind != "auto" or request.kind == "listing":
        return []
    if request.kind == "auto":
        return [replace(guess, via=request.url) for guess in import_module(_READERS["auto"]).guesses(request.url)]
    return [IndexRequest(source.url, "listing", via=request.url)]


def _behind_api(request: IndexRequest, source: Source, failure: PageError | None) -> IndexRequest:
    """A smaller page where a hundred posts are more than we read in one answer or than the site gives (400)."""
    api = import_module(_READERS[request.kind])
    too_many = failure is not None and (failure.code == "too_large" or getattr(failure, "status", None) == 400)
    if request.kind == "wordpress" and too_many and (smaller := api.smaller_page(request.url)):
        return replace(request, url=smaller)
    return IndexRequest(api.feed_url(source.url), "feed", via=request.url)


def archives(found: IndexResult, request: IndexRequest, source: Source) -> list[IndexRequest]:
    """Where the history of a feed or list may stand that leads to no older page: the sitemaps of its articles' site.

    ``found`` is what the source's own ``ask`` gave. The sitemaps name all of the site; see `articles.section`.
    """
    if source.kind not in {"feed", "listing"} or request.via or found.history or not found.links:
        return []
    return [replace(import_module(_READERS["auto"]).robots(found.links[-1].url), via=request.url)]
