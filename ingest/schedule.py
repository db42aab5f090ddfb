"""When a source is next due, which are started now, when a failed link is tried again. Plans only: reads no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ingest.model import Source

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=1)
#: A recent article is asked for again at these ages, because editors edit.
RECHECKS = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 72, 168))
#: A link that fails this often is left alone; the reason stays on its row.
MAX_ATTEMPTS = 8
#: A service starts no more sources than this in a second,
STARTS_AT_A_TIME = 20
#: and has no more than this many runs that began lately: what is under way is held in memory.
_YOUNG_AT_MOST = 500
_YOUNG = timedelta(minutes=5)
_FIRST_RETRY = timedelta(minutes=10)

# How much a failure counts in the back-off. A refusal is no illness; a page that is gone rarely comes back soon.
_WEIGHTS = {"rate_limited": 0.5, "timeout": 0.5, "connect": 0.5, "http_5xx": 0.5, "truncated": 0.5, "protocol": 0.5}


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the database remembers of a source's runs. Times are aware, UTC."""

    name: str
    last_run: datetime | None = None
    last_ok: datetime | None = None
    next_due: datetime | None = None
    failures: float = 0.0
    """Weighted failures in a row."""
    error: str = ""
    message: str = ""
    ttl: float | None = None
    """Seconds that the source itself asked to be left alone between two polls."""


def first_due(known: Mapping[str, datetime | None], now: datetime, chance: Callable[[], float]) -> dict[str, datetime]:
    """When the sources of a service that begins are due, by their ``known`` due times; None for a source never asked.

    What is due already is spread, in no order, over as many seconds as starting it takes (see `next_starts`):
    neighbours in sources.yaml often have one host. ``chance`` returns numbers between 0 and 1.
    """
    waiting = sum(due is None or due <= now for due in known.values())
    spread = timedelta(seconds=waiting / STARTS_AT_A_TIME)
    return {name: due if due and due > now else now + spread * chance() for name, due in known.items()}


def next_starts(due: Mapping[str, datetime], begun: Iterable[datetime], now: datetime) -> list[str]:
    """The sources to start now, longest due first. ``begun`` is when each run that goes on began.

    Asked once a second. A run that takes long brings in a backlog at the pace of its host; it keeps nobody from
    starting.
    """
    young = sum(now - at < _YOUNG for at in begun)
    room = max(min(STARTS_AT_A_TIME, _YOUNG_AT_MOST - young), 0)
    return [name for _, name in nsmallest(room, ((at, name) for name, at in due.items() if at <= now))]


def weight(code: str) -> float:
    """What a failure of this class adds to `SourceState.failures`."""
    return _WEIGHTS.get(code, 1.0)


def interval(source: Source, posts_in_week: int, ttl: float | None) -> timedelta:
    """The time between two polls of a healthy source.

    ``every: auto`` is a week divided by the week's posts, within five minutes and a day (as Miniflux has it), and
    never shorter than the source's own TTL.
    """
    if source.every is not None:
        return source.every
    rhythm = timedelta(weeks=1) / posts_in_week if posts_in_week else LONGEST
    asked = timedelta(seconds=ttl or 0)
    return min(max(rhythm, asked, SHORTEST), LONGEST)


def next_due(
    source: Source,
    state: SourceState,
    now: datetime,
    *,
    posts_in_week: int = 0,
    retry_after: float | None = None,
    jitter: float = 0.0,
) -> datetime:
    """When to poll again. Failures double the interval each, up to a day; a source is never given up.

    ``jitter`` is between 0 and 1 and adds up to a tenth, so that sources that failed together do not come back
    together. ``retry_after`` is what the server asked for, in seconds, at most a day.
    """
    wait = interval(source, posts_in_week, state.ttl)
    if state.failures:
        ceiling = max(LONGEST, wait)
        wait = min(wait * 2 ** min(state.failures, 20.0), ceiling)
    if retry_after:
        wait = max(wait, min(timedelta(seconds=retry_after), LONGEST))
    return now + wait * (1 + 0.1 * jitter)


def next_try(attempts: int, now: datetime, *, retry_after: float | None = None, jitter: float = 0.0) -> datetime | None:
    """When to ask for a link again after its ``attempts``-th failure; None when it is left alone."""
    if attempts >= MAX_ATTEMPTS:
        return None
    wait = min(_FIRST_RETRY * 2.0 ** max(attempts - 1, 0), LONGEST)
    if retry_after:
        wait = max(wait, min(timedelta(seconds=retry_after), LONGEST))
    return now + wait * (1 + 0.1 * jitter)


def next_check(first_seen: datetime, now: datetime) -> datetime | None:
    """When to look at an article again for edits; None once it is older than the ladder."""
    return next((first_seen + age for age in RECHECKS if first_seen + age > now), None)
