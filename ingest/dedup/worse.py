"""Whether a reading is worse than the stored article, and why: the checks of `decide`, in the order they are asked.

Every figure was set on the tuning half of the labelled pairs (`benchmarks/edits.py`); docs/decisions/0024 has the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ingest.article import not_found, walls
from ingest.dedup import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ingest.dedup.blocks import Block
    from ingest.dedup.decide import HeldBackReason, StoredArticle
    from ingest.dedup.resemblance import Resemblance
    from ingest.model import Article

#: Texts are of one article if this share of either is in the other, or if their vocabulary is this similar.
_SHARED = 0.1
_VOCABULARY = 0.3
#: Below so many tokens a text says too little for that, and an equal title decides.
_SHORT = 25
#: A page shows its text all the same if this share of it is there.
_WHOLE = 0.8
#: Less than this share of the tokens is never an edit; less than that is none if nothing was written in their place.
_STUB = 0.35
_HALF = 0.55
#: A beginning of the text: what is before its end is there, what is after is not, and so much at least is gone.
_BEGINNING = 0.85
_AFTER = 0.2
_TAIL = 0.2
_TAIL_MODIFIED = 0.4
#: Words in new sentences, as a share of those gone, that show a text was shortened by an editor.
_REWRITTEN = 0.3
_QUALITY = 0.2
_QUALITY_DEGRADED = 0.1
_FOREIGN_LINES = 3
_FOUND_AGAIN = 0.6
#: Names of extractors that know a site; what the others answer is found on any page.
_SITE_RULES = ("rule:", "site:", "platform:")
_TELLING_FIELDS = ("title", "authors", "published")
_OTHER_FIELDS = ("section", "tags", "summary", "image")

Worse = tuple["HeldBackReason", str]


@dataclass(frozen=True)
class Reading:
    """A page just read beside the stored article, and how their texts compare without noise."""

    article: Article
    stored: StoredArticle
    resemblance: Resemblance

    @cached_property
    def fresh(self) -> float:
        """Words in sentences that the stored text does not have."""
        new = self.resemblance.new
        whole = sum(block.words for _, block in new.apart if block.is_sentence)
        apart = {index for index, _ in new.apart}
        pairs = enumerate(zip(new.blocks, new.shared, strict=True))
        parts = sum(
            block.words * (1 - sum(flags) / len(flags))
            for index, (block, flags) in pairs
            if index not in apart and block.is_sentence
        )
        return whole + parts

    @cached_property
    def gone(self) -> float:
        """Words of the stored text that the new one does not have."""
        old = self.resemblance.old
        pairs = zip(old.blocks, old.shared, strict=True)
        return sum(block.words * (1 - sum(flags) / len(flags)) for block, flags in pairs)

    @cached_property
    def foreign(self) -> list[tuple[int, Block]]:
        """New lines that are no sentences, less as many as there were before: menus, time stamps, labels."""
        lines = [(index, block) for index, block in self.resemblance.new.apart if not block.is_sentence]
        before = sum(1 for _, block in self.resemblance.old.apart if not block.is_sentence)
        return lines[: max(len(lines) - before, 0)]

    @property
    def ratio(self) -> float:
        """Length of the new text by that of the stored one, in tokens."""
        return self.resemblance.new.size / max(self.resemblance.old.size, 1)

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
        return min(old.size, new.size) < _SHORT and self.has_same_title

    @property
    def has_same_title(self) -> bool:
        """Whether the titles are equal but for case and marks."""
        return _letters(self.article.title) == _letters(self.stored.title)

    @property
    def is_degraded(self) -> bool:
        """Whether the site's own rule gave the body before, and gives it no more."""
        return _by_site(self.stored.origins) and not _by_site(self.article.origins)

    @property
    def is_upgraded(self) -> bool:
        """Whether the site's own rule gives the body now, and did not before."""
        return _by_site(self.article.origins) and not _by_site(self.stored.origins)

    @property
    def is_cleaned(self) -> bool:
        """Whether the site's own rule gives now a part of what was found without it."""
        return self.is_upgraded and self.resemblance.new.share >= _BEGINNING and self.ratio >= _STUB


def why(reading: Reading) -> Worse | None:
    """Why a reading does not replace the stored article; None if it may."""
    if not reading.stored.text.strip():
        return None
    return next(filter(None, (check(reading) for check in _CHECKS)), None)


def _emptied(reading: Reading) -> Worse | None:
    return None if reading.article.text.strip() else ("emptied", "the page has no text any more")


def _wall(reading: Reading) -> Worse | None:
    article, old = reading.article, reading.resemblance.old
    kind = walls.kind_of(article.title, article.text)
    if kind is None or old.share >= _WHOLE or walls.kind_of(reading.stored.title, reading.stored.text) == kind:
        return None
    if kind == "error":
        return "error_page", f"the page says that an error occurred, in place of {_characters(reading.stored.text)}"
    return "wall", f"the page asks for {walls.ASKS_FOR[kind]} in place of {_characters(reading.stored.text)}"


def _error_page(reading: Reading) -> Worse | None:
    if reading.resemblance.old.share >= _WHOLE or not not_found.is_error_page(
        reading.article.title, reading.article.text
    ):
        return None
    return "error_page", "the page says that there is no such page, though with status 200"


def _paywall(reading: Reading) -> Worse | None:
    length, before = len(reading.article.text), len(reading.stored.text)
    asks = any(walls.kind_of_line(block.text) for _, block in reading.resemblance.new.apart)
    if (reading.article.paywalled and length * 2 < before) or (asks and reading.ratio < _HALF):
        return "wall", f"the page shows {length:,} of {before:,} characters to who has not paid or logged in"
    return None


def _unlike(reading: Reading) -> Worse | None:
    if _is_reused(reading):
        return None
    if reading.article.page_type == "listing" and reading.resemblance.old.share < _FOUND_AGAIN:
        return "unlike", "the page is a list of links now"
    share = max(reading.resemblance.old.share, reading.resemblance.new.share)
    if not reading.resembles:
        return "unlike", f"the page holds another text: {share:.0%} of the words are the same"
    if reading.resemblance.old.share < _FOUND_AGAIN and _is_list(reading):
        return "unlike", f"the page is mostly short lines and links now: {share:.0%} of the words are the same"
    return None


def _cut(reading: Reading) -> Worse | None:
    article, stored, old = reading.article, reading.stored, reading.resemblance.old
    if article.next_page and len(article.text) < len(stored.text):
        return "cut", "a later page of the article is missing"
    new = reading.resemblance.new
    if not _is_beginning(reading) or old.reach == old.size or old.reach in _borders(old.blocks) or new.last_shared < 0:
        return None
    if new.blocks[new.last_shared].ends:
        return None
    return "cut", f"the text breaks off after {old.reach / old.size:.0%} of what it was"


def _shorter(reading: Reading) -> Worse | None:
    old = reading.resemblance.old
    if reading.is_cleaned:
        return None
    message = f"the text has {len(reading.article.text):,} of {len(reading.stored.text):,} characters"
    if reading.ratio < _STUB and old.size >= _SHORT:
        return "shorter", message
    if reading.fresh >= _REWRITTEN * reading.gone:
        return None
    tail = 1 - old.reach / old.size
    if _is_beginning(reading) and tail > (_TAIL_MODIFIED if reading.is_modified else _TAIL):
        return "shorter", f"{message}: its end is missing"
    if reading.ratio < _HALF and not reading.is_modified:
        return "shorter", message
    return None


def _fields(reading: Reading) -> Worse | None:
    lost = [name for name in _TELLING_FIELDS if _is_lost(name, reading)]
    others = [name for name in _OTHER_FIELDS if _is_lost(name, reading)]
    if lost or len(others) > 1:
        return "fields", f"the site's rule gave {', '.join(lost + others)}, and the page gives none"
    if not reading.is_degraded:
        return None
    origin = reading.article.origins.get("body", "none")
    if reading.foreign:
        return "fields", f"the body comes from {origin}, with {len(reading.foreign)} lines that are not of the text"
    fell = _fell(reading) >= _QUALITY_DEGRADED
    lost_lines = sum(1 for _, block in reading.resemblance.old.apart if not block.is_sentence)
    if fell or lost_lines > 1 or reading.resemblance.old.share < _FOUND_AGAIN or not reading.fresh:
        return "fields", f"the body comes from {origin}, with {reading.resemblance.old.share:.0%} of the text as it was"
    return None


def _quality(reading: Reading) -> Worse | None:
    old, new = reading.resemblance.old, reading.resemblance.new
    if _fell(reading) >= _QUALITY and old.share < _BEGINNING:
        return "quality", f"the body was read with quality {reading.article.quality:.2f}, before {reading.stored.quality:.2f}"
    foreign = reading.foreign
    if not foreign or not _is_prose(old.blocks):
        return None
    words = sum(block.words for _, block in foreign)
    at_edge = any(not new.first_shared < index < new.last_shared for index, _ in foreign)
    if (len(foreign) >= _FOREIGN_LINES and words >= reading.fresh) or (at_edge and reading.fresh < 1):
        return "quality", f"the text has {len(foreign)} new lines that are no sentences: {foreign[0][1].text[:60]!r}"
    return None


_CHECKS: tuple[Callable[[Reading], Worse | None], ...] = (
    _emptied, _wall, _error_page, _paywall, _unlike, _cut, _shorter, _fields, _quality,
)  # fmt: skip


def _is_reused(reading: Reading) -> bool:
    """Whether the address holds a new article: published later, under another title, whole, and at its own address."""
    article, stored = reading.article, reading.stored
    if article.published is None or stored.published is None or article.published <= stored.published:
        return False
    if reading.has_same_title or article.paywalled or article.page_type == "listing" or reading.is_degraded:
        return False
    is_own = urls.key(article.canonical_url) in {urls.key(stored.url), urls.key(stored.canonical_url)}
    new = reading.resemblance.new
    return is_own and _is_prose(new.blocks) and new.size >= 2 * _SHORT and _fell(reading) < _QUALITY


def _is_list(reading: Reading) -> bool:
    """Whether what is new reads as no prose, or as many short pieces beside links."""
    fresh = [block for _, block in reading.resemblance.new.apart]
    size = sum(block.words for block in fresh)
    lines = sum(block.words for block in fresh if not block.is_sentence)
    return _is_prose(reading.resemblance.old.blocks) and lines * 2 > size


def _is_beginning(reading: Reading) -> bool:
    """Whether the stored text is there up to some word, and gone after it."""
    old = reading.resemblance.old
    return old.share_of(0, old.reach) >= _BEGINNING and old.share_of(old.reach, old.size) <= _AFTER


def _is_prose(blocks: tuple[Block, ...]) -> bool:
    size = sum(block.words for block in blocks)
    return sum(block.words for block in blocks if block.is_sentence) * 2 > size


def _is_lost(name: str, reading: Reading) -> bool:
    return reading.stored.origins.get(name, "").startswith(_SITE_RULES) and name not in reading.article.origins


def _by_site(origins: Mapping[str, str]) -> bool:
    return origins.get("body", "").startswith(_SITE_RULES)


def _fell(reading: Reading) -> float:
    """By how much the quality fell; 0 if one of the two is unknown."""
    before, now = reading.stored.quality, reading.article.quality
    return before - now if before and now else 0.0


def _borders(blocks: tuple[Block, ...]) -> set[int]:
    """Numbers of tokens after which a block ends."""
    ends, end = set(), 0
    for block in blocks:
        end += len(block.tokens)
        ends.add(end)
    return ends


def _characters(text: str) -> str:
    return f"{len(text):,} characters of text"


def _letters(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())
