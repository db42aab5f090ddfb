"""The way through a source's index pages in an ordinary run, and what is kept of each. Fetches and stores nothing."""

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

#: Index pages (feeds, sitemaps, listing pages) that one source may ask for in one run.
INDEX_BUDGET = 60


async def crawl(source: Source, read: Callable[[IndexRequest], Awaitable[IndexResult]]) -> list[PageError]:
    """Reads the source's index pages, and those they lead to, within the budget.

    Returns the failures. Raises the first of them if no page that names articles could be read: one that only leads to
    others, as a home page or a robots.txt, is no answer.
    """
    requests = deque(dispatch.start(source))
    seen = {(request.url, request.kind) for request in requests}
    failures: list[PageError] = []
    answered = asked = 0
    while requests and asked < INDEX_BUDGET:
        request = requests.popleft()
        asked += 1
        try:
            found = await read(request)
        except PageError as error:
            further: Sequence[IndexRequest] = dispatch.fallbacks(request, source, error)
            failures.extend([] if request.optional or retries_same_index(request, further) else [error.bare()])
        else:
            answered += bool(found.links) or not found.requests
            further = found.requests
        requests.extend(each for each in further if (each.url, each.kind) not in seen)
        seen.update((each.url, each.kind) for each in further)
    if failures and not answered:
        raise failures[0]
    return failures


def retries_same_index(request: IndexRequest, further: Sequence[IndexRequest]) -> bool:
    """Whether what stands in for a failed page is the same index, asked for otherwise: then nothing has failed yet."""
    return any(each.kind == request.kind for each in further)


def link_key(link: Link, source: Source) -> str:
    """What the link is unique by."""
    return urls.key(link.url, source.id_pattern)


def keyed_links(found: IndexResult, source: Source) -> list[tuple[str, Link]]:
    """The links of an index page, each with what it is unique by."""
    return [(link_key(link, source), link) for link in found.links]


def refused_with_reasons(found: IndexResult) -> list[tuple[str, str, str]]:
    """The URLs of an index page that are not followed: URL, error class and reason."""
    return [(url, code, ERROR_CLASSES[code].advice) for url, code in found.refused]
