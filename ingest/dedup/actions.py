"""What the decision about an article depends on, which the store looks up, and its answers, on which the store acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

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
