"""The table ``index_pages``: what is remembered of each index page, saved together with the links that it named.

Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.discover.revalidation import IndexPageState
from ingest.model import Link, Validators
from ingest.store import links, url_shapes, values
from ingest.store.links import IndexCounts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from ingest.discover.shape_filter import FilteredLinks
    from ingest.schedule.requeue import Requeuer

_COLUMNS = (
    "etag", "last_modified", "content_hash", "read_as", "whole_at", "unchanged", "distrusted_at", "redirect_to",
    "redirects", "moved_to",
)  # fmt: skip
_SAVE = (
    f"INSERT INTO index_pages(source, url, seen_at, {', '.join(_COLUMNS)}) VALUES (?, ?, ?{', ?' * len(_COLUMNS)})"  # noqa: S608 - our own column names
    f" ON CONFLICT(source, url) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS)}"
)
_RECORD = f"{_SAVE}, seen_at = excluded.seen_at"


@dataclass(frozen=True, slots=True)
class ReadIndex:
    """An index page that was fetched and parsed: the links it named, and what is remembered of it from now on.

    ``refused`` are URLs that are not followed, each with an error class and a reason. Links of a higher ``priority``
    are fetched first. A ``state`` of None keeps what is remembered, but for the validators.
    """

    source: str
    url: str
    links: FilteredLinks
    refused: Sequence[tuple[str, str, str]] = ()
    state: IndexPageState | None = None
    priority: int = 0


def state(db: Database, source: str, url: str) -> IndexPageState:
    """What is remembered of an index page; an empty state if it was never fetched."""
    row = db.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM index_pages WHERE source = ? AND url = ?",  # noqa: S608 - our own column names
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


def save(db: Database, source: str, url: str, after: IndexPageState, now: datetime) -> None:
    """Saves what is remembered of an index page after a response without news."""
    db.execute(_SAVE, _row(source, url, after, now))


def record(db: Database, read: ReadIndex, requeue: Requeuer, now: datetime) -> IndexCounts:
    """Queues the links that the page named, keeps a row for each that is not followed, and saves the page's state."""
    outcomes = [links.queue(db, key, link, read.priority, requeue, now) for key, link in read.links.follow]
    for url, code, reason in read.refused:
        links.refuse(db, Link(url, read.source, read.url), (code, reason), now)
    for skipped in read.links.skipped:
        links.filter_out(db, skipped, read.priority, now)
    for shape in read.links.retry_shapes:
        url_shapes.retry(db, read.source, shape, now)
    after = read.state or replace(state(db, read.source, read.url), validators=Validators())
    db.execute(_RECORD, _row(read.source, read.url, after, now))
    given = after.validators
    db.execute(
        "UPDATE sources SET etag = ?, last_modified = ? WHERE name = ? AND url = ?",
        [given.etag or None, given.last_modified or None, read.source, read.url],
    )
    return IndexCounts(len(outcomes), outcomes.count("new"), outcomes.count("requeued"))


def _row(source: str, url: str, after: IndexPageState, now: datetime) -> list[str | int | None]:
    return [
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
    ]
