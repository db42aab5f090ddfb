"""WordPress, hosted anywhere: who wrote a post and under what it is filed, as its own themes say it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

if TYPE_CHECKING:
    from ingest.extraction.document import Document
    from ingest.model import Draft

# Always within the post: comments have authors, and widgets have categories.
RULE = Rule(
    authors=(
        "article .entry-header .author a",
        "article .entry-header .byline a[rel=author]",
        "article .entry-meta .author a",
        "article .entry-footer .byline a[rel=author]",
        "article .wp-block-post-author__name",
    ),
    section=("article .cat-links a",),
    tags=("article .tags-links a[rel=tag]",),
)

_POST = extractor("platform:wordpress", RULE)


def _read(document: Document) -> Draft:
    """Several names are those of several posts: then the page is left to say its author in its metadata."""
    draft = _POST.ask(document)
    return draft if len(draft.authors) < 2 else replace(draft, authors=())


PLATFORM = Platform(replace(_POST, ask=_read), generators=("wordpress",), head=("/wp-content/",))
