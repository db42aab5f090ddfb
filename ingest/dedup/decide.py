"""Whether an article is new, changed, already held, or held under another address. Decides; stores nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ingest.dedup import fingerprint

if TYPE_CHECKING:
    from ingest.model import Article


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What the store holds under the key of the article in question."""

    id: int
    content_hash: str
    text_length: int
    """In characters."""
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """What the store knows of an article before it is written."""

    same_key: StoredArticle | None = None
    same_text: int | None = None
    """The oldest *other* article with the same `fingerprint.text_hash`, itself no duplicate."""


@dataclass(frozen=True, slots=True)
class Insert:
    """It was never seen: store it."""


@dataclass(frozen=True, slots=True)
class InsertDuplicate:
    """Its text is held under another address: store it, pointing there."""

    of: int


@dataclass(frozen=True, slots=True)
class Update:
    """Its title or text was edited: keep what is held as a version, and store this one over it."""

    id: int
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """Leave what is held. ``why``: both are the ``same``, or this answer is ``emptied``, ``walled`` or ``cut``."""

    id: int
    why: Literal["same", "emptied", "walled", "cut"] = "same"


StoreAction = Insert | InsertDuplicate | Update | Keep
Decider = Callable[["Article", Matches], StoreAction]


def decide(article: Article, matches: Matches) -> StoreAction:
    """What to do with an article, given what is known of it. Its text is compared by `fingerprint`, its URL is not.

    A page that comes back without its text, with half of it behind a paywall, or without a page that it goes on at
    does not replace what was read when it was whole. An edited article is a duplicate only of an older one, so that
    two never point at each other.
    """
    stored, twin = matches.same_key, matches.same_text
    if stored is None:
        return Insert() if twin is None else InsertDuplicate(of=twin)
    if stored.content_hash == fingerprint.content_hash(article.title, article.text):
        return Keep(stored.id)
    if stored.text_length and not article.text:
        return Keep(stored.id, "emptied")
    if article.paywalled and len(article.text) * 2 < stored.text_length:
        return Keep(stored.id, "walled")
    if article.next_page and len(article.text) < stored.text_length:
        return Keep(stored.id, "cut")
    return Update(stored.id, duplicate_of=twin if twin is not None and twin < stored.id else None)
