"""Ghost: the body of a post in Casper, the themes after it, and those that follow its class names."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    body=(".gh-content", ".post-full-content .post-content", "article .post-content", ".kg-canvas"),
    lead=(".gh-article-excerpt", ".post-full-custom-excerpt"),
    drop=(
        ".kg-signup-card, .kg-cta-card, .kg-product-card-button, .gh-subscribe, .subscribe-form, .gh-post-upgrade-cta",
        ".gh-article-footer, .gh-read-next, .post-upgrade-cta, .footer-cta, .read-next, .author-card, .gh-comments",
        ".kg-audio-card, .kg-file-card, .kg-bookmark-card, .gh-toc, .toc",
    ),
)

PLATFORM = Platform(extractor("platform:ghost", RULE), generators=("ghost",))
