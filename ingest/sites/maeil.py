"""Maeil Business Newspaper (mk.co.kr)."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h2.news_ttl", "h1.top_title"),
    authors=(".author a", ".news_write_info_group .author", ".author"),
    published=(".registration dd", ".time_area .registration", ".lasttime"),
    modified=(".revision dd", ".time_area .revision"),
    section=(".cate", "meta[property='article:section']@content"),
    body=("div.news_cnt_detail_wrap[itemprop=articleBody]", ".news_cnt_detail_wrap", "#article_body"),
    lead=(".midtitle_text",),
    drop=(
        ".thumb_area .caption, .ad_wrap, .relation_news, .midtitle_text + .ad, .news_detail_ad, .btn_wrap, .caption",
        ".google_ads, .stock_area, .reporter_wrap",
    ),
    drop_text=("▶", "[관련기사]"),
    cut_at=("[ⓒ 매일경제", "[ⓒ 세계일류"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:maeil", RULE)
