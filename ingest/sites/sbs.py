"""SBS News (news.sbs.co.kr)."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("#vmNewsTitle", "h1.article_main_tit", "h3#vmNewsTitle"),
    authors=(".reporter_info .name", ".reporter strong", ".mrn_reporter .name"),
    published=(".date_area span", ".mtv_date span", ".date_area"),
    modified=(".date_area span + span",),
    body=(".text_area", "[itemprop=articleBody]"),
    drop=(".article_image .caption, .scmplayer_wrap, .related_news, .ad_area, .reporter_info, .copyright",),
    drop_text=("▶", "☞", "(영상편집"),
    cut_at=("Copyright ⓒ SBS", "Copyright Ⓒ SBS", "※ ⓒ SBS"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:sbs", RULE)
