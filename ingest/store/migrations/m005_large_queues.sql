-- The links of a source in the order in which they are fetched; states counted in the index that holds them.

CREATE INDEX links_turn ON links(source, (state = 'done'), priority DESC, next_try) WHERE next_try IS NOT NULL;

DROP VIEW source_health;

CREATE VIEW source_health AS
WITH held AS (
    SELECT source, count(*) AS articles, max(published) AS newest FROM articles GROUP BY source
), doubled AS (
    SELECT source, count(*) AS duplicates FROM articles WHERE duplicate_of IS NOT NULL GROUP BY +source
), waiting AS (
    SELECT source, sum(n) FILTER (WHERE state = 'queued') AS queued, sum(n) FILTER (WHERE state = 'failed') AS failed, sum(n) FILTER (WHERE state = 'skipped') AS skipped,
           sum(n) FILTER (WHERE state = 'gone') AS gone
    FROM (SELECT source, state, count(*) AS n FROM links GROUP BY source, state) GROUP BY source
)
SELECT s.name, s.url, s.kind, s.active, s.last_run, s.last_ok, s.next_due, s.failures, s.error, s.message, moved_to,
       coalesce(articles, 0) AS articles, coalesce(duplicates, 0) AS duplicates, newest,
       coalesce(queued, 0) AS queued, coalesce(failed, 0) AS failed, coalesce(skipped, 0) AS skipped,
       coalesce(gone, 0) AS gone
FROM sources s LEFT JOIN held ON held.source = s.name LEFT JOIN doubled ON doubled.source = s.name
LEFT JOIN waiting ON waiting.source = s.name
LEFT JOIN (SELECT source, max(moved_to) AS moved_to FROM index_pages GROUP BY source) moved ON moved.source = s.name
ORDER BY s.active DESC, s.name;
