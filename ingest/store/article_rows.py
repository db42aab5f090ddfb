"""Articles as rows of ``articles``: the newest in a few columns, or all of them with every column for an export."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypedDict, cast

from ingest.dedup import fingerprint
from ingest.store import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlite_utils import Database

#: Columns that hold JSON.
JSON_COLUMNS = ("authors", "tags", "origins", "dates")


class ArticleSummary(TypedDict):
    """An article as a list of articles shows it."""

    id: int
    published: str | None
    source: str
    title: str
    url: str
    language: str | None
    word_count: int
    duplicate_of: int | None


def latest(db: Database, limit: int) -> list[ArticleSummary]:
    """The newest articles, by publication; those without a date after the others."""
    columns = ", ".join(ArticleSummary.__annotations__)
    rows = db.query(f"SELECT {columns} FROM articles ORDER BY published DESC, id DESC LIMIT ?", [limit])  # noqa: S608
    return [cast("ArticleSummary", row) for row in rows]


def columns(db: Database) -> list[str]:
    """The columns of ``articles``, in their order."""
    return list(db["articles"].columns_dict)


def article(db: Database, article_id: int) -> dict[str, Any] | None:
    """One article with every column; None if there is none with this id."""
    row = stored(db, article_id)
    return decoded(row) if row else None


def stored(db: Database, article_id: int | None) -> dict[str, Any] | None:
    """One article with every column as it is stored; None if there is none with this id."""
    return next(iter(db.query("SELECT * FROM articles WHERE id = ?", [article_id])), None)


def export(db: Database, names: Sequence[str], since: datetime | None) -> Iterator[dict[str, Any]]:
    """Articles of these sources (of all, when none is named) by id, JSON columns as lists and dicts.

    ``since`` is compared with the time of publication, or that of finding where a page names none.
    """
    chosen = f"source IN ({', '.join('?' * len(names))})" if names else "1"
    recent = "coalesce(published, first_seen) >= ?" if since else "1"
    wanted = [*names, *([values.stamp(since)] if since else [])]
    # Row by row from the cursor: an export may be larger than memory.
    for row in db.query(f"SELECT * FROM articles WHERE {chosen} AND {recent} ORDER BY id", wanted):  # noqa: S608 - ours
        yield decoded(row)


def decoded(row: dict[str, Any]) -> dict[str, Any]:
    """A row of ``articles`` with lists and objects for JSON."""
    return row | {name: parsed(row[name]) for name in JSON_COLUMNS}


def is_intact(row: Mapping[str, Any]) -> bool:
    """Whether an exported article has the title and text that were stored, and lists where lists were stored."""
    if not all(isinstance(row[name], list | dict) for name in JSON_COLUMNS):
        return False
    return has_its_hash(row)


def has_its_hash(row: Mapping[str, Any]) -> bool:
    """Whether the title and the text of an article or a version are those that its hash was computed from."""
    title, text = row["title"], row["text"]
    if not isinstance(title, str) or not isinstance(text, str):
        return False
    return bool(row["content_hash"] == fingerprint.content_hash(title, text))


def parsed(column: str) -> Any:
    """The value of a JSON column; the text itself where it is damaged."""
    try:
        return json.loads(column)
    except (ValueError, TypeError):
        return column
