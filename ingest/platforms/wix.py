"""Wix: who wrote a post of its blog, and what stands around the text. Its class names change; its hooks do not."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    title=('article h1[data-hook="post-title"]', '[data-hook="post-title"] h1'),
    authors=('article [data-hook="user-name"]',),
)

PLATFORM = Platform(
    extractor("platform:wix", RULE),
    generators=("wix.com",),
    furniture=(
        '[data-hook="post-footer"], [data-hook="post-main-actions-desktop"], [data-hook="post-main-actions__stats"]',
        '[data-hook="related-posts"], [data-hook="recent-posts"], [data-hook="post-list"], [data-hook="comment-box"]',
        '[data-hook="comments"], [data-hook="share-buttons"], [data-hook="post-tags"], [data-hook="post-categories"]',
    ),
)
