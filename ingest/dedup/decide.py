"""Decides what becomes of an article that was read: it is new, an edit, worse than what is stored, or another one.

The store looks up what the decision depends on, hands it over, and acts on the answer in the same transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.dedup import fingerprint, noise, urls
from ingest.dedup.actions import (
    HoldBack,
    Insert,
    InsertApart,
    InsertDuplicate,
    Keep,
    Update,
)
from ingest.dedup.blocks import blocks
from ingest.dedup.reading import Reading
from ingest.dedup.resemblance import compare
from ingest.dedup.worse import why

if TYPE_CHECKING:
    from ingest.dedup.actions import Matches, StoreAction, StoredArticle
    from ingest.model import Article


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
