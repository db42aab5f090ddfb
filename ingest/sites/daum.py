"""Daum News (v.daum.net): articles of many papers in one template."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h3.tit_view",),
    # Where a reporter is named, the name is the first piece, and the date is a piece of its own.
    authors=(".info_view .txt_info:not(:has(.num_date))",),
    published=(".info_view .num_date",),
    modified=(".info_view .txt_info + .txt_info + .txt_info .num_date",),
    body=(".article_view", "#harmonyContainer"),
    drop=(
        ".txt_copyright, .relate_news, .relate_copyright, .box_news, .link_figure, .foot_view, .emotion_list",
        "[data-cloud=section_foot], .article_bottom, .box_etc, .txt_caption",
    ),
    drop_text=("▶", "☞", "[관련기사]"),
    cut_at=("Copyright ⓒ", "Copyright ©", "저작권자", "<저작권자", "ⓒ"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:daum", RULE)
