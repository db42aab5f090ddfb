"""Tokyo Shimbun and Chunichi Shimbun (tokyo-np.co.jp, chunichi.co.jp): one house, one template."""

from __future__ import annotations

from ingest.extraction.rule import extractor
from ingest.model import Rule

RULE = Rule(
    title=("main .ttl h1", "main h1"),
    published=("main .date time@datetime", "main .date"),
    body=("main div.block",),
    drop=(
        ".thumb .caption, .cmp-caption, .related, .sns, .ad, .tool, .pagetop, .keyword, .author-box",
        "div.block:has(> .related), .read-continue",
    ),
    drop_text=("【関連記事】", "◆"),
    cut_at=("この記事は会員限定です", "無断転載を禁じます"),
    time_zone="Asia/Tokyo",
)

EXTRACTOR = extractor("site:chunichi", RULE)
