"""The only place that writes: articles, links, sources and raw pages in SQLite. Fetches and reads no page."""

from ingest.store.articles import Extracted
from ingest.store.links import IndexCounts, QueuedLink
from ingest.store.listings import SourceStatus
from ingest.store.raw_pages import RawPage
from ingest.store.search import Hit
from ingest.store.store import Store

__all__ = ["Extracted", "Hit", "IndexCounts", "QueuedLink", "RawPage", "SourceStatus", "Store"]
