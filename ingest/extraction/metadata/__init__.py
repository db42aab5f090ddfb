"""What a page says about its article besides the body: headline, authors, dates, language, section, tags …

A `Document` comes in, and a `Draft` goes out that records the origin of each field and all date candidates. The parsers
of names, dates and languages here also serve feeds and site rules. The body of the article is never read here.
"""
