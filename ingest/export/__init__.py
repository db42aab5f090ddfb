"""The articles in formats for other programs, safe to open in whatever opens them.

Rows of articles come in and lines of text go out. The database is read by the caller, and so is the file written.
"""
