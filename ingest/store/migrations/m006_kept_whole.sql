-- Former and held-back articles with every field, and when an article was removed from its site.

ALTER TABLE articles ADD COLUMN gone_at TEXT;

ALTER TABLE versions ADD COLUMN held_back TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN noted_at TEXT;
ALTER TABLE versions ADD COLUMN url TEXT;
ALTER TABLE versions ADD COLUMN canonical_url TEXT;
ALTER TABLE versions ADD COLUMN authors TEXT;
ALTER TABLE versions ADD COLUMN published TEXT;
ALTER TABLE versions ADD COLUMN modified TEXT;
ALTER TABLE versions ADD COLUMN language TEXT;
ALTER TABLE versions ADD COLUMN section TEXT;
ALTER TABLE versions ADD COLUMN tags TEXT;
ALTER TABLE versions ADD COLUMN summary TEXT;
ALTER TABLE versions ADD COLUMN image TEXT;
ALTER TABLE versions ADD COLUMN site_name TEXT;
ALTER TABLE versions ADD COLUMN page_type TEXT;
ALTER TABLE versions ADD COLUMN paywalled INTEGER;
ALTER TABLE versions ADD COLUMN robots TEXT;
ALTER TABLE versions ADD COLUMN quality REAL;
ALTER TABLE versions ADD COLUMN pages INTEGER;
ALTER TABLE versions ADD COLUMN next_page TEXT;
ALTER TABLE versions ADD COLUMN word_count INTEGER;
ALTER TABLE versions ADD COLUMN text_hash TEXT;
ALTER TABLE versions ADD COLUMN origins TEXT;
ALTER TABLE versions ADD COLUMN dates TEXT;
ALTER TABLE versions ADD COLUMN html BLOB;

CREATE INDEX articles_gone ON articles(gone_at) WHERE gone_at IS NOT NULL;
