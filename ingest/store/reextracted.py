"""Saves what a kept page says today, and tells field by field what that changes.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.model import HeldBack
from ingest.store import article_columns, article_rows, articles, later_pages, outcomes

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from ingest.dedup.actions import Decider
    from ingest.model import Decision
    from ingest.store.article_columns import Extracted

#: The columns that are compared: what an article says, and who answered.
FIELDS = (
    "title", "authors", "published", "modified", "language", "section", "tags", "summary", "image", "page_type",
    "paywalled", "text", "html", "origins",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of an article, before and after. Both are as the column holds them; None for nothing."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Reextracted:
    """What became of an article, and which of its fields that changes, or would change if it were not held back."""

    decision: Decision
    changes: tuple[FieldChange, ...] = ()


def save(
    db: Database, extracted: Extracted, decide: Decider, now: datetime, next_check: datetime | None
) -> Reextracted:
    """Writes what a kept page says today. Its link stays as it is, unless it leads to an article only now."""
    article_id = extracted.queued.article_id
    if article_id is None:
        return Reextracted(articles.save_article(db, extracted, decide, now, next_check))
    before = article_rows.stored(db, article_id)
    decision = articles.save(db, extracted, decide, now)
    outcomes.correct(db, extracted, decision, now)
    if extracted.gap:
        later_pages.reopen(db, extracted.queued, now)
    if decision.article_id != article_id:
        return Reextracted(decision)
    is_held_back = isinstance(decision, HeldBack)
    after = article_columns.row(extracted, "", now) if is_held_back else article_rows.stored(db, article_id)
    assert before
    assert after
    changed = (name for name in FIELDS if before[name] != after[name])
    return Reextracted(decision, tuple(FieldChange(name, before[name], after[name]) for name in changed))
