"""Which part of a page is the text of its article, and what inside that part is not.

A `Document` comes in; a `Reading` of it goes out: the chosen box, less what each pass has cleared away, with a record
of both. What is known of a platform or of a site is handed in as selectors; no name of a site enters this package.
"""
