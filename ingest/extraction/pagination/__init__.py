"""Articles that run over several pages: where the next page is, and how the pages become one article.

A read page comes in; the address of the next one, or the joined article, goes out. Pages are fetched and read by
functions that the caller hands in.
"""
