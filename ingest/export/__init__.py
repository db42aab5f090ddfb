"""Articles in formats for other programs, safe to open in a terminal or a spreadsheet.

Rows of articles go in; lines of text come out. The caller reads the rows from the database and writes the lines.
"""
