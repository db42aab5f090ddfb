"""Hankyoreh (hani.co.kr). Its class names end in hashes, so they are matched by how they begin."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("[class^=ArticleDetailView_title]", "h4 .title", ".article-head .title"),
    authors=(
        "[class^=ArticleDetailView_reporterList] a",
        "[class^=ArticleDetailView_reporter] [class*=name]",
        ".kiza-info .kiza-name",
    ),
    published=(
        "[class^=ArticleDetailView_dateListItem] span",
        ".date-time span",
        "meta[property='article:published_time']@content",
    ),
    modified=("[class^=ArticleDetailView_dateListItem] + [class^=ArticleDetailView_dateListItem] span",),
    section=("[class^=ArticleDetailView_category] a", ".category a"),
    body=("div.article-text", ".article-text-font-size", "#a-left-scroll-in"),
    lead=("[class^=ArticleDetailView_subtitle]", ".article-head .subtitle"),
    drop=(
        "[class^=ArticleDetailContent_ad], [class*=newsletter], [class*=relation], [class*=promotion], .article-ad",
        "[class^=ArticleDetailAudioPlayer], [class^=LoadingLayout], .caption, .desc",
    ),
    drop_text=("▶", "[관련기사]"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:hankyoreh", RULE)
