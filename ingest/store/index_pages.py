"""What is remembered of each index page, saved together with the links that it named. Judges nothing.

The functions are operations on a `Store`, each one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.discover.revalidation import IndexPageState
from ingest.model import Validators
from ingest.store import url_shapes, values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ingest.discover.shape_filter import FilteredLinks
    from ingest.store import IndexCounts, Store

_COLUMNS = (
    "etag", "last_modified", "content_hash", "read_as", "whole_at", "unchanged", "distrusted_at", "redirect_to",
    "redirects", "moved_to",
)  # fmt: skip
_SAVE = (
    f"INSERT INTO index_pages(source, url, seen_at, {', '.join(_COLUMNS)}) VALUES (?, ?, ?{', ?' * len(_COLUMNS)})"  # noqa: S608 - ours
    f" ON CONFLICT(source, url) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS)}"
)


def standing(store: Store, source: str, url: str) -> IndexPageState:
    """Of an index page; an empty one if it was never had."""
    row = store.database.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM index_pages WHERE source = ? AND url = ?",  # noqa: S608 - ours
        [source, url],
    ).fetchone()
    if row is None:
        return IndexPageState()
    etag, last_modified, content_hash, read_as, whole_at, unchanged, distrusted_at, redirect_to, redirects, moved = row
    return IndexPageState(
        Validators(etag, last_modified),
        content_hash,
        read_as,
        values.moment(whole_at),
        unchanged,
        values.moment(distrusted_at),
        redirect_to,
        redirects,
        moved or "",
    )


def save(store: Store, source: str, url: str, after: IndexPageState, now: datetime) -> None:
    """Remembers what an answer without news said."""
    with store.transaction():
        _save(store, source, url, after, now)


def record(  # noqa: PLR0917 - what one page brought
    store: Store,
    source: str,
    url: str,
    after: IndexPageState,
    links: FilteredLinks,
    refused: Sequence[tuple[str, str, str]],
    now: datetime,
) -> IndexCounts:
    """Queues the links that the page named, keeps a row for those that were not followed, and remembers the page."""
    with store.transaction():
        counts = store.record_index(source, url, after.validators, links.follow, refused, now, left_out=links.skipped)
        for shape in links.retry_shapes:
            url_shapes.try_again(store.database, source, shape, now)
        _save(store, source, url, after, now)
    return counts


def _save(store: Store, source: str, url: str, after: IndexPageState, now: datetime) -> None:
    store.database.execute(
        _SAVE,
        [
            source,
            url,
            values.stamp(now),
            after.validators.etag,
            after.validators.last_modified,
            after.content_hash,
            after.read_as,
            values.stamp_or_none(after.whole_at),
            after.unchanged,
            values.stamp_or_none(after.distrusted_at),
            after.redirect_to,
            after.redirects,
            after.moved_to or None,
        ],
    )
