"""The only place that writes: articles, links, sources and raw pages in SQLite. Fetches and reads no page."""

from ingest.store.queue import IndexCounts, QueuedLink
from ingest.store.report import SourceStatus
from ingest.store.search import Hit
from ingest.store.snapshots import RawPage
from ingest.store.store import Store
from ingest.store.writer import Extracted

__all__ = ["Extracted", "Hit", "IndexCounts", "QueuedLink", "RawPage", "SourceStatus", "Store"]
