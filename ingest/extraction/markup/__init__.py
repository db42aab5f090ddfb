"""From the bytes of a page to its elements and runs of text, and from runs of text to a `Body`.

Bytes come in and a `Document` goes out: decoded, within limits, parsed once, never changed. The package also knows what
each HTML element is for a reader, lists the boxes and runs of text of a page (`outline`), and writes chosen runs as
sanitised HTML (`render`). Which of them are the article is decided in `ingest.extraction.body`, never here.
"""
