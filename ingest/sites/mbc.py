"""MBC News (imnews.imbc.com)."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h2.art_title", ".art_title"),
    authors=(".writer", ".wrap_writer .name"),
    published=(".date .input",),
    modified=(".date .update",),
    body=(".news_txt",),
    drop=(".news_img .caption, .news_reply, .vod_area, .ad_area, .caption, .etc_link",),
    cut_at=("MBC 뉴스는 24시간", "▷ 전화", "▷ 이메일", "▷ 카카오톡", "[저작권자(c) MBC"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:mbc", RULE)
