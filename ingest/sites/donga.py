"""Dong-A Ilbo (donga.com): news, opinion and sports pages, in the template of today and in those before it."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=(
        "section.head_group > h1",
        ".article_title h1.title",
        ".article_title .title",
        ".article_tit h1",
    ),
    # The names under the text carry "기자"; the meta element is there when nobody is named on the page.
    authors=(".author_info a", ".author_info .name", 'meta[property="dd:author"]@content'),
    published=(
        '.date_info p span[aria-hidden="true"]',
        ".title_foot .date01",
        ".title_foot span",
        ".article_title .date",
    ),
    modified=('.news_info button span[aria-hidden="true"]', ".title_foot .date02", ".title_foot span + span"),
    section=("meta[name=categoryname]@content", ".breadcrumb_item a"),
    # Paragraphs are bare text between <br><br>.
    body=("section.news_view", ".news_view", ".article_txt", ".article_word", "#article_body"),
    lead=("h2.sub_tit",),
    # Never [class*=ad]: it also matches "head" and "breadcrumb".
    drop=(
        ".view_ad06, .view_ad07, .view_adK, [class*=view_m_ad], .a1, [id^=div-gpt-ad]",
        "#is_relation_m, #is_trend_m, #is_relation_tablet, #is_trend_tablet, .is_relation_parent, .is_trend_parent",
        "#poll_content, .poll_form_sec",
        ".article_end, .byline, .caution_text, .subscribe_wrap, .reporter_info, .article_issue, .author_info",
        # Reactions: 좋아요, 슬퍼요, 화나요, 추천해요, each with a count.
        '[class*=reaction], [class*=emotion], ul:has(> li:lexbor-contains("슬퍼요")), dl:lexbor-contains("슬퍼요")',
        # Pictures of the older templates stand in boxes that are no <figure>.
        ".articlePhotoC, .articlePhotoL, .articlePhotoR, .article_relation, .etc, #cntTop, .sns_wrap",
    ),
    drop_text=("[관련기사]", "▶관련기사", "▶ 관련기사", "☞"),
    cut_at=("지금 뜨는 뉴스", "트렌드뉴스", "Copyright ⓒ 동아일보"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:donga", RULE)
