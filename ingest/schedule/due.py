"""When a source is next due, and which of the due sources a service starts now. Reads no clock and starts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import nsmallest
from typing import TYPE_CHECKING

from ingest.errors import FetchError, HostPausedError
from ingest.schedule import rhythm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ingest.errors import PageError
    from ingest.model import Source

#: Bounds of the interval between two polls of a source with ``every: auto``, and of what a server may ask for.
SHORTEST_INTERVAL = timedelta(minutes=5)
LONGEST_INTERVAL = timedelta(days=1)
#: The rhythm of a source is learned from its newest posts, no more than this many.
MOST_POSTS = 1_000
#: A service starts no more sources than this in a second, and none while so many runs are young: what a run is doing
#: is held in memory. How 20,000 sources fare with these two: docs/decisions/0012.
STARTS_PER_SECOND = 20
_MOST_YOUNG_RUNS = 500
_YOUNG = timedelta(minutes=5)
#: Feeds show this many entries at least.
_ENTRIES_OF_SHORT_FEED = 10
#: Where the number of failures stops to matter: the interval has long reached its bound.
_MOST_DOUBLINGS = 20.0
#: The longest random delay, as a share of the wait; a source that is well waits no more than five minutes longer.
_JITTER = 0.1


@dataclass(frozen=True, slots=True)
class Skips:
    """When a feed asks not to be polled (``skipHours``, ``skipDays``): hours, and days (Monday is 0), both UTC."""

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
    """Steps of back-off since the last success, see `failures_after`."""
    error: str = ""
    message: str = ""
    ttl: float | None = None
    """Seconds between two polls that the feed itself asks for (``ttl``, ``sy:updatePeriod``)."""
    skips: Skips = NO_SKIPS


def first_due(known: Mapping[str, datetime | None], now: datetime, random: Callable[[], float]) -> dict[str, datetime]:
    """When each source is due in a service that has just begun.

    ``known`` holds the due times of the database, None for a source that was never polled. Sources that are due
    already are spread at random over as many seconds as starting them takes (see `next_starts`), because neighbours
    in sources.yaml often have the same host. ``random`` returns numbers between 0 and 1.
    """
    overdue = sum(due is None or due <= now for due in known.values())
    spread = timedelta(seconds=overdue / STARTS_PER_SECOND)
    return {name: due if due and due > now else now + spread * random() for name, due in known.items()}


def next_starts(due: Mapping[str, datetime], started: Iterable[datetime], now: datetime) -> list[str]:
    """The sources to start now, longest due first; called once a second.

    ``due`` holds the sources that are not running, ``started`` the time at which each running one was started. Only
    young runs count against the limit: a run that works off a backlog at the pace of its host takes hours, and must
    not keep others from starting.
    """
    young = sum(now - moment < _YOUNG for moment in started)
    starts = max(min(STARTS_PER_SECOND, _MOST_YOUNG_RUNS - young), 0)
    return [name for _, name in nsmallest(starts, ((moment, name) for name, moment in due.items() if moment <= now))]


def starts_over(source: Source, url: str, kind: str) -> bool:
    """Whether a source that had this ``url`` and ``kind`` before is due at once, without its failures.

    A back-off belongs to the URL that failed.
    """
    return (source.url, source.kind) != (url, kind)


def failures_after(failures: float, failure: PageError | None) -> float:
    """`SourceState.failures` after a run with this outcome, from that before it.

    Each step doubles the interval. A failure adds one; half of one if it may be over tomorrow, by its class or because
    the server said when to come back; two if it is a refusal. A run in which the host was only left alone, as it had
    asked, changes nothing.
    """
    if failure is None:
        return 0.0
    if isinstance(failure, HostPausedError):
        return failures
    if failure.error_class.transient or (isinstance(failure, FetchError) and failure.retry_after is not None):
        return failures + 0.5
    return failures + (2.0 if failure.error_class.refusal else 1.0)


def interval(source: Source, now: datetime, posts: Sequence[datetime], requested: float = 0.0) -> timedelta:
    """The time between two polls of a source that is well.

    For ``every: auto`` it follows the rhythm of ``posts`` (aware times of publication), is no shorter than what the
    server or the feed ``requested``, in seconds, and lies between five minutes and a day. It is also no longer than
    the last ten posts took to appear: feeds show at least that many, and an article that has left its feed is hard to
    find.
    """
    if source.every is not None:
        return source.every
    learned = rhythm.learn(posts, now, source.time_zone)
    wait = rhythm.plan_wait(learned, now, SHORTEST_INTERVAL, LONGEST_INTERVAL, source.time_zone)
    if len(posts) >= _ENTRIES_OF_SHORT_FEED:
        wait = max(min(wait, now - sorted(posts)[-_ENTRIES_OF_SHORT_FEED]), SHORTEST_INTERVAL)
    return min(max(wait, timedelta(seconds=requested)), LONGEST_INTERVAL)


def next_due(
    source: Source,
    state: SourceState,
    now: datetime,
    *,
    posts: Sequence[datetime] = (),
    freshness: float = 0.0,
    retry_after: float | None = None,
    jitter: float = 0.0,
) -> datetime:
    """When to poll a source again. Each failure doubles the interval, up to a day; a source is never given up.

    ``freshness`` is for how many seconds the server's response stays fresh (see `freshness_lifetime`); ``retry_after``
    is how long it asked to be left alone when it refused, which is respected up to a day. ``jitter`` is between 0 and 1
    and adds up to a tenth of the wait, so that sources that failed together do not come back together; a source that is
    well, whose time was chosen with care, is delayed by five minutes at most.
    """
    wait = interval(source, now, posts, min(max(state.ttl or 0.0, freshness), LONGEST_INTERVAL.total_seconds()))
    longest_delay = min(wait * _JITTER, SHORTEST_INTERVAL)
    if state.failures:
        longest = max(LONGEST_INTERVAL, wait)
        wait = min(wait * 2 ** min(state.failures, _MOST_DOUBLINGS), longest)
        longest_delay = wait * _JITTER
    if retry_after:
        wait = max(wait, min(timedelta(seconds=retry_after), LONGEST_INTERVAL))
    due = now + wait + longest_delay * jitter
    return due if source.every else _outside_skips(state.skips, due, now)


def _outside_skips(skips: Skips, due: datetime, now: datetime) -> datetime:
    """The first hour from ``due`` on in which the feed may be polled; a day from now at the latest."""
    latest = max(due, now + LONGEST_INTERVAL)
    moment = due.astimezone(UTC)
    while moment <= latest:
        if moment.hour not in skips.hours and moment.weekday() not in skips.days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return latest
