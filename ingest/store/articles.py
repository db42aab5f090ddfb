"""The table ``articles``: saves an article as `dedup.decide` decides, with its words and its link.

Every function that writes runs inside a transaction of its caller: what is read, decided and written belongs together.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ingest.dedup import urls
from ingest.dedup.actions import HoldBack, Insert, InsertApart, InsertDuplicate, Keep, Matches, StoredArticle, Update
from ingest.model import Changed, Decision, Duplicate, HeldBack, New, Unchanged
from ingest.store import (
    article_columns,
    article_keys,
    gone,
    later_pages,
    links,
    noise,
    notifications,
    search,
    url_shapes,
    values,
    versions,
    wrong_canonicals,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from ingest.dedup.actions import Decider
    from ingest.store.article_columns import Extracted
    from ingest.store.links import QueuedLink


def save_article(
    db: Database, extracted: Extracted, decide: Decider, now: datetime, next_check: datetime | None
) -> Decision:
    """Writes the article, if there is something to write, and marks its link done."""
    decision = save(db, extracted, decide, now)
    queued, page, article_id = extracted.queued, extracted.page, decision.article_id
    links.finish(
        db, queued, article_id, page if extracted.revalidate else None, now, next_check, reason=_reason(decision)
    )
    gone.unmark(db, article_id)
    if queued.article_id is None:
        url_shapes.count_article(db, queued.source, queued.url, now)
    if page and not isinstance(decision, HeldBack):
        later_pages.save(db, queued, article_id, extracted.later, now, is_all=extracted.gap is None)
    if extracted.gap:
        later_pages.note_gap(db, queued, extracted.gap)
    return decision


def save(db: Database, extracted: Extracted, decide: Decider, now: datetime) -> Decision:
    """Writes the article as ``decide`` decides by what is stored already. Its link stays as it is."""
    key, disbelieved = article_keys.key(db, extracted)
    stored = _stored(db, extracted.queued, key)
    row = article_columns.row(extracted, key, now)
    action = decide(extracted.article, _matches(db, extracted.queued, stored, row))
    if isinstance(action, Insert | InsertDuplicate | InsertApart):
        return _store_new(db, extracted, row, action, now, disbelieved)
    assert stored is not None
    if action.changed:
        noise.count(db, row["source"], action.id, action.changed, now)
    match action:
        case Update(duplicate_of=twin):
            versions.keep_former(db, stored, now)
            _update(db, stored, row | {"duplicate_of": twin, "last_changed": values.stamp(now)})
            notifications.note_article(db, "article.edited", action.id, now)
            return Changed(action.id)
        case Keep(why="same"):
            # The words are the same; the other fields may be extracted better today.
            _update(db, stored, row)
            return Unchanged(action.id)
        case HoldBack(reason=reason, message=message):
            versions.hold_back(db, action.id, row, reason, now)
            _note_reading(db, row, action.id)
            return HeldBack(action.id, reason, message)
    _note_reading(db, row, action.id)
    return Unchanged(action.id)


def _store_new(
    db: Database,
    extracted: Extracted,
    row: dict[str, Any],
    action: Insert | InsertDuplicate | InsertApart,
    now: datetime,
    disbelieved: int | None,
) -> Decision:
    """``disbelieved`` is the article that the page names as canonical, and is not believed to."""
    match action:
        case Insert():
            return New(_insert(db, row, now), disbelieved)
        case InsertDuplicate(of=twin):
            return Duplicate(_insert(db, row | {"duplicate_of": twin}, now), twin)
    wrong_canonicals.count(db, row["key"], row["canonical_url"], now)
    key = article_keys.free_key(db, extracted.queued)
    return New(_insert(db, row | {"key": key, "duplicate_of": action.duplicate_of}, now), action.claimed)


def _reason(decision: Decision) -> str:
    """What the row of a link says of an article that was not stored as its page claims."""
    match decision:
        case HeldBack(message=message):
            return f"held back: {message}"
        case New(claimed=int(claimed)):
            return f"stored on its own: the page names article {claimed} as canonical, whose text is another one"
    return ""


def read_at(db: Database, article_id: int) -> datetime | None:
    """When the page of an article was last read."""
    row = db.execute("SELECT fetched_at FROM articles WHERE id = ?", [article_id]).fetchone()
    return values.moment(row[0]) if row else None


def _insert(db: Database, row: dict[str, Any], now: datetime) -> int:
    row = row | {"first_seen": values.stamp(now), "last_changed": values.stamp(now)}
    cursor = db.execute(
        f"INSERT INTO articles({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})",  # noqa: S608 - ours
        row,
    )
    article_id = cursor.lastrowid
    assert article_id is not None
    search.index(db, article_id, row)
    notifications.note_article(db, "article.new", article_id, now)
    return article_id


def _update(db: Database, stored: dict[str, Any], row: dict[str, Any]) -> None:
    replace(db, stored, article_columns.with_fields_kept(row, stored))


def replace(db: Database, stored: Mapping[str, Any], row: Mapping[str, Any]) -> None:
    """Writes the columns ``row`` over the ``stored`` article, a whole row, and its words over those in the index."""
    if any(stored[name] != row[name] for name in search.COLUMNS):
        search.unindex(db, stored["id"], stored)
        search.index(db, stored["id"], row)
    db.execute(
        f"UPDATE articles SET {', '.join(f'{name} = :{name}' for name in row)} WHERE id = :id",  # noqa: S608 - ours
        {**row, "id": stored["id"]},
    )


def _note_reading(db: Database, row: dict[str, Any], article_id: int) -> None:
    db.execute("UPDATE articles SET fetched_at = ? WHERE id = ?", [row["fetched_at"], article_id])


def _matches(db: Database, queued: QueuedLink, stored: dict[str, Any] | None, row: Mapping[str, Any]) -> Matches:
    twin = older_twin(db, row["text_hash"], stored["id"] if stored else 0)
    url = db.execute("SELECT url FROM articles WHERE id = ?", [twin]).fetchone()[0] if twin else ""
    if stored is None:
        return Matches(None, twin, url)
    is_same = stored["content_hash"] == row["content_hash"]
    changing = {} if is_same else noise.changing(db, row["source"])
    return Matches(_stored_article(db, queued, stored), twin, url, changing=changing)


def older_twin(db: Database, text_hash: str, article_id: int) -> int | None:
    """The oldest other article with this text that is no duplicate itself."""
    twin: int | None = db.execute(
        "SELECT min(id) FROM articles WHERE text_hash = ? AND text_hash <> '' AND duplicate_of IS NULL AND id <> ?",
        [text_hash, article_id],
    ).fetchone()[0]
    return twin


def _stored_article(db: Database, queued: QueuedLink, stored: dict[str, Any]) -> StoredArticle:
    return StoredArticle(
        id=stored["id"],
        content_hash=stored["content_hash"],
        title=stored["title"],
        text=stored["text"],
        html=stored["html"],
        url=stored["url"],
        canonical_url=stored["canonical_url"],
        authors=tuple(json.loads(stored["authors"])),
        published=values.moment(stored["published"]),
        modified=values.moment(stored["modified"]),
        origins=json.loads(stored["origins"]),
        quality=stored["quality"] or 0.0,
        duplicate_of=stored["duplicate_of"],
        is_same_address=queued.article_id == stored["id"] or urls.key(stored["url"]) == queued.key,
        held_back=versions.held_back(db, stored["id"]),
    )


def _stored(db: Database, queued: QueuedLink, key: str) -> dict[str, Any] | None:
    """The article that this link led to before, or else the one known by ``key``, or by a link of that key."""
    rows = db.query(
        "SELECT * FROM articles WHERE id = coalesce(:linked, (SELECT id FROM articles WHERE key = :key),"
        " (SELECT article_id FROM links WHERE key = :key))",
        {"key": key, "linked": queued.article_id},
    )
    return next(iter(rows), None)
