"""Hankook Ilbo (hankookilbo.com): the template of today, the one before it, and pages that hold their story as data."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from ingest.extraction.markup.render import render
from ingest.extraction.rule import extractor
from ingest.model import Rule

if TYPE_CHECKING:
    from ingest.extraction.draft import Draft
    from ingest.extraction.markup.document import Document

RULE = Rule(
    title=("#article-section h1", ".end-top h1.title"),
    authors=(".end-body .writer .name strong", ".writer .name", 'meta[name="author"][content*="기자"]@content'),
    section=('meta[property="article:section"]@content', 'meta[name="content_category"]@content'),
    body=("div.article-view", ".end-body .col-main > :is(p.editor-p, h2, h3)"),
    drop=(
        ".img-box, .caption, .editor-img-box, .end-ad-container, .ad, .writer, .article-bottom-banner, .view-more-btn",
        ".subscribe, .end-bottom, .related-article",
    ),
    drop_text=("▶", "[관련기사]"),
    time_zone="Asia/Seoul",
)

_STORY = '"contentHtml":'
_DECK = '"subTitle":'


def _extract(document: Document) -> Draft:
    draft = _PAGE.extract(document)
    if draft.body:
        return draft
    story = _data(document.html, _STORY).replace("$$ARTICLEAD$$", "")
    if not story:
        return draft
    tree = LexborHTMLParser(f"<article><h2>{_data(document.html, _DECK)}</h2>{story}</article>")
    pictures = {node.mem_id for node in tree.css(".editor-img-box, .caption")}
    return replace(draft, body=render(tree.css("article"), base_url=document.base_url, skip=pictures))


def _data(page: str, key: str) -> str:
    """The string that stands behind ``key`` in the page's script."""
    start = page.find(key)
    if start < 0:
        return ""
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(page, start + len(key))
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


_PAGE = extractor("site:hankook", RULE)
EXTRACTOR = replace(_PAGE, extract=_extract)
