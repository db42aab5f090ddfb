"""The table ``wrong_canonicals``: canonical URLs that pages with other texts than the article there have claimed.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.store import values

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

#: A canonical URL that so many pages have claimed wrongly is not believed of further ones.
ENOUGH_CLAIMS = 2


def count(db: Database, key: str, url: str, now: datetime) -> None:
    """One more page claims to be the article with this key, and has another text."""
    stamp = values.stamp(now)
    db.execute(
        "INSERT INTO wrong_canonicals(key, url, claims, first_at, last_at) VALUES (?, ?, 1, ?, ?)"
        " ON CONFLICT(key) DO UPDATE SET claims = claims + 1, last_at = excluded.last_at",
        [key, values.one_line(url, 8_192), stamp, stamp],
    )


def is_ignored(db: Database, key: str) -> bool:
    """Whether the canonical URL with this key is not believed any more."""
    return bool(
        db.execute("SELECT 1 FROM wrong_canonicals WHERE key = ? AND claims >= ?", [key, ENOUGH_CLAIMS]).fetchone()
    )
