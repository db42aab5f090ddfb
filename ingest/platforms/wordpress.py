"""WordPress, hosted anywhere: who wrote a post and under what it is filed, as its own themes say it."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

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

PLATFORM = Platform(extractor("platform:wordpress", RULE), generators=("wordpress",), head=("/wp-content/",))
