"""What was extracted from a page, and what became of it in the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ingest.article.body import EMPTY_BODY, Body

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

PageType = Literal["article", "listing", "forum", "other"]


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date found on a page. ``parsed`` is aware, in the offset it was written with, or None if it is not a date."""

    field: Literal["published", "modified"]
    where: str
    raw: str
    parsed: datetime | None


@dataclass(frozen=True, slots=True)
class Article:
    """What was extracted from a page. Dates are aware, in the offset they were written with; the store uses UTC."""

    url: str
    canonical_url: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    language: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    image: str = ""
    site_name: str = ""
    next_page: str = ""
    """URL of the page on which the text continues."""
    first_page: str = ""
    """URL of the page on which the text begins, if this is a later one."""
    pages: int = 1
    """Number of pages that the text was joined from."""
    paywalled: bool = False
    robots: str = ""
    page_type: PageType = "article"
    page_type_confidence: float = 0.0
    quality: float = 0.0
    body: Body = EMPTY_BODY
    origins: Mapping[str, str] = field(default_factory=dict)
    """Field → the extractor that answered."""
    dates: tuple[DateCandidate, ...] = ()

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def html(self) -> str:
        return self.body.html


@dataclass(frozen=True, slots=True)
class New:
    """The article was not stored before."""

    article_id: int
    claimed: int | None = None
    """The stored article whose URL its page names as canonical, although the texts have nothing in common."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The article was stored with another title or text, which is now a version."""

    article_id: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The article is stored already, word for word."""

    article_id: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same text is stored under another URL; this article is stored as a duplicate of it."""

    article_id: int
    of: int


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What the page says today is worse than the stored article, which stays; the reading is kept as a version."""

    article_id: int
    reason: str
    """Why, in one word (`ingest.dedup.actions.HeldBackReason`)."""
    message: str = ""
    """Why, in a sentence."""


Decision = New | Changed | Unchanged | Duplicate | HeldBack
