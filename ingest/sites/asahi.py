"""Asahi Shimbun (asahi.com). Its class names are hashes; the selectors go by structure."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("main[role=main] h1", ".ArticleTitle h1"),
    authors=("main[role=main] h1 + div > span:not(:has(time))",),
    published=("main[role=main] h1 + div time@datetime", "meta[name=pubdate]@content"),
    body=(
        "main[role=main] > div > :is(p, h2, h3)",
        ".ArticleText",
    ),
    drop=(
        ".notPrint, [x-component-name], .ArticleNoteBox, .hideFromApp, .writerProfile, ._gtm_LastLine:empty",
        "main[role=main] > div:has(.writerProfile)",
    ),
    cut_at=("有料会員になると", "この記事は有料記事です", "【初トクキャンペーン】"),
    time_zone="Asia/Tokyo",
)

EXTRACTOR = extractor("site:asahi", RULE)
