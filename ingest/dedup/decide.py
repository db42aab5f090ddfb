"""Decides what becomes of an article that was read: it is new, an edit, worse than what is stored, or another one.

The store looks up what the decision depends on, hands it over, and acts on the answer in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ingest.dedup import fingerprint, noise, urls
from ingest.dedup.blocks import blocks
from ingest.dedup.reading import Reading
from ingest.dedup.resemblance import compare
from ingest.dedup.worse import why

if TYPE_CHECKING:
    from datetime import datetime

    from ingest.model import Article

HeldBackReason = Literal["emptied", "wall", "error_page", "cut", "shorter", "quality", "fields", "unlike", "reverted"]
"""Why a reading does not replace the stored article; `versions.held_back` holds it.

- ``emptied``: there is no text
- ``wall``: a consent, login, bot-check or paywall text
- ``error_page``: the page says that there is no such page
- ``cut``: a later page is missing, or the text breaks off
- ``shorter``: much of the text is gone
- ``quality``: the body was read far less surely
- ``fields``: fields are lost that the site's own rule gave
- ``unlike``: the text is that of another page
- ``reverted``: an operator put a former version in the place of this text
"""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """The stored article that a reading may be an edit of: its link led to it before, or it has the same key."""

    id: int
    content_hash: str
    title: str = ""
    text: str = ""
    html: str = ""
    """Sanitised HTML of the body, as `Body.html` gives it."""
    url: str = ""
    canonical_url: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    quality: float = 0.0
    duplicate_of: int | None = None
    is_same_address: bool = True
    """Whether the reading comes from the article's own address, not from another one that names it as canonical."""
    held_back: Mapping[str, HeldBackReason] = field(default_factory=dict)
    """`fingerprint.content_hash` of readings that were held back before → why."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The stored articles that an article may be the same as, and what is known of the noise of its source."""

    stored: StoredArticle | None = None
    same_text: int | None = None
    """The oldest *other* article with the same `fingerprint.text_hash`, itself no duplicate."""
    same_text_url: str = ""
    """Its URL."""
    changing: Mapping[str, int] = field(default_factory=dict)
    """Template of a block → in how many articles of the source it changed from one look to the next."""


@dataclass(frozen=True, slots=True)
class Insert:
    """Store a new article."""


@dataclass(frozen=True, slots=True)
class InsertDuplicate:
    """Store a new article as a duplicate of another one with the same text."""

    of: int


@dataclass(frozen=True, slots=True)
class InsertApart:
    """Store a new article by its own address: it claims to be the article ``claimed``, and does not resemble it."""

    claimed: int
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """Replace a stored article whose title or text was edited; the store keeps the former one as a version."""

    id: int
    duplicate_of: int | None = None
    changed: tuple[str, ...] = field(default=(), compare=False)
    """Templates of the blocks that changed; the store counts them for `Matches.changing`."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep the words of the stored article: they are the ``same``, or differ by ``noise`` only."""

    id: int
    why: Literal["same", "noise"] = "same"
    changed: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class HoldBack:
    """Keep the stored article, and the reading as a held-back version of it."""

    id: int
    reason: HeldBackReason
    message: str
    """One sentence for `links.reason`."""
    changed: tuple[str, ...] = field(default=(), compare=False)


StoreAction = Insert | InsertDuplicate | InsertApart | Update | Keep | HoldBack
Decider = Callable[["Article", Matches], StoreAction]


def decide(article: Article, matches: Matches) -> StoreAction:
    """What the store does with an article. Texts are compared without noise; the URL is compared by the caller.

    An edited article is a duplicate only of an older one, so that two articles never are duplicates of each other.
    """
    stored, twin = matches.stored, matches.same_text
    if stored is None:
        return Insert() if twin is None else InsertDuplicate(of=twin)
    content_hash = fingerprint.content_hash(article.title, article.text)
    if stored.content_hash == content_hash:
        return Keep(stored.id)
    return _of_other_words(article, stored, matches, content_hash)


def _of_other_words(article: Article, stored: StoredArticle, matches: Matches, content_hash: str) -> StoreAction:
    """What the store does with a reading whose title or text is not word for word the stored one."""
    twin = matches.same_text
    old, new = blocks(stored.html, stored.text), blocks(article.html, article.text)
    kept = [noise.without(each, matches.changing, stored.id) for each in (old, new)]
    teasers = noise.teasers(new) - noise.teasers(old)
    reading = Reading(article, stored, compare(*kept), teasers)
    if not stored.is_same_address and not reading.is_near_the_same:
        return InsertApart(stored.id, duplicate_of=twin)
    if content_hash in stored.held_back:
        reason = stored.held_back[content_hash]
        return HoldBack(stored.id, reason, f"the page says what was held back before ({reason})")
    changed = noise.changed(old, new, stored.id)
    if _is_noise(reading):
        return Keep(stored.id, "noise", changed)
    worse = why(reading)
    if worse:
        return HoldBack(stored.id, *worse)
    return Update(stored.id, duplicate_of=twin if twin is not None and twin < stored.id else None, changed=changed)


def _is_noise(reading: Reading) -> bool:
    """Whether nothing but noise differs; marks do not count either where another extractor read the body."""
    if noise.title(reading.article.title) != noise.title(reading.stored.title):
        return False
    resemblance = reading.resemblance
    if not resemblance.new.size and resemblance.old.size:
        return False
    if reading.is_degraded:
        return resemblance.is_same_words
    return [each.text for each in resemblance.old.blocks] == [each.text for each in resemblance.new.blocks]


def trusted_key(own: str, claimed: str, read_at: str, canonical_url: str, owner_url: str | None) -> str:
    """The key that an article is stored by: the ``claimed`` one of its canonical URL, or the ``own`` one of its link.

    A page cannot claim to be an article of another site than it was ``read_at``, nor take a key that an article of
    another site has already (``owner_url``).
    """
    if not urls.same_site(read_at, canonical_url):
        return own
    return own if owner_url is not None and not urls.same_site(read_at, owner_url) else claimed
