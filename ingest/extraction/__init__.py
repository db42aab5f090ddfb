"""From a page to its article: a `Document` and a chain of extractors come in, an `Article` goes out.

The first non-empty answer wins, field by field (`ladder`), in the order of `chain`. What is known of single sites and
platforms is handed in as extractors and never imported; no network, file or database is touched.
"""
