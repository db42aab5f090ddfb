"""The table ``outcomes``: what came of each link that a run read, by which the health of a source is judged.

A link has one row for its first look, and one for the last look at the article that it led to; pages that are as they
were say nothing and have none. Every function that writes runs inside a transaction of its
caller, the one that saves what the row tells of.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ingest.article import fulltext
from ingest.dedup.reading import SITE_RULES
from ingest.model import Changed, Decision, Duplicate, HeldBack, New, Outcome, Unchanged
from ingest.store import values

if TYPE_CHECKING:
    from sqlite_utils import Database

    from ingest.store.article_columns import Extracted
    from ingest.store.links import QueuedLink

#: The fields of an article whose fill rate is watched.
FIELDS = ("title", "authors", "published", "modified", "section", "tags", "summary", "image")
#: How many outcomes of a source are kept at most, and for how long; the newest few are kept longer.
MOST, KEPT, ALWAYS_KEPT = 500, timedelta(days=30), 100

# A link that a backfill found is history, and so is one that waited since before the source was first read through:
# the layout of old pages says nothing of today's.
_ADD = """
INSERT OR REPLACE INTO outcomes(source, url, again, at, outcome, error, body_origin, filled, words, quality)
SELECT :source, :url, :again, :at, :outcome, :error, :body_origin, :filled, :words, :quality
WHERE NOT EXISTS (SELECT 1 FROM links l LEFT JOIN sources s ON s.name = l.source WHERE l.id = :link
    AND (l.priority < 0 OR :again = 0 AND l.found_at < s.first_run))"""


def add(db: Database, queued: QueuedLink, outcome: str, error: str, now: datetime) -> None:
    """Adds a row for a link that led to no article this time."""
    _add(db, queued, Outcome(queued.source, queued.url, now, outcome, error))


def add_reading(db: Database, extracted: Extracted, decision: Decision, now: datetime) -> None:
    """Adds a row for a link that led to an article, also if that was held back."""
    _add(db, extracted.queued, _reading(extracted, decision, now))


def correct(db: Database, extracted: Extracted, decision: Decision, now: datetime) -> None:
    """Says how a page is read today, where its last row says that its own rule or platform did not answer.

    The page is that of the row: it was not fetched again. Rows that were well stay, since a rule for a new layout does
    not fit the pages of the old one.
    """
    queued = extracted.queued
    row = db.execute(
        "SELECT id, outcome, body_origin FROM outcomes WHERE source = ? AND url = ? ORDER BY id DESC LIMIT 1",
        [queued.source, queued.url],
    ).fetchone()
    if row is None or (row[1] != "held_back" and row[2].startswith(SITE_RULES)):
        return
    db.execute(
        "UPDATE outcomes SET outcome = :outcome, error = :error, body_origin = :body_origin, filled = :filled,"
        " words = :words, quality = :quality WHERE id = :id",
        _columns(_reading(extracted, decision, now)) | {"id": row[0]},
    )


def newest(db: Database, source: str, now: datetime) -> tuple[Outcome, ...]:
    """The newest outcomes of a source, oldest first: a month of them, or a few if it has fewer in a month."""
    rows = db.execute(
        "SELECT source, url, at, outcome, error, body_origin, filled, words, quality FROM outcomes"
        " WHERE source = ? ORDER BY id DESC LIMIT ?",
        [source, MOST],
    ).fetchall()
    since = values.stamp(now - KEPT)
    kept = [row for number, row in enumerate(rows) if number < ALWAYS_KEPT or row[2] >= since]
    return tuple(
        Outcome(
            name, url, datetime.fromisoformat(at), outcome, error, origin, tuple(json.loads(filled)), words, quality
        )
        for name, url, at, outcome, error, origin, filled, words, quality in reversed(kept)
    )


def drop_old(db: Database, source: str, now: datetime) -> None:
    """Deletes what `newest` does not look at any more."""
    db.execute(
        "DELETE FROM outcomes WHERE source = :source AND id <="
        " (SELECT id FROM outcomes WHERE source = :source ORDER BY id DESC LIMIT 1 OFFSET :most)",
        {"source": source, "most": MOST},
    )
    db.execute(
        "DELETE FROM outcomes WHERE source = :source AND at < :since AND id <="
        " (SELECT id FROM outcomes WHERE source = :source ORDER BY id DESC LIMIT 1 OFFSET :few)",
        {"source": source, "since": values.stamp(now - KEPT), "few": ALWAYS_KEPT},
    )


def _reading(extracted: Extracted, decision: Decision, now: datetime) -> Outcome:
    article, queued = extracted.article, extracted.queued
    outcome, error = _outcome(decision)
    origin = article.origins.get("body", "")
    filled = tuple(name for name in FIELDS if getattr(article, name))
    words = fulltext.word_count(article.text)
    return Outcome(queued.source, queued.url, now, outcome, error, origin, filled, words, article.quality)


def _add(db: Database, queued: QueuedLink, outcome: Outcome) -> None:
    db.execute(_ADD, _columns(outcome) | {"link": queued.id, "again": queued.article_id is not None})


def _columns(outcome: Outcome) -> dict[str, Any]:
    return {
        "source": outcome.source,
        "url": outcome.url,
        "at": values.stamp(outcome.at),
        "outcome": outcome.outcome,
        "error": outcome.error,
        "body_origin": values.one_line(outcome.body_origin),
        "filled": values.to_json(outcome.filled),
        "words": outcome.words,
        "quality": round(outcome.quality, 4),
    }


def _outcome(decision: Decision) -> tuple[str, str]:
    match decision:
        case New(claimed=None):
            return "new", ""
        case New():
            return "new", "canonical"
        case Changed():
            return "changed", ""
        case Unchanged():
            return "unchanged", ""
        case Duplicate():
            return "duplicate", ""
        case HeldBack(reason=reason):
            return "held_back", reason
