"""The database: articles, links, sources and raw pages in two SQLite files.

Articles, links and states come in, each with what must be saved in the same transaction; rows and counts go out.
`Store` is the only writer, in a thread of its own (`thread`); `Reader` reads beside it. Each other module holds the
functions of one group of tables. Nothing is fetched or parsed here, and what is to be done with an article or a link
is decided by functions that the caller hands in.
"""

from ingest.store.article_columns import Extracted
from ingest.store.article_rows import ArticleSummary
from ingest.store.fetches import Fetch
from ingest.store.findings import FindingRow
from ingest.store.index_pages import ReadIndex
from ingest.store.links import IndexCounts, QueuedLink
from ingest.store.raw_pages import RawPage
from ingest.store.reader import Reader
from ingest.store.reextracted import FieldChange, Reextracted
from ingest.store.search import Hit, VersionHit
from ingest.store.source_runs import Run
from ingest.store.status import SourceStatus
from ingest.store.store import Store
from ingest.store.versions import Version

__all__ = [
    "ArticleSummary",
    "Extracted",
    "Fetch",
    "FieldChange",
    "FindingRow",
    "Hit",
    "IndexCounts",
    "QueuedLink",
    "RawPage",
    "ReadIndex",
    "Reader",
    "Reextracted",
    "Run",
    "SourceStatus",
    "Store",
    "Version",
    "VersionHit",
]
