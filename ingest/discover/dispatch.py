"""Which index pages are requested for a source, which parser reads each, and what is requested when one fails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.discover import customary_urls
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult
from ingest.discover.kinds import KINDS
from ingest.errors import DiscoverError, PageError

if TYPE_CHECKING:
    from datetime import datetime

    from ingest.model import Page, Source


def start(source: Source) -> list[IndexRequest]:
    """The first index pages of a source."""
    return [IndexRequest(KINDS[source.kind].first_url(source.url), source.kind)]


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
    result = KINDS[request.kind].parse(IndexPage(page, request, source, since))
    return replace(result, requests=_below(result.requests, request), history=_below(result.history, request))


def _below(requests: tuple[IndexRequest, ...], parent: IndexRequest) -> tuple[IndexRequest, ...]:
    """The requests that ``parent`` leads to, with their ``via`` and ``depth``, without ``parent`` itself."""
    return tuple(
        replace(
            request, via=parent.url, depth=parent.depth + (request.kind == parent.kind and KINDS[parent.kind].nests)
        )
        for request in requests
        if (request.url, request.kind) != (parent.url, parent.kind)
    )


def fallbacks(request: IndexRequest, source: Source, failure: PageError | None = None) -> list[IndexRequest]:
    """What to request when an index page could not be fetched or parsed; nothing, if the whole host fails.

    The customary sitemap of a host without robots.txt; a smaller page of an API, or the feed where it is closed; the
    page of an ``auto`` source behind its dead feed; the customary URLs where such a page declares nothing and lists
    nothing. See the entries of `kinds.KINDS`.
    """
    if failure is not None and failure.error_class.host_wide:
        return []
    return KINDS[request.kind].fallbacks(request, source, failure)


def archives(result: IndexResult, request: IndexRequest, source: Source) -> list[IndexRequest]:
    """The robots.txt of the articles' site, for its sitemaps, where a feed or list leads to no older page.

    ``result`` is that of ``request``. Only the first request of a source has archives. The sitemaps may name more than
    the source follows; see `is_wider_than_source`.
    """
    if not KINDS[source.kind].history_in_sitemaps or request.via or result.history or not result.links:
        return []
    return [replace(customary_urls.robots_txt(result.links[-1].url), via=request.url)]


def is_wider_than_source(request: IndexRequest, source: Source) -> bool:
    """Whether an index page names all of a site although the source may follow one of its sections."""
    return KINDS[request.kind].names_whole_site and KINDS[source.kind].history_in_sitemaps
