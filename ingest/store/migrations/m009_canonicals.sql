-- Canonical URLs that pages of other texts claim: a repeated wrong one of a site is learned and ignored.

CREATE TABLE wrong_canonicals (
    key TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    claims INTEGER NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL
) WITHOUT ROWID;
