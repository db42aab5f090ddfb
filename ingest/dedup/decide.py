"""Decides whether an article is new, changed, already stored, or stored under another URL; the store acts on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ingest.dedup import fingerprint, urls

if TYPE_CHECKING:
    from ingest.model import Article


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """The stored article with the same key (`urls.key`)."""

    id: int
    content_hash: str
    text_length: int
    """In characters."""
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """The stored articles that an article may be the same as."""

    same_key: StoredArticle | None = None
    same_text: int | None = None
    """The oldest *other* article with the same `fingerprint.text_hash`, itself no duplicate."""


@dataclass(frozen=True, slots=True)
class Insert:
    """Store a new article."""


@dataclass(frozen=True, slots=True)
class InsertDuplicate:
    """Store a new article as a duplicate of another one with the same text."""

    of: int


@dataclass(frozen=True, slots=True)
class Update:
    """Replace a stored article whose title or text was edited; the store keeps the former one as a version."""

    id: int
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep the stored article: it is the ``same``, or the new one is ``emptied``, ``walled`` or ``cut``."""

    id: int
    why: Literal["same", "emptied", "walled", "cut"] = "same"


StoreAction = Insert | InsertDuplicate | Update | Keep
Decider = Callable[["Article", Matches], StoreAction]


def decide(article: Article, matches: Matches) -> StoreAction:
    """What the store does with an article. Texts are compared by `fingerprint`; the URL is compared by the caller.

    A page that is fetched again without its text (``emptied``), with less than half of it and a paywall (``walled``),
    or without one of its later pages (``cut``) does not replace the stored article. An edited article is a duplicate
    only of an older one, so that two articles never are duplicates of each other.
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


def trusted_key(own: str, claimed: str, read_at: str, canonical_url: str, owner_url: str | None) -> str:
    """The key that an article is stored by: the ``claimed`` one of its canonical URL, or the ``own`` one of its link.

    A page cannot claim to be an article of another site than it was ``read_at``, nor take a key that an article of
    another site has already (``owner_url``).
    """
    if not urls.same_site(read_at, canonical_url):
        return own
    return own if owner_url is not None and not urls.same_site(read_at, owner_url) else claimed
