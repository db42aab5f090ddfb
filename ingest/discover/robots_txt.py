"""Parser of robots.txt for the sitemaps that it names. What it allows is decided by `ingest.fetch.robots`."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.dedup import urls
from ingest.discover import customary_urls
from ingest.discover.decoding import decode
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult
from ingest.discover.sitemap import MAX_CHILDREN, inflated, is_news

_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_MAX_CHARACTERS = 500_000
"""Of a robots.txt; RFC 9309 asks parsers for at least 500 KiB."""


def parse(index_page: IndexPage) -> IndexResult:
    """The sitemaps that a robots.txt names, or the customary one if it names none.

    The site vouches for its sitemaps, so that they may be on any host. All of them are ``optional``: many are gone. If
    some are called news sitemaps, the others are ``history``. Raises `DiscoverError`.
    """
    page = index_page.page
    text = decode(replace(page, content=inflated(page)))
    requests: list[IndexRequest] = []
    refused: list[tuple[str, str]] = []
    for number, url in enumerate(dict.fromkeys(_SITEMAP_LINE.findall(text[:_MAX_CHARACTERS]))):
        if number >= MAX_CHILDREN:
            refused.append((url[: urls.MAX_LENGTH], "too_many_sitemaps"))
            continue
        try:
            requests.append(IndexRequest(urls.canonical(url, page.final_url), "sitemap", optional=True))
        except urls.BadURL as error:
            refused.append((url[: urls.MAX_LENGTH], error.code))
    if not requests:
        requests = [customary_urls.sitemap(page.final_url)]
    fresh = [request for request in requests if is_news(request.url)] or requests
    return IndexResult(
        requests=tuple(fresh),
        history=tuple(request for request in requests if request not in fresh),
        refused=tuple(refused),
    )
