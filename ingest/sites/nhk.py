"""NHK (nhk.or.jp, web.nhk): news, in the template of today and the one before it, and News Web Easy."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h1.content--title", "h1.article-main__title", "h1.article-title", "#news_title"),
    published=("p.content--date time@datetime", "#js-article-date", ".article-main__date", "#news_date"),
    body=(".content--detail-body", "#js-article-body", "#news_textbody, #news_textmore, .news_add"),
    lead=(".content--summary", ".content--summary-more"),
    # Readings stand in <rt> beside the characters they belong to.
    drop=("rt, rp, .content--detail-more, .content--share, .body-img-caption, .content--related, figcaption",),
    time_zone="Asia/Tokyo",
)

EXTRACTOR = extractor("site:nhk", RULE)
