"""When to ask a source again: `every: auto` beside fixed intervals, on simulated sources with a virtual clock.

    python benchmarks/polling.py [--weeks 8]

For each posting pattern: requests a week / mean minutes from publication to the poll that finds the article, and the
articles that had left the feed before anybody asked. "fixed, as often" is a fixed interval with as many requests as
`every: auto` spent, "week by posts" what Miniflux does. Nothing is fetched or stored; the due times are those of
`ingest.schedule.due`.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ingest import schedule
from ingest.model import Source

START = datetime(2026, 3, 2, tzinfo=UTC)
#: Before the simulation begins, so that the first poll finds a feed with some entries.
BEFORE = timedelta(weeks=2)
#: Entries that a feed shows.
WINDOW = 20
HOUR = timedelta(hours=1)
Rule = Callable[[list[datetime], datetime], timedelta]


@dataclass(frozen=True)
class Outcome:
    """``requests`` a week, ``delay`` in minutes (mean), ``lost`` articles that no poll saw."""

    requests: float
    delay: float
    lost: int


def by_week(known: list[datetime], now: datetime) -> timedelta:
    """A week divided by its posts, as Miniflux does it (entry frequency)."""
    count = len(known) - bisect(known, now - timedelta(weeks=1))
    return min(max(timedelta(weeks=1) / max(count, 1), schedule.SHORTEST_INTERVAL), schedule.LONGEST_INTERVAL)


def simulate(posts: list[datetime], every: timedelta | Rule | None, weeks: int = 8) -> Outcome:
    """One source from its first poll on; ``every`` None is `every: auto`. The same answer each time."""
    rng = random.Random(7)
    state = schedule.SourceState("simulated", last_ok=START)
    end = START + timedelta(weeks=weeks)
    now, requests, lost, seen = START, 0, 0, 0
    known: list[datetime] = []
    delays: list[float] = []
    while now < end:
        requests += 1
        published = seen
        while published < len(posts) and posts[published] <= now:
            published += 1
        fresh = posts[max(seen, published - WINDOW) : published]
        if known or requests > 1:
            lost += published - seen - len(fresh)
            delays += [(now - post) / timedelta(minutes=1) for post in fresh]
        known += fresh
        seen = published
        interval = every(known, now) if callable(every) else every
        source = Source("simulated", "https://simulated.example/feed", every=interval)
        now = schedule.next_due(source, state, now, posts=known[-schedule.MOST_POSTS :], jitter=rng.random())
    return Outcome(requests / weeks, sum(delays) / max(len(delays), 1), lost)


def poisson(rate: Callable[[datetime], float], highest: float, weeks: int, seed: int) -> list[datetime]:
    """Times at random, ``rate`` an hour, by thinning (Lewis & Shedler 1979)."""
    rng = random.Random(seed)
    moment, end = START - BEFORE, START + timedelta(weeks=weeks)
    posts = []
    while (moment := moment + HOUR * rng.expovariate(highest)) < end:
        if rng.random() * highest < rate(moment):
            posts.append(moment)
    return posts


def steady(weeks: int) -> list[datetime]:
    """A post an hour, day and night."""
    return poisson(lambda _: 1.0, 1.0, weeks, 1)


def office_hours(weeks: int) -> list[datetime]:
    """Two posts an hour from nine to six on working days."""
    return poisson(lambda at: 2.0 if at.weekday() < 5 and 9 <= at.hour < 18 else 0.0, 2.0, weeks, 2)


def bursty(weeks: int) -> list[datetime]:
    """A post in three hours, and twice a week two hours with twenty."""
    rng = random.Random(3)
    posts = poisson(lambda _: 1 / 3, 1 / 3, weeks, 3)
    for begin in poisson(lambda _: 2 / 168, 2 / 168, weeks, 4):
        posts += [begin + HOUR * rng.uniform(0, 2) for _ in range(20)]
    return sorted(posts)


def weekly(weeks: int) -> list[datetime]:
    """Sundays, towards the evening."""
    rng = random.Random(5)
    first = START - BEFORE + timedelta(days=6, hours=17)
    return [first + timedelta(weeks=week) + HOUR * rng.uniform(0, 3) for week in range(weeks + 2)]


def dead(_: int) -> list[datetime]:
    """Nothing since half a year."""
    return [START - timedelta(days=180 + day) for day in range(20, 0, -1)]


def awakened(weeks: int) -> list[datetime]:
    """Nothing for half a year, then four posts a day from the third week on."""
    again = START + timedelta(weeks=2)
    return dead(weeks) + [post for post in poisson(lambda _: 4 / 24, 4 / 24, weeks, 6) if post > again]


def clockwork(weeks: int) -> list[datetime]:
    """Every day at ten past six."""
    first = START - BEFORE + timedelta(hours=6, minutes=10)
    return [first + timedelta(days=day) for day in range((weeks + 2) * 7)]


def newsroom(weeks: int) -> list[datetime]:
    """Twelve posts an hour by day, two by night."""
    return poisson(lambda at: 12.0 if 6 <= at.hour < 22 else 2.0, 12.0, weeks, 8)


PATTERNS: dict[str, Callable[[int], list[datetime]]] = {
    "steady, hourly": steady,
    "office hours": office_hours,
    "bursty newsroom": bursty,
    "large newsroom": newsroom,
    "weekly blogger": weekly,
    "dead blog": dead,
    "dead, then awake": awakened,
    "daily at 6:10": clockwork,
}
OTHERS: dict[str, timedelta | Rule] = {
    "week by posts": by_week,
    "15 min": timedelta(minutes=15),
    "1 h": HOUR,
    "6 h": 6 * HOUR,
}


def row(posts: list[datetime], weeks: int) -> Iterator[Outcome]:
    """`every: auto`, a fixed interval with as many requests, and the others."""
    own = simulate(posts, None, weeks)
    yield own
    yield simulate(posts, timedelta(weeks=1) / own.requests, weeks)
    for every in OTHERS.values():
        yield simulate(posts, every, weeks)


def cell(outcome: Outcome) -> str:
    return f"{outcome.requests:.0f} / {outcome.delay:.0f}" + (f" ({outcome.lost} lost)" if outcome.lost else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weeks", type=int, default=8)
    weeks = parser.parse_args().weeks
    print(f"| pattern | auto | fixed, as often | {' | '.join(OTHERS)} |\n|---{'|---:' * (2 + len(OTHERS))}|")
    for pattern, posted in PATTERNS.items():
        print(f"| {pattern} | {' | '.join(map(cell, row(posted(weeks), weeks)))} |", flush=True)


if __name__ == "__main__":
    main()
