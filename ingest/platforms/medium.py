"""Medium: the body of a story, on medium.com and on hosts of its publications. Its class names change daily."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

_PARTS = (".pw-post-body-paragraph", "h2[id]", "h3[id]", "blockquote", "ol", "ul", "pre", "figure")

RULE = Rule(
    body=(
        ", ".join(f"article section {part}" for part in _PARTS),
        ".postArticle-content .section-inner",
    ),
    lead=("article .pw-subtitle-paragraph",),
    drop=(
        "article header, .postMetaInline, .uiScale, .js-postMetaLockup, .graf--title, .graf--kicker",
        "article section [role=dialog], article section [data-testid*=Button]",
    ),
)

PLATFORM = Platform(
    extractor("platform:medium", RULE),
    generators=("medium",),
    head=('content="com.medium.reader"', "//cdn-client.medium.com/", "//cdn-static-1.medium.com/"),
)
