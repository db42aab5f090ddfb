-- What is remembered between requests: validators and redirects of index pages, pauses of hosts, shapes of URLs.

ALTER TABLE index_pages ADD COLUMN content_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE index_pages ADD COLUMN read_as TEXT NOT NULL DEFAULT '';
ALTER TABLE index_pages ADD COLUMN whole_at TEXT;
ALTER TABLE index_pages ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE index_pages ADD COLUMN distrusted_at TEXT;
ALTER TABLE index_pages ADD COLUMN redirect_to TEXT NOT NULL DEFAULT '';
ALTER TABLE index_pages ADD COLUMN redirects INTEGER NOT NULL DEFAULT 0;
ALTER TABLE index_pages ADD COLUMN moved_to TEXT;
ALTER TABLE links ADD COLUMN page_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE links ADD COLUMN shape TEXT;

CREATE INDEX links_shape ON links(source, shape) WHERE shape IS NOT NULL;

ALTER TABLE articles ADD COLUMN robots TEXT;
ALTER TABLE sources ADD COLUMN skips TEXT NOT NULL DEFAULT '{}';

CREATE TABLE pauses (
    host TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    until TEXT NOT NULL,
    PRIMARY KEY (host, source)
) WITHOUT ROWID;

CREATE TABLE url_shapes (
    source TEXT NOT NULL,
    shape TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    others INTEGER NOT NULL DEFAULT 0,
    tried_at TEXT NOT NULL,
    PRIMARY KEY (source, shape)
) WITHOUT ROWID;

DROP VIEW source_health;

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
SELECT s.name, s.url, s.kind, s.active, s.last_run, s.last_ok, s.next_due, s.failures, s.error, s.message, moved_to,
       coalesce(articles, 0) AS articles, coalesce(duplicates, 0) AS duplicates, newest,
       coalesce(queued, 0) AS queued, coalesce(failed, 0) AS failed, coalesce(skipped, 0) AS skipped,
       coalesce(gone, 0) AS gone
FROM sources s LEFT JOIN held ON held.source = s.name LEFT JOIN doubled ON doubled.source = s.name
LEFT JOIN waiting ON waiting.source = s.name
LEFT JOIN (SELECT source, max(moved_to) AS moved_to FROM index_pages GROUP BY source) moved ON moved.source = s.name
ORDER BY s.active DESC, s.name;
