"""Medium, its publications and the hosts of its authors: what stands around a story. The text is left to `generic`.

Each of Medium's releases has new class names; few selectors outlive one.
"""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule
from ingest.platforms.marks import Platform

RULE = Rule(
    title=('h1[data-testid="storyTitle"]', "h1.pw-post-title"),
    tags=(".tags--postTags a",),
)

PLATFORM = Platform(
    extractor("platform:medium", RULE),
    head=("com.medium.reader",),
    furniture=(
        # Who wrote it, how long it takes to read, claps, "Listen", "Share".
        ".speechify-ignore, .pw-post-byline-header, .postMetaInline, .uiScale-captionSmall, .js-postMetaLockup",
        '[data-testid="storyReadTime"], [data-testid="storyPublishDate"], [data-testid="headerClapButton"]',
        # Cards of other stories, letters to subscribe to, notes of readers.
        ".graf--mixtapeEmbed, .pw-responses, .js-responsesWrapper",
        ".js-postFooterInfo, .js-postShareWidget, .followState",
    ),
)
