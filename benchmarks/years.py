"""A year of a service with 500 sources, whose clock is set, whose machine sleeps and which is started again.

    python benchmarks/years.py [--weeks 52] [--sources 500] [--auto 5] [--seed 5]

What decides is the production code: `schedule.Plan` starts the sources, `schedule.next_due` and `next_check` say when
they and their links are due, and `schedule.brought_back` mends what a wrong clock has written. Nothing is fetched or
stored. Sources post in office hours of their time zones (three of which change to summer time and back), some all day,
some once a week; one run in fifty fails, and each source is away for two days once.

Events of the year: the time of day is set by an hour and by seven days, forward and back, and mended hours or days
later; four times it is years ahead, twice while the service is started again; the machine sleeps for six hours once a
week; the service is started anew each month.

Prints runs and requests (index pages, articles, and articles looked at again); the delay from publication to the run
that finds it, without the two days of each source; the longest time without a run, as a share of the longest wait of
that source; the sources that ever waited for more than twice that (starved); and the runs in a minute. A wait may be
counted anew once: a service that starts while the clock is set back cannot know how long ago a source ran.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import time
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush
from zoneinfo import ZoneInfo

from ingest import schedule
from ingest.errors import FetchError
from ingest.model import Source

START = datetime(2026, 1, 5, tzinfo=UTC)
MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
#: Sources beside those with ``every: auto``: their share, and their interval.
INTERVALS = (
    (0.04, timedelta(minutes=30)),
    (0.25, timedelta(hours=1)),
    (0.5, timedelta(hours=6)),
    (0.21, timedelta(days=1)),
)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Seoul", "Australia/Sydney", "UTC")
FAILURE = FetchError("https://news.example/", "timeout", "no answer")


@dataclass
class Followed:
    """A source, and what is stored of it. ``posts`` are seconds of the year, in order."""

    source: Source
    posts: list[float]
    away: tuple[float, float]
    state: schedule.SourceState
    found: int = 0
    known: list[datetime] = field(default_factory=list)
    #: (due by the time of day, published) of its links, the earliest first.
    links: list[tuple[datetime, datetime]] = field(default_factory=list)
    last_start: float = 0.0
    longest_gap: float = 0.0
    starved: int = 0


@dataclass
class Year:
    """Seconds since the year began are those that have elapsed; ``ahead`` is how far the time of day is off."""

    sources: dict[str, Followed]
    rng: random.Random
    ahead: float = 0.0
    runs: int = 0
    failed: int = 0
    articles: int = 0
    checks: int = 0
    delays: dict[str, list[float]] = field(default_factory=dict)
    slept: list[tuple[float, float]] = field(default_factory=list)
    a_minute: Counter[int] = field(default_factory=Counter)

    def now(self, elapsed: float) -> datetime:
        """The time of day."""
        return START + timedelta(seconds=elapsed + self.ahead)

    def run(self, followed: Followed, elapsed: float) -> float:
        """One run, and how long the source waits after it."""
        self._note_gap(followed, elapsed)
        self.runs += 1
        self.a_minute[int(elapsed // MINUTE)] += 1
        now = self.now(elapsed)
        failed = followed.away[0] <= elapsed < followed.away[1] or self.rng.random() < 0.02
        self.failed += failed
        if not failed:
            self._find(followed, elapsed, now)
            self._check(followed, now)
        state = replace(
            followed.state, failures=schedule.failures_after(followed.state.failures, FAILURE if failed else None)
        )
        posts = followed.known[-schedule.MOST_POSTS :] if followed.source.every is None else ()
        due = schedule.next_due(followed.source, state, now, posts=posts, jitter=self.rng.random())
        followed.state = replace(state, last_run=now, next_due=due)
        return (due - now).total_seconds()

    def bring_back(self, elapsed: float) -> None:
        """As `Store.bring_back` does."""
        now = self.now(elapsed)
        for each in self.sources.values():
            if each.state.next_due:
                longest = schedule.longest_wait(each.source)
                due = schedule.brought_back(each.state.next_due, each.state.last_run, now, longest)
                each.state = replace(each.state, next_due=due)
            written = each.state.last_run
            each.links = [
                (schedule.brought_back(due, written, now, schedule.LONGEST_LINK_WAIT) if due > now else due, published)
                for due, published in each.links
            ]
            heapify(each.links)

    def waits(self, elapsed: float) -> dict[str, float]:
        """How long each source still has to wait, for a service that starts."""
        now = self.now(elapsed)
        return {
            name: (each.state.next_due - now).total_seconds() if each.state.next_due else 0.0
            for name, each in self.sources.items()
        }

    def _note_gap(self, followed: Followed, elapsed: float) -> None:
        asleep = sum(end - begin for begin, end in self.slept[-8:] if begin >= followed.last_start)
        gap = elapsed - followed.last_start - asleep
        followed.longest_gap = max(followed.longest_gap, gap)
        followed.starved += gap > 2 * schedule.longest_wait(followed.source).total_seconds()
        followed.last_start = elapsed

    def _find(self, followed: Followed, elapsed: float, now: datetime) -> None:
        found = bisect(followed.posts, elapsed)
        kind = "auto" if followed.source.every is None else f"every {followed.source.every}"
        for post in followed.posts[followed.found : found]:
            if not followed.away[0] - DAY < post < followed.away[1]:
                self.delays.setdefault(kind, []).append(elapsed - post)
            published = START + timedelta(seconds=post)
            followed.known.append(published)
            self.articles += 1
            check = schedule.next_check(min(published, now), now)
            if check:
                heappush(followed.links, (check, published))
        followed.found = found

    def _check(self, followed: Followed, now: datetime) -> None:
        while followed.links and followed.links[0][0] <= now:
            _, published = heappop(followed.links)
            self.checks += 1
            check = schedule.next_check(min(published, now), now)
            if check:
                heappush(followed.links, (check, published))


def posts(rng: random.Random, zone: str, a_week: float, pattern: str, end: float) -> list[float]:
    """Times at random (Poisson), all day or in office hours of a time zone."""
    local = ZoneInfo(zone)
    share = {"all day": 1.0, "office": 45 / 168, "weekly": 1.0}[pattern]
    moments, moment = [], 0.0
    while (moment := moment + rng.expovariate(a_week / share / (7 * DAY))) < end:
        at = (START + timedelta(seconds=moment)).astimezone(local)
        if pattern != "office" or (at.weekday() < 5 and 9 <= at.hour < 18):
            moments.append(moment)
    return moments


def make_sources(count: int, auto: int, end: float, rng: random.Random) -> dict[str, Followed]:
    """Sources of all intervals, time zones and patterns."""
    intervals: list[timedelta | None] = [None] * auto
    for share, every in INTERVALS:
        intervals += [every] * int(share * (count - auto))
    intervals = (intervals + [timedelta(days=1)] * count)[:count]
    made = {}
    for number, every in enumerate(intervals):
        zone = ZONES[number % len(ZONES)]
        pattern, a_week = rng.choice((("all day", 30.0), ("office", 40.0), ("office", 10.0), ("weekly", 1.0)))
        away = rng.uniform(0, max(end - 2 * DAY, 1.0))
        name = f"s{number:03}"
        source = Source(name, f"https://{name}.example/feed", "feed", every=every, time_zone=zone)
        moments = posts(rng, zone, a_week, pattern, end)
        made[name] = Followed(source, moments, (away, away + 2 * DAY), schedule.SourceState(name))
    return made


def events(end: float, rng: random.Random) -> list[tuple[float, str, float]]:
    """What happens when: ``set`` the clock ahead by so many seconds, ``sleep`` for so many, or ``start`` again."""
    planned = [(week * 7 * DAY + rng.uniform(0, 6 * DAY), "sleep", 6 * HOUR) for week in range(int(end / (7 * DAY)))]
    planned += [(month * 30 * DAY + rng.uniform(0, DAY), "start", 0.0) for month in range(1, int(end / (30 * DAY)))]
    steps = [ahead * sign for ahead in (HOUR, 7 * DAY) for sign in (1, -1) for _ in range(4)]
    for number, ahead in enumerate([*steps, *[3 * 365 * DAY] * 4]):
        begin = (number + 0.5) * end / (len(steps) + 4)
        lasts = rng.uniform(HOUR, 3 * DAY)
        planned += [(begin, "set", ahead), (begin + lasts, "set", 0.0)]
        # Every second time the clock is wrong when the service starts, and every third it is mended while it is down.
        if number % 2:
            planned.append((begin + lasts / 2, "start", 0.0))
        if number % 3 == 0:
            planned.append((begin + lasts + 1, "start", 0.0))
    return sorted(event for event in planned if event[0] < end)


def live(year: Year, end: float, planned: list[tuple[float, str, float]]) -> None:
    """The service, second by second; seconds in which nothing is due are left out."""
    plan = schedule.Plan(year.rng.random)
    plan.add(year.waits(0.0), 0.0)
    ends: list[tuple[float, str, float]] = []
    elapsed = 0.0
    upcoming = iter([*planned, (end, "end", 0.0)])
    event = next(upcoming)
    while elapsed < end:
        soonest = min(min(plan.due.values(), default=math.inf), ends[0][0] if ends else math.inf, event[0])
        elapsed = max(elapsed + 1, math.ceil(soonest))
        # The service is awake in the seconds that are left out.
        plan.hold(elapsed - 1)
        while ends and ends[0][0] <= elapsed:
            _, name, wait = heappop(ends)
            plan.end(name, elapsed + wait)
        if event[0] <= elapsed:
            match event[1]:
                case "set":
                    before, year.ahead = year.ahead, event[2]
                    if year.ahead < before:
                        year.bring_back(elapsed)
                case "sleep":
                    year.slept.append((elapsed, elapsed + event[2]))
                    elapsed += event[2]
                case "start":
                    year.bring_back(elapsed)
                    plan, ends = schedule.Plan(year.rng.random), []
                    plan.add(year.waits(elapsed), elapsed)
            event = next(upcoming, (math.inf, "", 0.0))
        if min(plan.due.values(), default=math.inf) > elapsed:
            continue
        for name in plan.start(elapsed):
            wait = year.run(year.sources[name], elapsed)
            heappush(ends, (elapsed + year.rng.uniform(2, 60), name, wait))


def report(year: Year, end: float, took: float) -> Iterator[str]:
    days = end / DAY
    yield f"{len(year.sources)} sources, {days:.0f} days, simulated in {took:.0f} s"
    requests = year.runs + year.articles + year.checks
    yield f"runs {year.runs:,}, of which {year.failed:,} failed"
    yield f"requests {requests:,}, of which articles {year.articles:,} and checks of articles {year.checks:,}"
    yield "| delay, minutes | articles | median | p95 | worst |\n|---|---:|---:|---:|---:|"
    every = [delay for delays in year.delays.values() for delay in delays]
    for kind, delays in [*sorted(year.delays.items()), ("all", every)]:
        ranked = sorted(delays)
        median, p95 = statistics.median(ranked) / MINUTE, ranked[int(len(ranked) * 0.95)] / MINUTE
        yield f"| {kind} | {len(ranked):,} | {median:.0f} | {p95:.0f} | {ranked[-1] / MINUTE:.0f} |"
    gaps = [each.longest_gap / schedule.longest_wait(each.source).total_seconds() for each in year.sources.values()]
    yield f"longest time without a run: {max(gaps):.2f} of the longest wait (median {statistics.median(gaps):.2f})"
    never = sum(not each.state.last_run for each in year.sources.values())
    late = sum(
        end - each.last_start > schedule.longest_wait(each.source).total_seconds() for each in year.sources.values()
    )
    yield f"starved: {sum(bool(each.starved) for each in year.sources.values()) + never + late} sources"
    busiest = [max(year.a_minute[int(woken // MINUTE) + minute] for minute in range(5)) for _, woken in year.slept]
    yield f"runs in a minute: {max(year.a_minute.values())} at most; after a sleep {max(busiest, default=0)} at most"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--auto", type=int, default=5)
    parser.add_argument("--seed", type=int, default=5)
    chosen = parser.parse_args()
    rng, end = random.Random(chosen.seed), chosen.weeks * 7 * DAY
    year = Year(make_sources(chosen.sources, chosen.auto, end, rng), rng)
    began = time.monotonic()
    live(year, end, events(end, rng))
    print("\n".join(report(year, end, time.monotonic() - began)))


if __name__ == "__main__":
    main()
