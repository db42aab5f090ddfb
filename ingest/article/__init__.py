"""What the body of an article is, and how it reads.

A `Body` comes out of extraction; text, sanitised HTML, Markdown and the words of the full-text index are made of it
here. All of it is pure: no page, no database and no network enters this package.
"""
