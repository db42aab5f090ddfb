"""Yonhap News Agency (yna.co.kr): Korean stories."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h1.tit01", "h1.tit"),
    authors=(".writer-zone01 .tit-name", ".tit-name", "#newsWriterCarousel01 .tit-name"),
    published=("#newsUpdateTime01@data-published-time", "#newsUpdateTime01"),
    modified=("#newsUpdateTime01@data-update-time",),
    body=("div.story-news.article > p, div.story-news.article > h2", ".story-news.article", ".story-news > p"),
    drop=(
        ".txt-copyright, .writer-zone, .writer-zone01, .related-group, .txt-desc, .aside-box, .tit-sub + .img-con",
        ".keyword-zone, .link-info",
    ),
    cut_at=("‹저작권자", "<저작권자", "〈저작권자", "제보는 카카오톡", "▶제보는", "▶ 제보는"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:yonhap", RULE)
