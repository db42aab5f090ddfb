"""Everything that a page says about its article but the body: headline, authors, dates, language, section, tags, ….

A `Document` comes in and a `Draft` goes out, which names the place of each answer and holds every date that was seen.
The ways to read names, dates and languages that feeds and site rules share are here, too. No body enters this package.
"""
