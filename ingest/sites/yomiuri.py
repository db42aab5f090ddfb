"""Yomiuri Shimbun (yomiuri.co.jp)."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h1.title-article", ".article-header h1"),
    published=(".article-header time@datetime", "time.c-list-date@datetime"),
    section=(".p-header-category-breadcrumbs a", "meta[property='article:section']@content"),
    body=(".p-main-contents > p, .p-main-contents > h3", ".p-main-contents"),
    drop=(
        ".p-article-paywall, .ev-article-hidden, .par-caption, .article-related, .p-related-links",
        ".p-main-contents > .ad, p.read-more, .p-article-share",
    ),
    cut_at=("スクラップは会員限定です", "無断転載・複製を禁じます"),
    time_zone="Asia/Tokyo",
)

EXTRACTOR = extractor("site:yomiuri", RULE)
