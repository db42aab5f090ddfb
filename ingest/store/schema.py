"""The tables of both files, as migrations. A migration that was released is never edited; docs/schema.md describes all.

Times are text, UTC, ISO 8601 to the second (``2026-01-06T05:18:00Z``), so that they sort and compare as they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

articles_file = Migrations("ingest")
pages_file = Migrations("ingest-pages")

# The wide columns stand last: a list of titles then never reads the overflow pages that hold them.
_ARTICLES = """
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
)"""

_LINKS = """
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
)"""

_SOURCES = """
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
)"""

_TABLES = (
    _ARTICLES,
    _LINKS,
    _SOURCES,
    """
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    seen_at TEXT NOT NULL,
    title TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    text TEXT NOT NULL
)""",
    """
CREATE TABLE index_pages (
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    seen_at TEXT NOT NULL,
    PRIMARY KEY (source, url)
) WITHOUT ROWID""",
    """
CREATE TABLE fetches (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    at TEXT NOT NULL,
    status INTEGER,
    bytes INTEGER,
    ms INTEGER,
    error TEXT
)""",
    # Contentless: the articles hold the text, the index only its words, CJK as pairs (docs/decisions/0004).
    """
CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, authors, text, content='', tokenize='unicode61 remove_diacritics 2'
)""",
)

# Counted in indexes alone, in one pass over each: the rows are wide, and there may be thousands of sources.
_HEALTH = """
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
ORDER BY s.active DESC, s.name"""

_INDEXES = (
    "CREATE INDEX articles_published ON articles(published)",
    "CREATE INDEX articles_source_published ON articles(source, published)",
    "CREATE INDEX articles_language ON articles(language)",
    "CREATE INDEX articles_section ON articles(section)",
    "CREATE INDEX articles_text_hash ON articles(text_hash)",
    "CREATE INDEX articles_duplicate_of ON articles(duplicate_of, source) WHERE duplicate_of IS NOT NULL",
    "CREATE INDEX articles_day ON articles(date(published))",
    "CREATE INDEX links_due ON links(source, state, next_try)",
    "CREATE INDEX links_article ON links(article_id)",
    "CREATE INDEX links_url ON links(url)",
    "CREATE INDEX versions_article ON versions(article_id)",
    "CREATE INDEX fetches_at ON fetches(at)",
    "CREATE INDEX fetches_source ON fetches(source, at)",
)

_PAGES = (
    """
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
)""",
    "CREATE INDEX pages_url ON pages(url, fetched_at)",
    "CREATE INDEX pages_source ON pages(source)",
)


_HISTORY = """
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
)"""


#: What is remembered of asking: whether validators can be trusted, where pages have moved, who wants to be left alone.
_ASKING = (
    "ALTER TABLE index_pages ADD COLUMN content_hash TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE index_pages ADD COLUMN read_as TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE index_pages ADD COLUMN whole_at TEXT",
    "ALTER TABLE index_pages ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE index_pages ADD COLUMN distrusted_at TEXT",
    "ALTER TABLE index_pages ADD COLUMN redirect_to TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE index_pages ADD COLUMN redirects INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE index_pages ADD COLUMN moved_to TEXT",
    "ALTER TABLE links ADD COLUMN page_hash TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE links ADD COLUMN shape TEXT",
    "CREATE INDEX links_shape ON links(source, shape) WHERE shape IS NOT NULL",
    "ALTER TABLE articles ADD COLUMN robots TEXT",
    "ALTER TABLE sources ADD COLUMN skips TEXT NOT NULL DEFAULT '{}'",
    """
CREATE TABLE pauses (
    host TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    until TEXT NOT NULL,
    PRIMARY KEY (host, source)
) WITHOUT ROWID""",
    """
CREATE TABLE url_shapes (
    source TEXT NOT NULL,
    shape TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    others INTEGER NOT NULL DEFAULT 0,
    tried_at TEXT NOT NULL,
    PRIMARY KEY (source, shape)
) WITHOUT ROWID""",
    "DROP VIEW source_health",
    _HEALTH.replace("s.error, s.message,", "s.error, s.message, moved_to,").replace(
        "LEFT JOIN waiting ON waiting.source = s.name",
        "LEFT JOIN waiting ON waiting.source = s.name\n"
        "LEFT JOIN (SELECT source, max(moved_to) AS moved_to FROM index_pages GROUP BY source) moved"
        " ON moved.source = s.name",
    ),
)


_HEALTH_BY_STATE = (
    _ASKING[-1]
    .replace("sum(state = ", "sum(n) FILTER (WHERE state = ")
    .replace("FROM links", "FROM (SELECT source, state, count(*) AS n FROM links GROUP BY source, state)")
)


@articles_file()
def m001_tables(db: Database) -> None:
    """Everything of the first release."""
    for statement in (*_TABLES, *_INDEXES, _HEALTH):
        db.execute(statement)


@articles_file()
def m002_history(db: Database) -> None:
    """Where a backfill stands."""
    db.execute(_HISTORY)
    db.execute("CREATE INDEX history_pages_state ON history_pages(source, state, id)")


@articles_file()
def m003_asking(db: Database) -> None:
    """What is remembered of asking, and of the addresses that were no articles."""
    for statement in _ASKING:
        db.execute(statement)


@articles_file()
def m004_later_pages(db: Database) -> None:
    """Articles that run over several pages."""
    db.execute("ALTER TABLE links ADD COLUMN page INTEGER NOT NULL DEFAULT 1")
    db.execute("ALTER TABLE articles ADD COLUMN pages INTEGER NOT NULL DEFAULT 1")
    db.execute("ALTER TABLE articles ADD COLUMN next_page TEXT")


@articles_file()
def m005_large_queues(db: Database) -> None:
    """The links of a source in the order in which they are fetched; states counted as they stand in their index."""
    db.execute(
        "CREATE INDEX links_turn ON links(source, (state = 'done'), priority DESC, next_try) WHERE next_try IS NOT NULL"
    )
    db.execute("DROP VIEW source_health")
    db.execute(_HEALTH_BY_STATE)


@pages_file()
def p001_pages(db: Database) -> None:
    """Raw pages, compressed with zstd."""
    for statement in _PAGES:
        db.execute(statement)
