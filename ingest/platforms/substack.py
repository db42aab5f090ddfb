"""Substack: the body of a post, on substack.com and on hosts of its authors."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    title=("article h1.post-title",),
    body=(".available-content .body.markup", "article .body.markup"),
    lead=("article h3.subtitle",),
    drop=(
        ".subscription-widget-wrap, .subscription-widget-wrap-editor, .subscription-widget, .paywall, .poll-embed",
        ".button-wrapper, .captioned-button-wrap, .digest-post-embed, .embedded-post-wrap, .embedded-publication-wrap",
        ".install-substack-app-embed, .community-chat, .directMessage, .image-link-expand, .header-anchor-parent",
        ".post-footer, .post-ufi, .comments-page",
    ),
)

PLATFORM = Platform(extractor("platform:substack", RULE), head=("//substackcdn.com/",))
