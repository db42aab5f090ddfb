"""Squarespace: who wrote a post and when, and the blocks that are put between its paragraphs."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    authors=(".blog-author-name", "article .entry-author a", "article .entry-author"),
    section=("article .blog-item-category", "article .entry-category"),
    tags=("article .blog-item-tag", "article .entry-tags a"),
)

PLATFORM = Platform(
    extractor("platform:squarespace", RULE),
    head=("<!-- This is Squarespace. -->", "//static1.squarespace.com/static/"),
    furniture=(
        ".sqs-block-newsletter, .sqs-block-summary-v2, .sqs-block-form, .sqs-block-button",
        ".sqs-block-product, .sqs-block-archive, .sqs-block-search, .sqs-block-tagcloud, .sqs-block-amazon",
        ".sqs-block-socialaccountlinks-v2, .squarespace-comments, .blog-item-comments",
        ".blog-item-meta-wrapper, .blog-item-author-profile-wrapper, .item-pagination",
        ".entry-footer, .entry-actions, .blog-more-link",
    ),
)
