"""Blogger (blogspot.com and blogs under hosts of their own): single posts in all of its themes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.article.body import EMPTY_BODY
from ingest.extraction.draft import Draft
from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

if TYPE_CHECKING:
    from ingest.extraction.markup.document import Document

# The widget of popular posts is in the same <main> and has titles and times of its own. So everything is read from the
# widget of the blog, or, in hand-made themes without one, from the ids that Blogger gives to bodies.
RULE = Rule(
    title=("#Blog1 .post-outer .post-title", "#Blog1 .post-title", ".post-title.entry-title"),
    authors=("#Blog1 .post-author .fn", '#Blog1 [itemprop="author"] [itemprop="name"]'),
    published=(
        "#Blog1 time.published@datetime",
        "#Blog1 .published@title",
        '#Blog1 [itemprop="datePublished"]@content',
        '#Blog1 [itemprop="datePublished"]@title',
    ),
    tags=("#Blog1 .post-labels a[rel=tag]", "#Blog1 .post-labels a"),
    body=("#Blog1 .post-outer .post-body", "#Blog1 .post-body", "[id^=post-body-]", ".post-body.entry-content"),
    drop=(
        ".PopularPosts, .FeaturedPost, .BlogArchive, .Profile, .Attribution, .ReportAbuse, .BlogSearch",
        ".post-share-buttons, .share-buttons, .sharing, .post-header, .post-footer, .jump-link, .inline-ad",
        ".blog-pager, .blog-pager-older-link, .comments, #comments, #comments-block, .comment-form, .adsbygoogle",
        ".tr-caption",
    ),
)


def _extract(document: Document) -> Draft:
    """A page with several posts is a listing and has no body."""
    if len(document.css("#Blog1 .post-outer .post-body")) > 1:
        return Draft(page_type="listing", body=EMPTY_BODY)
    return replace(_POST.extract(document), site_name=_blog(document))


def _blog(document: Document) -> str:
    """The name of the blog, from that of its feed: JSON-LD calls the publisher of every blog "Blogger"."""
    names = (node.attributes.get("title") or "" for node in document.css('link[href*="/feeds/posts/default"]'))
    return next((name.removesuffix(" - Atom").strip() for name in names if name.endswith(" - Atom")), "")


_POST = extractor("platform:blogger", RULE)
EXTRACTOR = replace(_POST, extract=_extract, fields=_POST.fields | {"site_name"})
PLATFORM = Platform(
    EXTRACTOR,
    generators=("blogger",),
    head=("/feeds/posts/default",),
    tail=("_WidgetManager._",),
)
