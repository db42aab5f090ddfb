"""Crawls the index pages of a source within a budget, and gives the links of each the keys they are stored under.

Pages are fetched and stored by the caller, in the function that `crawl` is given.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from ingest.dedup import urls
from ingest.discover import dispatch
from ingest.errors import ERROR_CLASSES, PageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from ingest.discover import IndexRequest, IndexResult
    from ingest.model import Link, Source

#: Index pages (feeds, sitemaps, listing pages) that are requested for one source in one run.
INDEX_BUDGET = 60


async def crawl(source: Source, process: Callable[[IndexRequest], Awaitable[IndexResult]]) -> list[PageError]:
    """Processes the source's index pages, breadth first, and those they lead to, within `INDEX_BUDGET`.

    ``process`` fetches and parses one of them, or raises `PageError`. Returns the failures. Raises the first of them if
    no index page succeeded; a page that only leads to others, as a home page or a robots.txt, does not count as one.
    """
    requests = deque(dispatch.start(source))
    seen = {(request.url, request.kind) for request in requests}
    failures: list[PageError] = []
    succeeded = requested = 0
    while requests and requested < INDEX_BUDGET:
        request = requests.popleft()
        requested += 1
        try:
            result = await process(request)
        except PageError as error:
            further: Sequence[IndexRequest] = dispatch.fallbacks(request, source, error)
            failures.extend([] if request.optional or retries_same_index(request, further) else [error.bare()])
        else:
            succeeded += bool(result.links) or not result.requests
            further = result.requests
        requests.extend(each for each in further if (each.url, each.kind) not in seen)
        seen.update((each.url, each.kind) for each in further)
    if failures and not succeeded:
        raise failures[0]
    return failures


def retries_same_index(request: IndexRequest, further: Sequence[IndexRequest]) -> bool:
    """Whether a fallback of a failed request is the same index in a smaller portion: then nothing has failed yet."""
    return any(each.kind == request.kind for each in further)


def link_key(link: Link, source: Source) -> str:
    """The key by which links are unique: see `urls.key`."""
    return urls.key(link.url, source.id_pattern)


def keyed_links(result: IndexResult, source: Source) -> list[tuple[str, Link]]:
    """The links of an index page, each with its key."""
    return [(link_key(link, source), link) for link in result.links]


def refused_with_reasons(result: IndexResult) -> list[tuple[str, str, str]]:
    """The URLs of an index page that are not followed: URL, error class and reason in words."""
    return [(url, code, ERROR_CLASSES[code].advice) for url, code in result.refused]
