"""Jekyll: what its common themes (minima, Chirpy, Minimal Mistakes) put around a post, and who signs it."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    authors=(
        'article .post-meta [itemprop="author"] [itemprop="name"]',
        "article .post-meta .p-author",
        "article .post-meta em a",
    ),
    tags=(".post-tags a.post-tag", ".page__taxonomy-item.p-category"),
)

PLATFORM = Platform(
    extractor("platform:jekyll", RULE),
    generators=("jekyll",),
    head=("Minimal Mistakes Jekyll Theme",),
    furniture=(
        ".post-meta, .page__meta, .page__share, .page__related, .page__comments, .page__taxonomy, .author__content",
        "#toc-wrapper, #tail-wrapper, .post-tail-wrapper, #related-posts, .post-navigation, .share-wrapper",
        ".license-wrapper, .sidebar, .sidebar__right, .pagination",
    ),
)
