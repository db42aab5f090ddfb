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
    """How many index pages of its own kind lead to it."""
    via: str = ""
    """URL of the index page that led to it; "" for the first one of a source."""
    optional: bool = False
    """A guess: if it does not exist, nothing is wrong with the source."""


@dataclass(frozen=True, slots=True)
class IndexPage:
    """An index page that was fetched, with what its parser needs to know."""

    page: Page
    request: IndexRequest
    source: Source
    since: datetime | None = None
    """Aware; index pages of older articles only are not wanted."""


@dataclass(frozen=True, slots=True)
class IndexResult:
    """What the parser of an index page returns."""

    links: tuple[Link, ...] = ()
    """Oldest first, so that ids follow the order of publication."""
    requests: tuple[IndexRequest, ...] = ()
    """Index pages that an ordinary run reads next."""
    history: tuple[IndexRequest, ...] = ()
    """Index pages of older articles, read by a backfill, and by a run that knew none of ``links`` (it missed some)."""
    refused: tuple[tuple[str, str], ...] = ()
    """URLs that are not followed, with a key of `ingest.errors.ERROR_CLASSES`."""
    ttl: float | None = None
    """Seconds for which the publisher asks not to poll the page again (``ttl``, ``sy:updatePeriod``)."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day (UTC) at which the publisher asks not to be polled (``skipHours``)."""
    skip_days: frozenset[int] = frozenset()
    """Days of the week, Monday being 0, on which the publisher asks not to be polled (``skipDays``)."""
    mixed: bool = False
    """Whether the page names all pages of the site, so that some of ``links`` may be no articles."""
    title: str = ""
    language: str = ""
