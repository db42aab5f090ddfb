-- The index pages of a backfill: read, unread and failed.

CREATE TABLE history_pages (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    depth INTEGER NOT NULL DEFAULT 0,
    via TEXT NOT NULL DEFAULT '',
    optional INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'unread' CHECK (state IN ('unread', 'read', 'failed')),
    error TEXT,
    found_at TEXT NOT NULL,
    asked_at TEXT,
    UNIQUE (source, url, kind)
);

CREATE INDEX history_pages_state ON history_pages(source, state, id);
