"""What the health of a source is judged by, and what is reported of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one link in one run: an article and how it was read, or an error. Health is measured by these.

    ``outcome`` is ``new``, ``changed``, ``unchanged``, ``duplicate``, ``held_back``, ``failed`` or ``skipped``, as the
    counts of a run are called.
    """

    source: str
    url: str
    at: datetime
    outcome: str
    error: str = ""
    """Error class of what failed or was skipped; the reason of what was held back; ``canonical`` for a new article
    whose page names another one as its canonical URL."""
    body_origin: str = ""
    """The extractor that answered the body; empty if no body was read."""
    filled: tuple[str, ...] = ()
    """Names of the fields of the article that have an answer."""
    words: int = 0
    quality: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a source that is not as it used to be, in one sentence for an operator."""

    source: str
    """Empty for one that is about no single source."""
    kind: str
    since: datetime
    message: str
    evidence: tuple[str, ...] = ()
    """URLs of up to three examples."""
    baseline: Mapping[str, float] = field(default_factory=dict)
    """Measure → its value before the change, by which is known when the cause is gone."""


@dataclass(frozen=True, slots=True)
class SourceDay:
    """What the runs of one day (UTC) brought. Days without articles are left out, but for the last one."""

    day: date
    found: int = 0
    """Links that the index pages named, over all runs."""
    links: int = 0
    """Those of them that were not known before."""
    articles: int = 0
    gap: float = 0.0
    """The longest time without articles that ended on this day, in seconds."""
    last_at: datetime | None = None
    """When the last run of the day ended that brought articles."""


@dataclass(frozen=True, slots=True)
class SourceHistory:
    """What is remembered of a source, for its health to be judged. Times are aware, UTC."""

    source: str
    now: datetime
    outcomes: tuple[Outcome, ...] | None = None
    """The newest outcomes, oldest first; None if there are none since they were last judged."""
    days: tuple[SourceDay, ...] = ()
    """Oldest first."""
    open: tuple[Finding, ...] = ()
    added_at: datetime | None = None
    first_run: datetime | None = None
    """The end of the first run: what was read before was there when the source was added."""
    runs: int = 0
    failed_since: datetime | None = None
    """When the first of the runs ended that failed in a row, up to the last one; None if that was well."""
    failed_runs: int = 0
    error: str = ""
    message: str = ""
    empty_since: datetime | None = None
    """When the index began to name no links, although it answers; None if it names some."""
    empty_runs: int = 0
    has_articles: bool = True
    read: Mapping[str, int] = field(default_factory=dict)
    """Of a source without articles: state or error class → links."""


@dataclass(frozen=True, slots=True)
class Notification:
    """An event that waits to be delivered to one receiver."""

    id: int
    event: str
    at: str
    """Time of the event, as stored."""
    source: str
    details: str
    """JSON object with the ``article``, the ``finding`` or the ``failure`` that the event is about."""
    attempts: int = 0
    """How often its delivery has failed."""
