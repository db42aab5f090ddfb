-- Events that receivers are notified of, and when the runs of a source began to fail.

ALTER TABLE sources ADD COLUMN failing_at TEXT;

CREATE TABLE receivers (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    events TEXT NOT NULL,
    every_source INTEGER NOT NULL,
    failing_since TEXT,
    given_up INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE receiver_sources (
    receiver TEXT NOT NULL REFERENCES receivers(key) ON DELETE CASCADE,
    source TEXT NOT NULL,
    PRIMARY KEY (receiver, source)
) WITHOUT ROWID;

-- AUTOINCREMENT: receivers tell by the id whether they have had an event before.
CREATE TABLE notifications (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL,
    at TEXT NOT NULL,
    source TEXT NOT NULL,
    details TEXT NOT NULL
);

CREATE TABLE deliveries (
    receiver TEXT NOT NULL REFERENCES receivers(key) ON DELETE CASCADE,
    notification_id INTEGER NOT NULL REFERENCES notifications(id) ON DELETE CASCADE,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    PRIMARY KEY (receiver, notification_id)
) WITHOUT ROWID;

CREATE INDEX deliveries_notification ON deliveries(notification_id);
CREATE INDEX notifications_at ON notifications(at);
