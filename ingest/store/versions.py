"""The table ``versions``: the former articles of edited ones, and readings that were held back, each with every field.

The HTML, which repeats the words of the text, is compressed with zstd; the other columns are as in ``articles``.
Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, cast

import zstandard

from ingest.errors import DamagedError
from ingest.store import article_rows, search, values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from ingest.dedup.actions import HeldBackReason

#: The columns that a version shares with its article.
COLUMNS = (
    "title", "content_hash", "text", "url", "canonical_url", "authors", "published", "modified", "language", "section",
    "tags", "summary", "image", "site_name", "page_type", "paywalled", "robots", "quality", "pages", "next_page",
    "word_count", "text_hash", "origins", "dates", "html",
)  # fmt: skip

#: The longest HTML that is read back; no page that was stored is near it.
_LONGEST_HTML = 1 << 30


class Version(TypedDict):
    """A former article or a reading that was held back, for a list of them."""

    id: int
    article_id: int
    held_back: str
    """Why it did not replace the article; empty for a former article."""
    seen_at: str
    noted_at: str | None
    title: str
    text: str


def keep_former(db: Database, stored: Mapping[str, Any], now: datetime, *, held_back: str = "") -> int:
    """Keeps a stored article, a whole row of ``articles``, before it is replaced. Returns the version's id."""
    return _insert(db, stored["id"], stored, stored["fetched_at"], now, held_back)


def hold_back(db: Database, article_id: int, row: Mapping[str, Any], reason: str, now: datetime) -> int:
    """Keeps a reading that does not replace the article; the same one again only moves `seen_at`. Returns its id."""
    known = db.execute(
        "SELECT id FROM versions WHERE article_id = ? AND content_hash = ? AND held_back <> ''",
        [article_id, row["content_hash"]],
    ).fetchone()
    if known is None:
        return _insert(db, article_id, row, row["fetched_at"], now, reason)
    db.execute("UPDATE versions SET seen_at = ? WHERE id = ?", [row["fetched_at"], known[0]])
    return int(known[0])


def held_back(db: Database, article_id: int) -> dict[str, HeldBackReason]:
    """Content hashes of the readings of an article that were held back, with the reason of each."""
    rows = db.execute(
        "SELECT content_hash, held_back FROM versions WHERE article_id = ? AND held_back <> ''", [article_id]
    )
    return cast("dict[str, HeldBackReason]", dict(rows.fetchall()))


def of_article(db: Database, article_id: int) -> list[Version]:
    """The versions of an article, the newest first."""
    names = ", ".join(Version.__annotations__)
    rows = db.query(f"SELECT {names} FROM versions WHERE article_id = ? ORDER BY id DESC", [article_id])  # noqa: S608
    return [cast("Version", row) for row in rows]


def rows(db: Database, article_id: int) -> list[dict[str, Any]]:
    """The versions of an article with every column, the oldest first: JSON as lists and objects, HTML as text."""
    return [decoded(row) for row in db.query("SELECT * FROM versions WHERE article_id = ? ORDER BY id", [article_id])]


def row(db: Database, version_id: int) -> dict[str, Any] | None:
    """One version with every column as it is stored, but for the HTML, which is text; None if there is none.

    Raises `DamagedError` if its HTML cannot be read.
    """
    found = next(iter(db.query("SELECT * FROM versions WHERE id = ?", [version_id])), None)
    if found is None:
        return None
    html = _html(found["html"])
    if html is None and found["html"] is not None:
        raise DamagedError(f"version {version_id} is damaged; `ingest db check` says what to do")
    return found | {"html": html}


def decoded(row: dict[str, Any]) -> dict[str, Any]:
    """A row of ``versions`` with lists and objects for JSON and text for HTML, as far as they can be read."""
    decoded = {name: article_rows.parsed(row[name]) if row[name] else row[name] for name in article_rows.JSON_COLUMNS}
    return row | decoded | {"html": _html(row["html"])}


def is_intact(version: Mapping[str, Any]) -> bool:
    """Whether a decoded version has the title and text that were stored, and whatever else was stored can be read."""
    lost_html = version["html"] is None and version["url"] is not None
    if lost_html or any(isinstance(version[name], str) for name in article_rows.JSON_COLUMNS):
        return False
    return article_rows.has_its_hash(version)


def _insert(db: Database, article_id: int, row: Mapping[str, Any], seen_at: str, now: datetime, held_back: str) -> int:
    kept = {name: row[name] for name in COLUMNS} | {
        "article_id": article_id,
        "seen_at": seen_at,
        "noted_at": values.stamp(now),
        "held_back": held_back,
        "html": compress(row["html"]),
    }
    cursor = db.execute(
        f"INSERT INTO versions({', '.join(kept)}) VALUES ({', '.join(f':{name}' for name in kept)})",  # noqa: S608 - ours
        kept,
    )
    version_id = cursor.lastrowid
    assert version_id is not None
    search.index(db, version_id, kept, table="versions_fts")
    return version_id


def compress(html: str) -> bytes:
    """The HTML of a version as its column holds it."""
    return zstandard.compress(html.encode("utf-8", "replace"))


def _html(column: bytes | None) -> str | None:
    """The HTML of a version; None for one of a release that did not keep it, and if it cannot be read."""
    if column is None:
        return None
    try:
        return zstandard.decompress(column, max_output_size=_LONGEST_HTML).decode()
    except (zstandard.ZstdError, ValueError, TypeError):
        return None
