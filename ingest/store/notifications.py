"""The tables ``notifications``, ``deliveries`` and ``receivers``: a durable queue of events for those who want them.

An event is written in the transaction of what it reports, and only if a receiver wants it; its row is deleted once
every receiver has acknowledged it. Every function that writes runs inside a transaction of its caller.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ingest.model import Notification
from ingest.store import values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from ingest.model import Event, Finding, Receiver, Source
    from ingest.schedule.due import SourceState

#: How long a receiver gets to acknowledge an event.
KEPT = timedelta(days=7)
#: An event that is older is given up if it was refused so often, or its receiver has failed for so long.
_OFTEN, _LONG = 5, timedelta(days=1)
#: `SourceState.failures` from which on a source is failing: one lasting failure, or two that may pass, in a row.
FAILING = 1.0

_ARTICLE = (
    "id", "url", "canonical_url", "source", "title", "authors", "published", "modified", "language", "section", "tags",
    "summary", "image", "word_count", "first_seen", "last_changed", "content_hash", "duplicate_of", "gone_at", "text",
)  # fmt: skip
_LISTS = ("authors", "tags")


def subscribe(db: Database, receivers: Sequence[Receiver], sources: Sequence[Source], now: datetime) -> None:
    """Writes who wants which events of which sources. What waits for a receiver that was taken out expires."""
    db.execute("UPDATE receivers SET active = 0")
    db.execute("DELETE FROM receiver_sources")
    for receiver in receivers:
        every_source = not (receiver.sources or receiver.tags)
        db.execute(
            "INSERT INTO receivers(key, name, events, every_source) VALUES (?, ?, ?, ?) ON CONFLICT(key) DO UPDATE"
            " SET name = excluded.name, events = excluded.events, every_source = excluded.every_source, active = 1",
            [receiver.key, receiver.name, values.to_json(list(receiver.events)), every_source],
        )
        if not every_source:
            wanted = [(receiver.key, name) for name in _passing(receiver, sources)]
            db.conn.executemany("INSERT INTO receiver_sources(receiver, source) VALUES (?, ?)", wanted)
    expired = values.stamp(now - KEPT)
    db.execute(
        "DELETE FROM deliveries WHERE receiver IN (SELECT key FROM receivers WHERE NOT active)"
        " AND notification_id IN (SELECT id FROM notifications WHERE at < ?)",
        [expired],
    )
    db.execute("DELETE FROM receivers WHERE NOT active AND key NOT IN (SELECT receiver FROM deliveries)")
    _delete_delivered(db)


def note_article(db: Database, event: Event, article_id: int, now: datetime) -> None:
    """Queues an event about a stored article, as it is now."""
    row = db.execute("SELECT source FROM articles WHERE id = ?", [article_id]).fetchone()
    if row is None or not _wanted_by(db, event, row[0]):
        return
    columns = db.execute(f"SELECT {', '.join(_ARTICLE)} FROM articles WHERE id = ?", [article_id]).fetchone()  # noqa: S608 - ours
    article = dict(zip(_ARTICLE, columns, strict=True))
    article |= {name: json.loads(article[name]) for name in _LISTS}
    _queue(db, event, row[0], {"article": article}, now)


def note_finding(db: Database, event: Event, finding: Finding, now: datetime) -> None:
    """Queues an event about a finding that was opened or closed at ``now``."""
    about = {
        "source": finding.source,
        "kind": finding.kind,
        "since": values.stamp(finding.since),
        "closed_at": values.stamp(now) if event == "finding.closed" else None,
        "message": finding.message,
        "evidence": list(finding.evidence),
    }
    _queue(db, event, finding.source, {"finding": about}, now)


def note_run(db: Database, after: SourceState, *, ok: bool, now: datetime) -> None:
    """Queues an event if the runs of a source have begun to fail, or are well again (`sources.failing_at`)."""
    row = db.execute("SELECT failing_at FROM sources WHERE name = ?", [after.name]).fetchone()
    if row is None:
        return
    (since,) = row
    if since is None and after.failures >= FAILING:
        db.execute("UPDATE sources SET failing_at = ? WHERE name = ?", [values.stamp(now), after.name])
        message = values.one_line(after.message, values.TITLE)
        about = {"since": values.stamp(now), "error": after.error, "message": message}
        _queue(db, "source.failing", after.name, {"failure": about}, now)
    elif since is not None and ok:
        db.execute("UPDATE sources SET failing_at = NULL WHERE name = ?", [after.name])
        _queue(db, "source.recovered", after.name, {"failure": {"since": since, "until": values.stamp(now)}}, now)


def waiting(db: Database, receiver: str, limit: int, set_aside: Sequence[int] = ()) -> list[Notification]:
    """Returns the oldest events that wait for a receiver, without those that are ``set_aside``."""
    rows = db.execute(
        "SELECT n.id, n.event, n.at, n.source, n.details, d.attempts FROM deliveries d"
        " JOIN notifications n ON n.id = d.notification_id WHERE d.receiver = ?"
        " AND d.notification_id NOT IN (SELECT value FROM json_each(?)) ORDER BY d.notification_id LIMIT ?",
        [receiver, values.to_json(list(set_aside)), limit],
    )
    return [Notification(*row) for row in rows.fetchall()]


def acknowledge(db: Database, receiver: str, notification: int) -> None:
    """The receiver has the event; once all have it, its row is deleted."""
    db.execute("DELETE FROM deliveries WHERE receiver = ? AND notification_id = ?", [receiver, notification])
    db.execute(
        "DELETE FROM notifications WHERE id = ? AND NOT EXISTS (SELECT 1 FROM deliveries WHERE notification_id = ?)",
        [notification, notification],
    )
    db.execute("UPDATE receivers SET failing_since = NULL WHERE key = ? AND failing_since IS NOT NULL", [receiver])


def delivery_failed(db: Database, receiver: str, notification: int, error: str, now: datetime) -> int:
    """The delivery failed. Returns how many events are given up: those older than `KEPT` of a receiver that fails for
    a day, or that were refused several times.
    """
    db.execute(
        "UPDATE deliveries SET attempts = attempts + 1, error = ? WHERE receiver = ? AND notification_id = ?",
        [error, receiver, notification],
    )
    db.execute(
        "UPDATE receivers SET failing_since = coalesce(failing_since, ?) WHERE key = ?", [values.stamp(now), receiver]
    )
    given_up = db.execute(
        "DELETE FROM deliveries WHERE receiver = :key AND (attempts >= :often"
        " OR (SELECT failing_since FROM receivers WHERE key = :key) <= :long_ago)"
        " AND notification_id IN (SELECT id FROM notifications WHERE at < :expired)",
        {
            "key": receiver,
            "often": _OFTEN,
            "long_ago": values.stamp(now - _LONG),
            "expired": values.stamp(now - KEPT),
        },
    ).rowcount
    if given_up:
        db.execute("UPDATE receivers SET given_up = given_up + ? WHERE key = ?", [given_up, receiver])
        _delete_delivered(db)
    return given_up


def _passing(receiver: Receiver, sources: Sequence[Source]) -> list[str]:
    names, tags = set(receiver.sources), set(receiver.tags)
    return [
        source.name
        for source in sources
        if (not names or source.name in names) and (not tags or not tags.isdisjoint(source.tags))
    ]


def _wanted_by(db: Database, event: str, source: str) -> list[str]:
    rows = db.execute(
        "SELECT key FROM receivers WHERE active AND (every_source OR EXISTS"
        " (SELECT 1 FROM receiver_sources WHERE receiver = key AND source = ?))"
        " AND EXISTS (SELECT 1 FROM json_each(events) WHERE value = ?)",
        [source, event],
    )
    return [key for (key,) in rows.fetchall()]


def _queue(db: Database, event: str, source: str, details: dict[str, Any], now: datetime) -> None:
    receivers = _wanted_by(db, event, source)
    if not receivers:
        return
    cursor = db.execute(
        "INSERT INTO notifications(event, at, source, details) VALUES (?, ?, ?, ?)",
        [event, values.stamp(now), source, values.to_json(details)],
    )
    rows = [(receiver, cursor.lastrowid) for receiver in receivers]
    db.conn.executemany("INSERT INTO deliveries(receiver, notification_id) VALUES (?, ?)", rows)


def _delete_delivered(db: Database) -> None:
    db.execute("DELETE FROM notifications WHERE id NOT IN (SELECT notification_id FROM deliveries)")
