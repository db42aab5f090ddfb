-- What came of each link, what each day brought, and what is found to be wrong with a source.

CREATE TABLE outcomes (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    again INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    error TEXT NOT NULL DEFAULT '',
    body_origin TEXT NOT NULL DEFAULT '',
    filled TEXT NOT NULL DEFAULT '[]',
    words INTEGER NOT NULL DEFAULT 0,
    quality REAL NOT NULL DEFAULT 0
);

CREATE INDEX outcomes_source ON outcomes(source, id);
CREATE UNIQUE INDEX outcomes_url ON outcomes(source, url, again);

CREATE TABLE source_days (
    source TEXT NOT NULL,
    day TEXT NOT NULL,
    runs INTEGER NOT NULL DEFAULT 0,
    found INTEGER NOT NULL DEFAULT 0,
    links INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    gap REAL NOT NULL DEFAULT 0,
    last_at TEXT,
    PRIMARY KEY (source, day)
) WITHOUT ROWID;

CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    since TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    message TEXT NOT NULL,
    evidence TEXT NOT NULL DEFAULT '[]',
    baseline TEXT NOT NULL DEFAULT '{}'
);

CREATE UNIQUE INDEX findings_open ON findings(source, kind) WHERE closed_at IS NULL;
CREATE INDEX findings_source ON findings(source, id);

ALTER TABLE sources ADD COLUMN runs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN first_run TEXT;
ALTER TABLE sources ADD COLUMN failed_since TEXT;
ALTER TABLE sources ADD COLUMN failed_runs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN empty_since TEXT;
ALTER TABLE sources ADD COLUMN empty_runs INTEGER NOT NULL DEFAULT 0;

CREATE INDEX links_failed ON links(source, error) WHERE state = 'failed';

DROP VIEW source_health;

-- Counts in indexes alone, in one pass over each: the rows are wide, and there may be thousands of sources.
CREATE VIEW source_health AS
WITH held AS (
    SELECT source, count(*) AS articles, max(published) AS newest FROM articles GROUP BY source
), doubled AS (
    SELECT source, count(*) AS duplicates FROM articles WHERE duplicate_of IS NOT NULL GROUP BY +source
), waiting AS (
    SELECT source, sum(n) FILTER (WHERE state = 'queued') AS queued, sum(n) FILTER (WHERE state = 'failed') AS failed,
           sum(n) FILTER (WHERE state = 'skipped') AS skipped, sum(n) FILTER (WHERE state = 'gone') AS gone
    FROM (SELECT source, state, count(*) AS n FROM links GROUP BY source, state) GROUP BY source
), failing AS (
    SELECT source, max(n), error AS failed_error
    FROM (SELECT source, error, count(*) AS n FROM links WHERE state = 'failed' GROUP BY source, error) GROUP BY source
), wrong AS (
    SELECT source, count(*) AS findings, min(id), message AS finding
    FROM findings WHERE closed_at IS NULL GROUP BY source
)
SELECT s.name, s.url, s.kind, s.active, s.last_run, s.last_ok, s.next_due, s.failures, s.error, s.message, moved_to,
       coalesce(articles, 0) AS articles, coalesce(duplicates, 0) AS duplicates, newest,
       coalesce(queued, 0) AS queued, coalesce(failed, 0) AS failed, coalesce(skipped, 0) AS skipped,
       coalesce(gone, 0) AS gone, failed_error, coalesce(findings, 0) AS findings, finding, s.added_at, s.runs,
       s.failed_since
FROM sources s LEFT JOIN held ON held.source = s.name LEFT JOIN doubled ON doubled.source = s.name
LEFT JOIN waiting ON waiting.source = s.name
LEFT JOIN failing ON failing.source = s.name
LEFT JOIN wrong ON wrong.source = s.name
LEFT JOIN (SELECT source, max(moved_to) AS moved_to FROM index_pages GROUP BY source) moved ON moved.source = s.name
ORDER BY s.active DESC, s.name;
