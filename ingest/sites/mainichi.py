"""Mainichi Shimbun (mainichi.jp)."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h1.title-page", ".articledetail-head h1", "header.article-header h1"),
    authors=(".articledetail-writer a", 'meta[name="author"]@content'),
    published=(".articledetail-info time@datetime", 'meta[name="firstcreate"]@content', ".post time"),
    body=("#articledetail-body > p, #articledetail-body > h2", ".main-text > p"),
    drop=(".ad, .articledetail-image-txt, .caption, .is-premium-guide, .articledetail-relation",),
    cut_at=("この記事は有料記事です", "続きを読むには"),
    time_zone="Asia/Tokyo",
)

EXTRACTOR = extractor("site:mainichi", RULE)
