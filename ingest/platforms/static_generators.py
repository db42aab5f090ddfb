"""Hugo, Jekyll and their kind: the body of a post in their common themes."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    body=(
        "article .e-content",
        "article [itemprop=articleBody]",
        "article .post-content",
        "article .article-content",
        "article .page__content",
        "main .post-content",
        ".post-content",
    ),
    drop=(
        "#TableOfContents, .toc, .post-toc, #toc, .page__share, .share-buttons, .post-tags, .pagination, .post-nav",
        ".related-posts, .related, .page__related, .comments, .heading-anchor, .anchor, .highlight .lineno, nav",
    ),
)

PLATFORM = Platform(extractor("platform:static", RULE), generators=("hugo", "jekyll", "eleventy", "pelican", "hexo"))
