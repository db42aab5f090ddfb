"""The words that extraction knows: class names, phrases of page furniture, month names, frequent words, per language.

A class name, a line or a word comes in, and what it stands for goes out. The package holds tables and the look-up in
them; no name of a site and no phrase of a single page enters it.
"""
