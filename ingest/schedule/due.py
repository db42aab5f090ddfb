"""When a source is next due, which are started now, when a failed link is tried again. Plans only: reads no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from heapq import nsmallest
from typing import TYPE_CHECKING

from ingest.errors import ERROR_CLASSES, FetchError, HostPausedError
from ingest.schedule import rhythm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ingest.errors import PageError
    from ingest.model import Source

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=1)
#: Posts of a source from which its rhythm is learned, the newest.
POSTS = 1_000
#: A recent article is asked for again at these ages, because editors edit.
RECHECKS = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 72, 168))
#: A link that fails this often is left alone; the reason stays on its row.
MAX_ATTEMPTS = 8
#: Where the failure is the server's rather than the page's, it gets about two weeks to come back.
MAX_PASSING_ATTEMPTS = 20
#: A service starts no more sources than this in a second,
STARTS_AT_A_TIME = 20
#: and has no more than this many runs that began lately: what is under way is held in memory.
_YOUNG_AT_MOST = 500
_YOUNG = timedelta(minutes=5)
#: Entries of a short feed.
_FEED = 10
_FIRST_RETRY = timedelta(minutes=10)

_MAX_AGE = re.compile(r"\bmax-age\s{0,3}=\s{0,3}\"?(\d{1,10})")
_SECONDS = re.compile(r"\d{1,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Skips:
    """When a feed asks not to be polled: hours, and days of the week (Monday is 0), both UTC."""

    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()


NO_SKIPS = Skips()


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
    skips: Skips = NO_SKIPS


def first_due(known: Mapping[str, datetime | None], now: datetime, random: Callable[[], float]) -> dict[str, datetime]:
    """When the sources of a service that begins are due, by their ``known`` due times; None for a source never asked.

    What is due already is spread, in no order, over as many seconds as starting it takes (see `next_starts`):
    neighbours in sources.yaml often have one host. ``random`` returns numbers between 0 and 1.
    """
    waiting = sum(due is None or due <= now for due in known.values())
    spread = timedelta(seconds=waiting / STARTS_AT_A_TIME)
    return {name: due if due and due > now else now + spread * random() for name, due in known.items()}


def next_starts(due: Mapping[str, datetime], begun: Iterable[datetime], now: datetime) -> list[str]:
    """The sources to start now, longest due first. ``begun`` is when each run that goes on began.

    Asked once a second. A run that takes long brings in a backlog at the pace of its host; it keeps nobody from
    starting.
    """
    young = sum(now - at < _YOUNG for at in begun)
    free_starts = max(min(STARTS_AT_A_TIME, _YOUNG_AT_MOST - young), 0)
    return [name for _, name in nsmallest(free_starts, ((at, name) for name, at in due.items() if at <= now))]


def weight(code: str, *, passing: bool = False) -> float:
    """What a failure of this class adds to `SourceState.failures`; ``passing`` if its end is in sight all the same."""
    if passing or ERROR_CLASSES[code].transient:
        return 0.5
    return 2.0 if ERROR_CLASSES[code].refusal else 1.0


def failures(before: float, failure: PageError | None) -> float:
    """`SourceState.failures` after a run. One that only left a host alone, as asked, tells nothing of the source."""
    if failure is None:
        return 0.0
    if isinstance(failure, HostPausedError):
        return before
    return before + weight(failure.code, passing=isinstance(failure, FetchError) and failure.retry_after is not None)


def interval(source: Source, now: datetime, posts: Sequence[datetime], asked: float = 0.0) -> timedelta:
    """The time between two polls of a healthy source.

    For ``every: auto`` it is planned by the source's own rhythm (its aware times of publication), and is no shorter
    than what its server or feed ``asked`` for, in seconds; all within five minutes and a day. The plan never waits
    longer than the last ten posts took: feeds show at least as many, and what has left one is hard to find.
    """
    if source.every is not None:
        return source.every
    learned = rhythm.learn(posts, now, source.time_zone)
    planned = rhythm.wait(learned, now, SHORTEST, LONGEST, source.time_zone)
    if len(posts) >= _FEED:
        planned = max(min(planned, now - sorted(posts)[-_FEED]), SHORTEST)
    return min(max(planned, timedelta(seconds=asked)), LONGEST)


def next_due(
    source: Source,
    state: SourceState,
    now: datetime,
    *,
    posts: Sequence[datetime] = (),
    fresh: float = 0.0,
    retry_after: float | None = None,
    jitter: float = 0.0,
) -> datetime:
    """When to poll again. Failures double the interval each, up to a day; a source is never given up.

    ``fresh`` is for how long, in seconds, the server vouches for its answer; ``retry_after`` is what it asked for when
    it refused, at most a day. ``jitter`` is between 0 and 1 and adds up to a tenth, so that sources that failed
    together do not come back together; a healthy one, whose time was chosen, is held back by five minutes at most.
    """
    wait = interval(source, now, posts, min(max(state.ttl or 0.0, fresh), LONGEST.total_seconds()))
    held_back = min(wait * 0.1, SHORTEST)
    if state.failures:
        ceiling = max(LONGEST, wait)
        wait = min(wait * 2 ** min(state.failures, 20.0), ceiling)
        held_back = wait * 0.1
    if retry_after:
        wait = max(wait, min(timedelta(seconds=retry_after), LONGEST))
    due = now + wait + held_back * jitter
    return due if source.every else _outside(state.skips, due, now)


def vouched(headers: Mapping[str, str], now: datetime) -> float:
    """For how many seconds a server vouches for its answer, by ``Cache-Control: max-age`` or else ``Expires``."""
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return 0.0
    told = _MAX_AGE.search(control)
    if told:
        age = headers.get("age", "").strip()
        return max(float(told[1]) - (float(age) if _SECONDS.fullmatch(age) else 0.0), 0.0)
    expires = _http_date(headers.get("expires", ""))
    sent = _http_date(headers.get("date", "")) or now
    return max((expires - sent).total_seconds(), 0.0) if expires else 0.0


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value.strip())
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def _outside(skips: Skips, due: datetime, now: datetime) -> datetime:
    """The first hour from ``due`` on that the feed does not ask us to leave out, within a day from now."""
    latest = max(due, now + LONGEST)
    moment = due.astimezone(UTC)
    while moment <= latest:
        if moment.hour not in skips.hours and moment.weekday() not in skips.days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return latest


def next_try(
    attempts: int, now: datetime, *, retry_after: float | None = None, jitter: float = 0.0, passing: bool = False
) -> datetime | None:
    """When to ask for a link again after its ``attempts``-th failure; None when it is left alone.

    ``passing`` is for failures that another day may not bring.
    """
    if attempts >= (MAX_PASSING_ATTEMPTS if passing else MAX_ATTEMPTS):
        return None
    wait = min(_FIRST_RETRY * 2.0 ** max(attempts - 1, 0), LONGEST)
    if retry_after:
        wait = max(wait, min(timedelta(seconds=retry_after), LONGEST))
    return now + wait * (1 + 0.1 * jitter)


def next_check(first_seen: datetime, now: datetime) -> datetime | None:
    """When to look at an article again for edits; None once it is older than the ladder."""
    return next((first_seen + age for age in RECHECKS if first_seen + age > now), None)


def starts_over(source: Source, url: str, kind: str) -> bool:
    """Whether a source that had this ``url`` and ``kind`` before is due at once, without its failures.

    A back-off belongs to the URL that failed.
    """
    return (source.url, source.kind) != (url, kind)
