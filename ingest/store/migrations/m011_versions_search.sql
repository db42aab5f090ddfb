-- The words of versions, for a search that is asked to include them; like articles_fts it holds no text.

CREATE VIRTUAL TABLE versions_fts USING fts5(
    title, authors, text, content='', tokenize='unicode61 remove_diacritics 2'
);
