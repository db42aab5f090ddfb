"""Naver Blog: posts as its frame and its mobile host serve them, of both editors."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    title=(".se-title-text", ".se_textarea", ".htitle .pcol1", ".tit_h3"),
    authors=(".blog_author .ell", ".blog2_container .nick", "#nickNameArea"),
    published=(".se_publishDate", ".blog_date", ".date.fil5"),
    body=(".se-main-container", ".se_component_wrap.sect_dsc", "#postViewArea", ".post_ct"),
    drop=(
        ".se-oglink, .se-module-oglink, .se-sticker, .se-placesMap, .se-map, .se_oglink, .se-section-video",
        ".se-imageStrip-caption, .post_footer_contents, .post-btn, .btn_area, .blog2_post_function",
    ),
    time_zone="Asia/Seoul",
)

PLATFORM = Platform(
    extractor("platform:naver-blog", RULE),
    head=("blogimgs.pstatic.net/", "//m.blog.naver.com/"),
)
