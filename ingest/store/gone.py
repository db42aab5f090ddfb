"""Removed articles: the state ``gone`` of their link, and ``articles.gone_at``. Their texts stay.

Every function runs inside a transaction of its caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.store import notifications, values

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from ingest.store.links import QueuedLink


def mark(db: Database, queued: QueuedLink, next_look: datetime | None, now: datetime) -> None:
    """The page of the link was removed, and so was its article.

    An article that another link leads to as well is still there. ``links.attempts`` counts the looks that found the
    page removed.
    """
    db.execute(
        "UPDATE links SET state = 'gone', attempts = iif(state = 'gone', attempts + 1, 1), next_try = ?,"
        " checked_at = ?, error = 'gone', reason = 'the page was removed', etag = '', last_modified = '',"
        " page_hash = '' WHERE id = ?",
        [values.stamp_or_none(next_look), values.stamp(now), queued.id],
    )
    marked = db.execute(
        "UPDATE articles SET gone_at = ? WHERE id = ? AND gone_at IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM links WHERE article_id = articles.id AND page = 1 AND state <> 'gone')",
        [values.stamp(now), queued.article_id],
    )
    if marked.rowcount and queued.article_id:
        notifications.note_article(db, "article.gone", queued.article_id, now)


def unmark(db: Database, article_id: int) -> None:
    """The page of the article is there, or is there again."""
    db.execute("UPDATE articles SET gone_at = NULL WHERE id = ? AND gone_at IS NOT NULL", [article_id])
