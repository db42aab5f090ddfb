"""A page just read beside the article that is stored of it: what was added, what is gone, and who read both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ingest.article import walls
from ingest.dedup import urls
from ingest.dedup.noise_words import FURNITURE, MOMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ingest.dedup.actions import StoredArticle
    from ingest.dedup.blocks import Block
    from ingest.dedup.resemblance import Resemblance, Side
    from ingest.model import Article

#: Texts are of one article if this share of either is in the other, or if their vocabulary is this similar.
_SHARED = 0.1
_VOCABULARY = 0.3
#: Two addresses are one page if this share of either text is in the other; pages made from one template share much.
_NEAR = 0.98
_NEAR_UNDER_ONE_TITLE = 0.8
#: Below so many tokens a text says too little for that, and an equal title decides.
SHORT = 25
#: The beginning of a text is what is left of it if so much before some word is there, and so little after it.
BEGINNING = 0.85
_AFTER = 0.2
#: It is also if this share of what is left is the beginning of the stored text word for word.
_AS_IT_WAS = 0.9
#: So many words in front of a text are a label or a time stamp that was read into it.
_WORDS_BEFORE = 2
#: An update says something if it has so many words.
_SAYING = 7
#: Rights, credits and calls are no longer than this, in words.
_LONG_LINE = 25
#: Names of extractors that know a site; what the others answer is found on any page.
SITE_RULES = ("rule:", "site:", "platform:")


@dataclass(frozen=True)
class Reading:
    """An article just read, the stored one, and how their texts compare without noise."""

    article: Article
    stored: StoredArticle
    resemblance: Resemblance
    teasers: int = 0
    """How many more blocks of the page are only a link than of the stored article."""

    @cached_property
    def fresh(self) -> float:
        """Words in sentences that the stored text does not have."""
        new = self.resemblance.new
        apart = {index for index, _ in new.apart}
        pairs = enumerate(zip(new.blocks, new.shared, strict=True))
        return sum(
            block.words * (1.0 if index in apart else 1 - sum(flags) / len(flags))
            for index, (block, flags) in pairs
            if not _is_line(block)
        )

    @cached_property
    def fresh_within(self) -> float:
        """Words of the new sentences that stand before something known."""
        new = self.resemblance.new
        return sum(block.words for index, block in new.apart if not _is_line(block) and index < new.last_shared)

    @cached_property
    def gone(self) -> float:
        """Words of the stored text that the new one does not have."""
        pairs = zip(self.resemblance.old.blocks, self.resemblance.old.shared, strict=True)
        return sum(block.words * (1 - sum(flags) / len(flags)) for block, flags in pairs)

    @cached_property
    def foreign(self) -> list[tuple[int, Block]]:
        """New lines of the page around a text, less as many as there were before: menus, time stamps, rights."""
        lines = _lines(self.resemblance.new, self.resemblance.old)
        return lines[: max(len(lines) - self.lines_gone, 0)]

    @cached_property
    def lines_gone(self) -> int:
        """Number of stored lines of that kind that are not found again."""
        return len(_lines(self.resemblance.old, self.resemblance.new))

    @cached_property
    def begins_in_a_line(self) -> bool:
        """Whether some words stand before the beginning of the stored text, in one block with it."""
        old, new = self.resemblance.old, self.resemblance.new
        if new.first_shared == len(new.blocks) or not old.flags[0]:
            return False
        flags = new.shared[new.first_shared]
        return not any(flags[:_WORDS_BEFORE]) and new.first_shared < len(new.blocks)

    @cached_property
    def reach(self) -> int:
        """The number of tokens after which the stored text is gone, if its beginning is what is left of it; else 0."""
        old, new = self.resemblance.old, self.resemblance.new
        if self.resemblance.prefix >= _AS_IT_WAS * new.size and new.size < old.size:
            return self.resemblance.prefix
        is_beginning = old.share_of(0, old.reach) >= BEGINNING and old.share_of(old.reach, old.size) <= _AFTER
        return old.reach if is_beginning else 0

    @property
    def ratio(self) -> float:
        """Length of the new text by that of the stored one, in tokens."""
        return self.resemblance.new.size / max(self.resemblance.old.size, 1)

    @property
    def fell(self) -> float:
        """By how much the quality fell; 0 if one of the two is unknown."""
        before, now = self.stored.quality, self.article.quality
        return before - now if before and now else 0.0

    @property
    def is_modified(self) -> bool:
        """Whether the page says that it was edited since."""
        before, now = self.stored.modified, self.article.modified
        return before is not None and now is not None and now > before

    @property
    def resembles(self) -> bool:
        """Whether the texts are of one article."""
        old, new = self.resemblance.old, self.resemblance.new
        if not old.size or not new.size:
            return True
        if max(old.share, new.share) >= _SHARED or self.resemblance.vocabulary >= _VOCABULARY:
            return True
        return min(old.size, new.size) < SHORT and 2 * new.size >= old.size and self.has_same_title

    @property
    def is_near_the_same(self) -> bool:
        """Whether the texts are so alike that two addresses are one page; less is enough under the same title."""
        share = max(self.resemblance.old.share, self.resemblance.new.share)
        return share >= (_NEAR_UNDER_ONE_TITLE if self.has_same_title else _NEAR)

    @property
    def has_same_title(self) -> bool:
        """Whether the titles are equal but for case and marks."""
        return _letters(self.article.title) == _letters(self.stored.title)

    @property
    def is_at_its_address(self) -> bool:
        """Whether the page says that it stands where the stored article does."""
        return urls.key(self.article.canonical_url) in map(urls.key, (self.stored.url, self.stored.canonical_url))

    @property
    def is_degraded(self) -> bool:
        """Whether the site's own rule gave the body before, and gives it no more."""
        return _by_site(self.stored.origins) and not _by_site(self.article.origins)

    @property
    def is_upgraded(self) -> bool:
        """Whether the site's own rule gives the body now, and did not before."""
        return _by_site(self.article.origins) and not _by_site(self.stored.origins)

    def lost(self, names: Iterable[str]) -> list[str]:
        """Those of the fields that the site's own rule gave before, and nothing gives now."""
        before, now = self.stored.origins, self.article.origins
        return [name for name in names if before.get(name, "").startswith(SITE_RULES) and name not in now]


def is_prose(blocks: Iterable[Block]) -> bool:
    """Whether most words stand in sentences."""
    sizes = [(block.words, block.is_sentence) for block in blocks]
    return sum(words for words, is_sentence in sizes if is_sentence) * 2 > sum(words for words, _ in sizes)


def _lines(side: Side, other: Side) -> list[tuple[int, Block]]:
    """Lines that the other text does not have; at its beginning and end, also those that it has within sentences."""
    apart, whole = {index for index, _ in side.apart}, {block.tokens for block in other.blocks}
    ends = {0, len(side.blocks) - 1}
    return [
        (index, block)
        for index, block in enumerate(side.blocks)
        if (index in apart or (index in ends and block.tokens not in whole)) and _is_line(block)
    ]


def _is_line(block: Block) -> bool:
    """Whether a block is no sentence of a text."""
    if not block.is_sentence:
        # "Update, 14:30: what happened" is one, with or without a full stop.
        return block.tokens[0] not in MOMENTS or block.words < _SAYING
    if block.words > _LONG_LINE:
        return False
    line = block.text.casefold()
    return FURNITURE.search(line) is not None or walls.kind_of_line(line) is not None


def _by_site(origins: Mapping[str, str]) -> bool:
    return origins.get("body", "").startswith(SITE_RULES)


def _letters(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())
