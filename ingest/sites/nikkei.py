"""Nikkei (nikkei.com): the template of today and the one before it."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("main article h1", "h1.cmn-article_title", ".cmn-article_title span"),
    published=("main article time@datetime", ".cmn-article_status", "dl.cmn-article_status dd"),
    body=(
        "section[data-track-article-content] > :is(p, h2, h3, ul)",
        ".cmn-article_text > p",
        ".cmn-article_text",
    ),
    drop=("[class^=newsletter], [class^=paywall], [class^=related], .cmn-article_keyword, .cmn-photo_style2",),
    cut_at=("この記事は会員限定です", "初割で"),
    time_zone="Asia/Tokyo",
)

EXTRACTOR = extractor("site:nikkei", RULE)
