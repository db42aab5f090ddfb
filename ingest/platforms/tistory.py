"""Tistory: single posts in its skins, on tistory.com and on hosts of its authors."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    body=(
        ".tt_article_useless_p_margin.contents_style",
        ".contents_style",
        ".tt_article_useless_p_margin",
        "#article-view",
    ),
    drop=(
        ".container_postbtn, .postbtn_like, .another_category, .revenue_unit_wrap, .tt-plugin, .related-articles",
        "[data-tistory-react-app], [data-ke-type=opengraph], .book-toc, #toc, .adsbygoogle",
    ),
    time_zone="Asia/Seoul",
)

PLATFORM = Platform(
    extractor("platform:tistory", RULE),
    head=("daumcdn.net/tistory_admin/", "window.TistoryBlog"),
)
