"""Kyunghyang Shinmun (khan.co.kr)."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h1.headline", "#article_title", ".art_header h1"),
    authors=(".editor a", ".art_header .author a", ".byline .name", "meta[property='article:author']@content"),
    published=(".date p", ".byline em", ".art_header .date"),
    modified=(".date p + p", ".byline em + em"),
    body=("#articleBody", ".art_body"),
    lead=(".art_header .subtitle",),
    drop=(
        ".art_photo .caption, .cont-list, .srch-kw, .relation_art, .banner, .art_ad, .view_ad, .txt_ad, .caption",
        ".article_bottom_ad, .editor, .art_btm, .vod_cont",
    ),
    drop_text=("▶", "☞", "[관련기사]"),
    cut_at=("<ⓒ경향신문", "ⓒ경향신문"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:kyunghyang", RULE)
