"""Wix: the body of a post of its blog. Leaves its other pages alone."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    title=('[data-hook="post-title"] h1', 'h1[data-hook="post-title"]'),
    body=('[data-hook="post-description"]', '[data-hook="rcv-block-root"]', "article .post-content__body"),
    drop=(
        '[data-hook="post-main-actions-desktop"], [data-hook="post-footer"], [data-hook="post-categories-list"]',
        '[data-hook="link-preview"], [data-hook="ricos-button"], [data-hook*="toc"]',
    ),
)

PLATFORM = Platform(extractor("platform:wix", RULE), generators=("wix.com",))
