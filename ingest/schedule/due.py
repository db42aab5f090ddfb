"""When a source is next due. Reads no clock and starts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ingest.errors import FetchError, HostPausedError
from ingest.schedule import rhythm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.errors import PageError
    from ingest.model import Source

#: Bounds of the interval between two polls of a source with ``every: auto``, and of what a server may ask for.
SHORTEST_INTERVAL = timedelta(minutes=5)
LONGEST_INTERVAL = timedelta(days=1)
#: The rhythm of a source is learned from its newest posts, no more than this many.
MOST_POSTS = 1_000
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


def longest_wait(source: Source) -> timedelta:
    """The longest wait that `next_due` ever sets for a source, with its random delay."""
    return max(LONGEST_INTERVAL, source.every or LONGEST_INTERVAL) * (1 + _JITTER)


def brought_back(due: datetime, written_at: datetime | None, now: datetime, longest: timedelta) -> datetime:
    """A stored due time as a clock that is right would have written it.

    A clock that runs ahead for an hour leaves due times in another year, and once it is mended nothing would ever be
    due. What was written at a time that is still to come waits as long as was meant, from now on; what lies further
    away than the ``longest`` wait is due now.
    """
    if written_at and written_at > now:
        return now + min(max(due - written_at, timedelta()), longest)
    return due if due - now <= longest else now


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
    published = sorted(post for post in posts if post <= now)
    if len(published) >= _ENTRIES_OF_SHORT_FEED:
        wait = max(min(wait, now - published[-_ENTRIES_OF_SHORT_FEED]), SHORTEST_INTERVAL)
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
