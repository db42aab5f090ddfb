"""Pages whose text is written by scripts, rendered in the system's Chromium, which has no network access of its own.

A URL goes in; a `Page` with the rendered HTML comes out. Every request of the page is made by `ingest.fetch.client`,
under the same rules as other fetches. Needs the extra ``render``.
"""
