"""Squarespace: the body of a blog post in its templates of both generations. Leaves its other pages alone."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    body=(
        ".blog-item-content",
        "article.entry .entry-content",
        "article .body .sqs-layout",
        "article.hentry .sqs-layout[data-type=item]",
    ),
    drop=(
        ".sqs-block-summary-v2, .sqs-block-newsletter, .sqs-block-form, .sqs-block-button, .sqs-block-product",
        ".sqs-block-search, .sqs-block-archive, .sqs-block-tagcloud, .sqs-block-amazon",
        ".item-pagination, .comments-container, .squarespace-comments, .blog-item-author-profile",
        ".sqs-block-socialaccountlinks-v2, .blog-item-meta-wrapper, .share-button",
        ".image-caption-wrapper",
    ),
)

PLATFORM = Platform(
    extractor("platform:squarespace", RULE), head=("<!-- This is Squarespace. -->", "//static1.squarespace.com/")
)
