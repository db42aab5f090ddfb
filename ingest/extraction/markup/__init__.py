"""From the bytes of a page to its elements and runs of text, and from runs of text to a body.

Bytes come in and a `Document` goes out: decoded, within limits, parsed once, never changed. What the elements of HTML
are for a reader is told here, and how chosen runs of text become structured HTML. Nothing here judges what the text of
an article is.
"""
