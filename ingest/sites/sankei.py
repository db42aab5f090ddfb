"""Sankei Shimbun (sankei.com), which runs on Arc XP: a page that was rendered."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h1.article-headline", ".article-header h1"),
    authors=(".article-byline a", ".article-byline .author-name"),
    published=(".article-meta-upper time@datetime", "time.article-date@datetime", ".article-header time@datetime"),
    body=(".article-body p.article-text, .article-body h2.article-heading", "p.article-text"),
    drop=(".article-body .related-links, .article-text--ad, .article-body .newsletter",),
    drop_text=("■", "＞"),
    time_zone="Asia/Tokyo",
)

EXTRACTOR = extractor("site:sankei", RULE)
