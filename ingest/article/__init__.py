"""The body of an article and its renderings: plain text, sanitised HTML, Markdown, words of the full-text index.

A `Body` comes in from extraction, and strings go out. All of it is pure: no page, database or network enters here.
"""
