"""note.com: free notes, and the free part of paid ones."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    title=("h1.o-noteContentHeader__title",),
    authors=(".o-noteContentHeader__name a", ".o-noteContentHeader__creatorInfo .o-noteContentHeader__name"),
    published=(".o-noteContentHeader__date time@datetime", "article time@datetime"),
    tags=(".m-tagList__item .m-tagList__body", ".m-tagList a"),
    body=(".note-common-styles__textnote-body", '[data-name="body"]'),
    drop=(".o-tableOfContents, nav, .external-article-widget, .embedded-service, .o-paywall, .m-paywall",),
    time_zone="Asia/Tokyo",
)

PLATFORM = Platform(extractor("platform:note", RULE), head=("//assets.st-note.com/",))
