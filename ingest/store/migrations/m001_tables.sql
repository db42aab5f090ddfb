-- The tables, indexes and the view of the first release.

-- The wide columns come last: a list of titles then never reads the overflow pages that hold them.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    canonical_url TEXT NOT NULL,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    authors TEXT NOT NULL DEFAULT '[]',
    published TEXT,
    modified TEXT,
    language TEXT,
    section TEXT,
    tags TEXT NOT NULL DEFAULT '[]',
    summary TEXT,
    image TEXT,
    site_name TEXT,
    page_type TEXT NOT NULL,
    paywalled INTEGER NOT NULL DEFAULT 0,
    quality REAL,
    word_count INTEGER NOT NULL,
    fetched_at TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_changed TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    duplicate_of INTEGER REFERENCES articles(id),
    origins TEXT NOT NULL DEFAULT '{}',
    dates TEXT NOT NULL DEFAULT '[]',
    text TEXT NOT NULL,
    html TEXT NOT NULL
);

CREATE TABLE links (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    source TEXT NOT NULL,
    found_at TEXT NOT NULL,
    via TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'done', 'failed', 'skipped', 'gone')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try TEXT,
    checked_at TEXT,
    error TEXT,
    reason TEXT,
    article_id INTEGER REFERENCES articles(id),
    priority INTEGER NOT NULL DEFAULT 0,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    hint_hash TEXT NOT NULL DEFAULT '',
    hints TEXT NOT NULL DEFAULT '{}'
);

CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    language TEXT,
    tags TEXT NOT NULL DEFAULT '[]',
    added_at TEXT NOT NULL,
    last_run TEXT,
    last_ok TEXT,
    next_due TEXT,
    failures REAL NOT NULL DEFAULT 0,
    error TEXT,
    message TEXT,
    ttl REAL,
    etag TEXT,
    last_modified TEXT
);

CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    seen_at TEXT NOT NULL,
    title TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE index_pages (
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    seen_at TEXT NOT NULL,
    PRIMARY KEY (source, url)
) WITHOUT ROWID;

CREATE TABLE fetches (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    at TEXT NOT NULL,
    status INTEGER,
    bytes INTEGER,
    ms INTEGER,
    error TEXT
);

-- Contentless: the articles hold the text, the index only its words, CJK as pairs (docs/decisions/0004).
CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, authors, text, content='', tokenize='unicode61 remove_diacritics 2'
);

CREATE INDEX articles_published ON articles(published);
CREATE INDEX articles_source_published ON articles(source, published);
CREATE INDEX articles_language ON articles(language);
CREATE INDEX articles_section ON articles(section);
CREATE INDEX articles_text_hash ON articles(text_hash);
CREATE INDEX articles_duplicate_of ON articles(duplicate_of, source) WHERE duplicate_of IS NOT NULL;
CREATE INDEX articles_day ON articles(date(published));
CREATE INDEX links_due ON links(source, state, next_try);
CREATE INDEX links_article ON links(article_id);
CREATE INDEX links_url ON links(url);
CREATE INDEX versions_article ON versions(article_id);
CREATE INDEX fetches_at ON fetches(at);
CREATE INDEX fetches_source ON fetches(source, at);

-- Counts in indexes alone, in one pass over each: the rows are wide, and there may be thousands of sources.
CREATE VIEW source_health AS
WITH held AS (
    SELECT source, count(*) AS articles, max(published) AS newest FROM articles GROUP BY source
), doubled AS (
    SELECT source, count(*) AS duplicates FROM articles WHERE duplicate_of IS NOT NULL GROUP BY +source
), waiting AS (
    SELECT source, sum(state = 'queued') AS queued, sum(state = 'failed') AS failed, sum(state = 'skipped') AS skipped,
           sum(state = 'gone') AS gone
    FROM links GROUP BY source
)
SELECT s.name, s.url, s.kind, s.active, s.last_run, s.last_ok, s.next_due, s.failures, s.error, s.message,
       coalesce(articles, 0) AS articles, coalesce(duplicates, 0) AS duplicates, newest,
       coalesce(queued, 0) AS queued, coalesce(failed, 0) AS failed, coalesce(skipped, 0) AS skipped,
       coalesce(gone, 0) AS gone
FROM sources s LEFT JOIN held ON held.source = s.name LEFT JOIN doubled ON doubled.source = s.name
LEFT JOIN waiting ON waiting.source = s.name
ORDER BY s.active DESC, s.name;
