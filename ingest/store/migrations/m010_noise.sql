-- Blocks of pages that change from one look to the next: those that do in several articles of a source are no edits.

CREATE TABLE noise (
    source TEXT NOT NULL,
    template TEXT NOT NULL,
    article_id INTEGER NOT NULL,
    looks INTEGER NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (source, template, article_id)
) WITHOUT ROWID;
