"""What discovery requests and what it returns: `IndexRequest`, `IndexPage`, `IndexResult`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from ingest.model import Link, Page, Source


@dataclass(frozen=True, slots=True)
class IndexRequest:
    """An index page to be fetched, and the kind as which it will be parsed."""

    url: str
    kind: str
    """A key of `kinds.KINDS`."""
    depth: int = 0
    """How many sitemap indexes lead to it."""
    via: str = ""
    """URL of the index page that named it; "" for the source's own."""
    optional: bool = False
    """A guess: if it cannot be had, nothing is wrong with the source."""


@dataclass(frozen=True, slots=True)
class IndexPage:
    """An index page, and what it is read for."""

    page: Page
    request: IndexRequest
    source: Source
    since: datetime | None = None
    """What is older need not be led to."""


@dataclass(frozen=True, slots=True)
class IndexResult:
    """What one index page says."""

    links: tuple[Link, ...] = ()
    """Oldest first, so that ids follow the order of publication."""
    requests: tuple[IndexRequest, ...] = ()
    """Index pages that belong to an ordinary run."""
    history: tuple[IndexRequest, ...] = ()
    """Index pages of older articles: for a backfill, and for a run that knew none of ``links`` (it missed some)."""
    refused: tuple[tuple[str, str], ...] = ()
    """URLs that are not followed, with a key of `ingest.errors.ERROR_CLASSES`."""
    ttl: float | None = None
    """Seconds for which the publisher asks not to come back (``ttl``, ``sy:updatePeriod``)."""
    skip_hours: frozenset[int] = frozenset()
    """Hours (UTC) at which the publisher asks not to be polled (``skipHours``),"""
    skip_days: frozenset[int] = frozenset()
    """and days of the week, Monday being 0 (``skipDays``)."""
    mixed: bool = False
    """The page names whatever the site has: some of ``links`` may be no articles."""
    title: str = ""
    language: str = ""
