"""The newspaper system that hundreds of small Korean papers run (``/news/articleView.html?idxno=``)."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    title=(".article-view-header .heading", ".article-head-title", 'meta[property="og:title"]@content'),
    body=("#article-view-content-div",),
    drop=(
        ".ad-template, .article-ad, .view-copyright, .view-editors, .tag-group, .relation, [class*=banner]",
        "[id^=AD], figcaption:empty",
    ),
    drop_text=("▶관련기사", "▶ 관련기사", "[관련기사]"),
    cut_at=("저작권자 ©", "저작권자 ⓒ"),
    time_zone="Asia/Seoul",
)

PLATFORM = Platform(extractor("platform:ndsoft", RULE), head=("/news/articleView.html?idxno=",))
