"""The words of the web: class names, phrases of page furniture, month names and frequent words, in many languages.

Tables, and the look-up in them. No name of a site and no phrase of a single page belongs here.
"""
