"""Naver News: articles of many papers in one template, and in the one before it."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("#title_area", "h2.media_end_head_headline", "#articleTitle", ".end_tit"),
    authors=(".media_end_head_journalist_name", ".byline_s", ".journalistcard_summary_name", ".byline"),
    published=("._ARTICLE_DATE_TIME@data-date-time", ".media_end_head_info_datestamp_time", ".sponsor .t11"),
    modified=("._ARTICLE_MODIFY_DATE_TIME@data-modify-date-time", ".sponsor .t11 + .t11"),
    section=(".media_end_categorize_item", "meta[property='article:section']@content"),
    body=("#dic_area", "#newsct_article", "#articeBody", "#articleBodyContents"),
    drop=(
        "em.img_desc, .vod_player_wrap, .nbd_table_caption, .media_end_summary_script, .link_news, .copyright",
        ".byline, .categorize, .end_btn, .u_likeit, .reporter_area, .promotion, #dic_area > .ofhe_head",
    ),
    drop_text=("▶", "☞", "[관련기사]"),
    cut_at=("ⓒ", "Copyrights ⓒ", "Copyright ⓒ", "<저작권자", "[ⓒ"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:naver-news", RULE)
