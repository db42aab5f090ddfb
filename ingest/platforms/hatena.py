"""Hatena Blog: single entries in its themes, on its own hosts and on those of its authors."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    title=("article.entry .entry-title-link", "article.entry .entry-title"),
    authors=("article.entry .author .fn", "article.entry .entry-footer .author"),
    published=("article.entry .entry-date time@datetime", "article.entry time[pubdate]@datetime"),
    tags=("article.entry .entry-categories a", "article.entry .categories a"),
    body=("article.entry .entry-content",),
    drop=(
        ".customized-footer, .entry-footer, .social-buttons, .table-of-contents, .embed-card, .embed-wrapper",
        ".hatena-module, .google-afc-user-container, .hatena-asin-detail, .itunes-embed, .footnote-number",
    ),
    time_zone="Asia/Tokyo",
)

PLATFORM = Platform(extractor("platform:hatena", RULE), head=('data-admin-domain="//blog.hatena.ne.jp"',))
