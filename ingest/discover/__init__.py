"""Discovery of articles: index pages (feeds, sitemaps, listing pages, APIs) come in, links and further requests go out.

The caller fetches what `start` requests, hands each page to `parse` and goes on with `IndexResult.requests` until there
are none or a limit of its own is reached. Nothing here fetches or stores; a new kind of index page is added in `kinds`.
"""

from ingest.discover.dispatch import archives, fallbacks, is_wider_than_source, parse, start
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult

__all__ = [
    "IndexPage", "IndexRequest", "IndexResult", "archives", "fallbacks", "is_wider_than_source", "parse", "start",
]  # fmt: skip
