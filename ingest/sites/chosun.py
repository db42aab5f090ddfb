"""Chosun Ilbo (chosun.com): its rendered pages. Pages of data only are left to Arc XP, its platform."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("h1.article-header__headline",),
    authors=(".article-byline__author", ".article-byline .article-byline__author"),
    published=(".article-dateline .inputDate", ".article-dateline .date"),
    modified=(".article-dateline .upDate",),
    section=(".article-header__section-container a", "meta[property='article:section']@content"),
    body=(
        ".article-body p.article-body__content-text, .article-body .article-body__content-header",
        "p.article-body__content-text",
    ),
    drop=(".article-body__content-text--related, .article-body .related-articles",),
    drop_text=("▶", "☞", "[관련기사]"),
    time_zone="Asia/Seoul",
)

EXTRACTOR = extractor("site:chosun", RULE)
