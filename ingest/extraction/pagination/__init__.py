"""Articles that run over several pages: finds the next page, follows it, and joins the pages into one article.

A parsed page, or an extracted article, comes in; the URL of the next page, or the joined article, goes out. Nothing
here fetches or extracts: `follow` is given functions that do.
"""
