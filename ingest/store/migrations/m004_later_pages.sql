-- Articles that run over several pages.

ALTER TABLE links ADD COLUMN page INTEGER NOT NULL DEFAULT 1;
ALTER TABLE articles ADD COLUMN pages INTEGER NOT NULL DEFAULT 1;
ALTER TABLE articles ADD COLUMN next_page TEXT;
