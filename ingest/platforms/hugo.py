"""Hugo: what its common themes (PaperMod, Ananke, Blowfish, Stack) put around a post. The text is left to `generic`."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    tags=("ul.post-tags a", "ul.pa0 a.link.f5", ".article-tags a"),
)

PLATFORM = Platform(
    extractor("platform:hugo", RULE),
    generators=("hugo",),
    # Hugo names itself on home pages only; a theme is known by what it stores in the browser, or its style sheet.
    head=('localStorage.getItem("pref-theme")', "/ananke/css/"),
    furniture=(
        ".post-meta, .breadcrumbs, .paginav, .share-buttons, .post-tags, .post-footer, .entry-hint",
        ".article-copyright, .article-tags, .related-content, .disqus-container, .TableOfContents, #TableOfContents",
    ),
)
