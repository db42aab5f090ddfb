"""Puts a version back in the place of its article. Every function runs inside a transaction of its caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.article import fulltext
from ingest.article.body import Body
from ingest.dedup import fingerprint
from ingest.store import article_rows, articles, notifications, values, versions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

#: Where the page of an article is does not depend on what it says.
_ADDRESSES = ("url", "canonical_url")


def revert(db: Database, article_id: int, version_id: int, now: datetime) -> bool:
    """Makes a version the article, and the article a version. False if the article has no such version.

    When a former text comes back, what the page says today is held back from now on (``reverted``); when a reading
    that was held back is taken, the article becomes a former text like that of any edit.
    """
    version = versions.row(db, version_id)
    if version is None or version["article_id"] != article_id:
        return False
    stored = article_rows.stored(db, article_id)
    assert stored
    versions.keep_former(db, stored, now, held_back="" if version["held_back"] else "reverted")
    db.execute("UPDATE versions SET held_back = '' WHERE id = ?", [version_id])
    row = _row(version)
    twin = articles.older_twin(db, row["text_hash"], article_id)
    row["duplicate_of"] = twin if twin is not None and twin < article_id else None
    row["last_changed"] = values.stamp(now)
    articles.replace(db, stored, {"authors": stored["authors"]} | row)
    notifications.note_article(db, "article.edited", article_id, now)
    return True


def _row(version: dict[str, Any]) -> dict[str, Any]:
    """The columns of an article that a version knows. One of an old release knows title and text only."""
    text = version["text"]
    if version["html"] is None:
        known = {"title": version["title"], "text": text, "content_hash": version["content_hash"]}
        return known | {
            "html": Body.of_text(text).html,
            "text_hash": fingerprint.text_hash(text),
            "word_count": fulltext.word_count(text),
        }
    return {name: version[name] for name in versions.COLUMNS if name not in _ADDRESSES}
