"""JoongAng Ilbo (joongang.co.kr)."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h1.headline", "#article_title"),
    authors=(".byline a", ".byline .txt", "meta[name=author]@content"),
    published=(".datetime .date time[itemprop=datePublished]@datetime", ".datetime time@datetime", ".byline em + em"),
    modified=(".datetime time[itemprop=dateModified]@datetime",),
    section=(".sub_title .title", "meta[property='article:section']@content"),
    body=("#article_body",),
    drop=(
        ".ab_photo .caption, .ab_related_article, .ab_sub_headline_ad, .tag_vod, .ad_wrap, .ab_player, .ovp_player",
        ".btn_more, .series_box, .reporter_area, .rt_area, .jpod_area, .journalist_wrap, [id^=criteo], [id^=ad_]",
    ),
    drop_text=("▶", "[관련기사]"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:joongang", RULE)
