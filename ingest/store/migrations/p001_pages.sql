-- Raw pages, compressed with zstd.

CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    final_url TEXT NOT NULL,
    source TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    size INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    content BLOB NOT NULL
);

CREATE INDEX pages_url ON pages(url, fetched_at);
CREATE INDEX pages_source ON pages(source);
