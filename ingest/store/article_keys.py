"""The unique key by which an article is stored: that of its canonical URL where that is believed, or of its address.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.dedup import urls
from ingest.dedup.decide import trusted_key
from ingest.store import wrong_canonicals

if TYPE_CHECKING:
    from sqlite_utils import Database

    from ingest.store.article_columns import Extracted
    from ingest.store.links import QueuedLink


def key(db: Database, extracted: Extracted) -> tuple[str, int | None]:
    """The key of an article, and the article that its page names as canonical although many others did so wrongly."""
    own, claimed = extracted.queued.key, extracted.key
    holder = db.execute("SELECT id, url FROM articles WHERE key = ?", [claimed]).fetchone()
    if holder and claimed != own and wrong_canonicals.is_ignored(db, claimed):
        return own, holder[0]
    canonical = extracted.article.canonical_url
    return trusted_key(own, claimed, extracted.url, canonical, holder[1] if holder else None), None


def free_key(db: Database, queued: QueuedLink) -> str:
    """The key of the link's own address. An article of another address that claimed it before gets its own, too."""
    taken = db.execute("SELECT id, url FROM articles WHERE key = ?", [queued.key]).fetchone()
    if taken is None:
        return queued.key
    article_id, url = taken
    own = urls.key(url)
    if db.execute("SELECT 1 FROM articles WHERE key = ?", [own]).fetchone():
        own = f"{own}#{article_id}"
    db.execute("UPDATE articles SET key = ? WHERE id = ?", [own, article_id])
    return queued.key
