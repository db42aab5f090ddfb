"""From a document to an article. Knows no site: the chain of extractors is handed to it."""
