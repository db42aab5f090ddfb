"""The table ``noise``: which blocks of a source's articles changed from one look to the next, for `dedup.noise`.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.article import cleaning
from ingest.store import values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlite_utils import Database

#: Rows kept of a source, the latest; a page with scores of changing blocks has no more than 20 a look.
_ROWS_A_SOURCE = 2_000


def changing(db: Database, source: str) -> dict[str, int]:
    """Template → in how many articles of the source it changed; for a line of one article (``@``), how often."""
    rows = db.execute(
        "SELECT template, CASE WHEN template LIKE '@%' THEN max(looks) ELSE count(*) END AS times"
        " FROM noise WHERE source = ? GROUP BY template HAVING times > 1",
        [source],
    )
    return dict(rows.fetchall())


def count(db: Database, source: str, article_id: int, templates: Sequence[str], now: datetime) -> None:
    """Counts one look at an article at which these blocks changed."""
    for template in templates:
        db.execute(
            "INSERT INTO noise(source, template, article_id, looks, last_at) VALUES (?, ?, ?, 1, ?)"
            " ON CONFLICT DO UPDATE SET looks = looks + 1, last_at = excluded.last_at",
            [source, cleaning.storable(template), article_id, values.stamp(now)],
        )
    db.execute(
        "DELETE FROM noise WHERE source = :source AND last_at < (SELECT last_at FROM noise WHERE source = :source"
        " ORDER BY last_at DESC LIMIT 1 OFFSET :most)",
        {"source": source, "most": _ROWS_A_SOURCE - 1},
    )
