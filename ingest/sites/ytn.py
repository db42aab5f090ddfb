"""YTN (ytn.co.kr)."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h2.news_title span", "h2.news_title", ".news_title"),
    authors=(".reporter_info .name", ".news_info .reporter"),
    published=(".news_info .date", ".date"),
    body=("#CmAdContent",),
    drop=(".imgArea .caption, #recom_box, .ad_box, #zumads, .ytn_player, .reporter_info",),
    drop_text=("▶", "▷"),
    cut_at=("※ '당신의 제보가", "※ ‘당신의 제보가", "[저작권자(c) YTN", "[카카오톡]", "[저작권자ⓒ YTN"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:ytn", RULE)
