"""WordPress, hosted anywhere: the body of a post in classic and block themes. Leaves all else to the metadata."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    body=("article .wp-block-post-content", "article .entry-content", ".wp-block-post-content", ".entry-content"),
    drop=(
        ".sharedaddy, .jp-relatedposts, #jp-post-flair, .jetpack-likes-widget-wrapper, .addtoany_share_save_container",
        ".author-box, .saboxplugin-wrap, .pp-multiple-authors-boxes-wrapper, .post-navigation, .entry-footer",
        ".yarpp, .yarpp-related, .crp_related, .rp4wp-related-posts, .wp-block-latest-posts, .wp-block-comments",
        "#comments, .comments-area, #respond, .wp-block-buttons, .ez-toc-container, #toc_container, .post-views",
    ),
)

EXTRACTOR = extractor("platform:wordpress", RULE)
PLATFORM = Platform(EXTRACTOR, generators=("wordpress",), head=("/wp-content/", "/wp-includes/"))
