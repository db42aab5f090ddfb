"""Sources with realistic habits, and what can break of them: the outcomes and runs that `findings.py` has judged.

A source is a rhythm (news desks; offices that close at weekends and on holidays; bloggers with vacations; monthly
posters; sources with a season; bursts), fields that are filled more or less often and differently by the desk that
wrote, lengths, a share of pages that are none, transient failures, outages, and pages that are read again.
"""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from ingest.model import Outcome

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: (month, day) of public holidays, of which a country has most: single days, two in a row, a long weekend.
HOLIDAYS = frozenset({(1, 1), (1, 6), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (8, 15), (9, 24), (9, 25), (10, 3),
                      (11, 2), (12, 25), (12, 26)})  # fmt: skip
FIELDS = ("title", "authors", "published", "modified", "section", "tags", "summary", "image")
RHYTHMS = {"desk": 40, "office": 20, "blog": 20, "monthly": 10, "season": 5, "bursts": 5}
RECHECKS = (1, 6, 24, 72, 168)
#: What is broken, and the kinds of findings that say so.
BREAKAGES = {
    "rule": {"rule", "held_back"},
    "field": {"fields"},
    "shorter": {"length", "teasers", "quality", "held_back"},
    "quality": {"quality", "length"},
    "wall": {"wall", "length", "teasers", "flood", "held_back"},
    "empty": {"empty", "links"},
    "no articles": {"not_an_article"},
    "links": {"links"},
    "failing": {"failing"},
    "empty index": {"feed_empty"},
    "silent": {"silent"},
    "new URLs": {"flood"},
    "canonical": {"canonical"},
}


@dataclass(frozen=True)
class Breakage:
    kind: str
    at: datetime
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return self.at <= now and (self.until is None or now < self.until)


@dataclass
class Post:
    url: str
    at: datetime
    desk: int
    words: int


@dataclass
class Poll:
    """One run: whether the index could be read, what it named, and what came of the links."""

    now: datetime
    error: str = ""
    found: int = 0
    links: int = 0
    articles: int = 0
    is_empty: bool = False
    outcomes: list[Outcome] = field(default_factory=list)
    harmed: int = 0
    """Articles that are not as they should be, or did not come."""


class Site:
    """One source. The same ``seed`` gives the same source with the same year."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = random.Random(seed)
        self.name = f"s{seed}"
        self.rhythm = rng.choices(list(RHYTHMS), list(RHYTHMS.values()))[0]
        self.every = timedelta(hours={"desk": 4, "bursts": 4, "monthly": 24}.get(self.rhythm, rng.choice((3, 6, 12))))
        low, high = {"desk": (4, 50), "office": (1, 6), "blog": (0.15, 1.5), "monthly": (1 / 30, 1 / 14),
                     "season": (0.5, 5), "bursts": (2, 10)}[self.rhythm]  # fmt: skip
        self.rate = math.exp(rng.uniform(math.log(low), math.log(high)))
        self.weekend = rng.uniform(0.35, 0.9)
        self.long_christmas = rng.random() < 0.5
        self.pauses = self._pauses()
        self.own = rng.choices(("rule:", "platform:", ""), (4, 2, 4))[0]
        self.own_share = 0.0 if not self.own else rng.choice((1.0, 1.0, 0.98, 0.93))
        # What a field's share is, at each of the three desks of the source.
        usual = [
            1.0,
            rng.choice((0, 0.5, 0.8, 0.97, 1)),
            rng.choice((0.97, 1)),
            *(rng.choice((0, 0.6, 0.95, 1)) for _ in range(5)),
        ]
        self.fill = [
            [min(max(share + rng.gauss(0, 0.15) * (0 < share < 1), 0), 1) for share in usual] for _ in range(3)
        ]
        self.desks = [rng.gammavariate(1.5, 1) for _ in range(3)]
        is_short = self.rhythm == "blog" and rng.random() < 0.05
        self.words = 35 if is_short else math.exp(rng.uniform(math.log(120), math.log(900)))
        self.spread, self.flashes = rng.uniform(0.3, 0.8), rng.choice((0, 0, 0.1, 0.3))
        self.quality = rng.uniform(0.78, 0.95)
        self.others, self.empties = rng.choice((0, 0, 0.02, 0.1, 0.3)), rng.choice((0, 0, 0.01, 0.03))
        self.errors, self.twins = rng.choice((0.002, 0.01, 0.03)), rng.choice((0, 0, 0, 0.02, 0.05, 0.3))
        self.rewrites = rng.random() < 0.6
        self.outages = self._outages()
        self.walls = [START + DAY * rng.uniform(0, 400) for _ in range(rng.choice((0, 0, 1)))]
        self.lost = rng.choice([index for index, share in enumerate(usual) if share >= 0.5 and index])
        self.mix: dict[date, list[float]] = {}
        self.bursts: dict[date, float] = {}

    def _pauses(self) -> list[tuple[datetime, datetime]]:
        rng, found = self.rng, []
        if self.rhythm == "blog":
            for _ in range(rng.choice((0, 1, 1, 2))):
                begin = START + DAY * rng.uniform(20, 350)
                found.append((begin, begin + DAY * rng.uniform(10, 24)))
        if self.rhythm == "season":
            begin = START + DAY * rng.uniform(170, 200)
            found.append((begin, begin + DAY * rng.uniform(40, 70)))
        return found

    def _outages(self) -> list[tuple[datetime, datetime]]:
        begins = [START + DAY * self.rng.uniform(0, 400) for _ in range(self.rng.choice((0, 2, 4, 8)))]
        return [(begin, begin + HOUR * self.rng.uniform(0.5, 10)) for begin in begins]

    def _rate(self, day: date) -> float:
        """Posts on a day, on average."""
        is_weekend, holiday = day.weekday() >= 5, (day.month, day.day) in HOLIDAYS
        is_christmas = (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2)
        if self.rhythm in {"office", "season"}:
            return 0.0 if is_weekend or holiday or (is_christmas and self.long_christmas) else self.rate
        rate = self.rate * (self.weekend if is_weekend else 1) * (0.5 if holiday else 1)
        if self.rhythm == "bursts":
            if day not in self.bursts:
                self.bursts[day] = self.rng.uniform(3, 6) if self.rng.random() < 0.04 else 1.0
            rate *= self.bursts[day]
        if self.rhythm == "blog":
            rate *= self.rng.gammavariate(1.0, 1.0)
        return rate

    def posts(self, begin: datetime, days: int) -> Iterator[Post]:
        """What the source publishes, in the order of time."""
        for number in range(days):
            day = begin + DAY * number
            hours = sorted(_hour(self.rng, self.rhythm) for _ in range(_poisson(self.rng, self._rate(day.date()))))
            for index, hour in enumerate(hours):
                at = day + HOUR * hour
                if not any(first <= at < last for first, last in self.pauses):
                    yield self.post(f"https://{self.name}.example/{day:%Y/%m/%d}/{index}", at)

    def post(self, url: str, at: datetime) -> Post:
        rng, day = self.rng, at.date()
        if day not in self.mix:
            # The desks do not write as much each day; at weekends it is mostly the third, as with agencies.
            self.mix[day] = [weight * rng.gammavariate(3, 1) for weight in self.desks]
            self.mix[day][2] *= 2 if day.weekday() >= 5 else 1
        desk = rng.choices(range(3), self.mix[day])[0]
        words = (
            rng.uniform(50, 110)
            if rng.random() < self.flashes
            else rng.lognormvariate(math.log(self.words), self.spread)
        )
        return Post(url, at, desk, max(int(words), 3))

    def read(self, post: Post, now: datetime, outcome: str, breakage: str) -> Outcome:
        """What is read of a post, as the page is today."""
        rng = self.rng
        is_own = bool(self.own) and rng.random() < self.own_share and breakage != "rule"
        filled = [name for name, share in zip(FIELDS, self.fill[post.desk], strict=True) if rng.random() < share]
        words, quality = float(post.words), min(rng.gauss(self.quality, 0.04) - 0.1 * (post.words < 100), 1)
        if breakage == "rule":
            filled = [name for name in filled if name != "authors"]
            quality -= 0.15
        elif breakage == "field":
            filled = [name for name in filled if name != FIELDS[self.lost]]
        elif breakage == "shorter":
            words = min(words, rng.uniform(30, 70))
        elif breakage == "quality":
            words, quality = words * 1.6, quality - 0.25
        origin = f"{self.own}{self.name}" if is_own else "generic"
        return Outcome(self.name, post.url, now, outcome, "", origin, tuple(filled), int(words), max(quality, 0))


def _hour(rng: random.Random, rhythm: str) -> float:
    return rng.uniform(7, 18) if rhythm in {"office", "season"} else rng.triangular(0, 24, 13)


def _poisson(rng: random.Random, mean: float) -> int:
    count, product, limit = 0, rng.random(), math.exp(-min(mean, 500))
    while product > limit:
        count, product = count + 1, product * rng.random()
    return count


class Year:
    """The runs of a site, one after the other."""

    def __init__(self, site: Site, days: int, breakage: Breakage | None = None) -> None:
        self.site, self.days, self.breakage = site, days, breakage
        self.again: list[tuple[datetime, int, Post, bool]] = []
        self.count, self.failures = 0, 0.0

    def polls(self) -> Iterator[Poll]:
        site = self.site
        queue = list(site.posts(START, self.days))
        # What the index names at the first poll was there before.
        old = [replace(post, url=f"{post.url}?old", at=START) for post in queue[:15]]
        queue, now, end = [*old, *queue], START + site.every, START + DAY * self.days
        position = 0
        while now < end:
            new = position
            while new < len(queue) and queue[new].at <= now:
                new += 1
            posts, position = queue[position:new], new
            yield self._poll(now, posts)
            back_off = 2 ** min(self.failures, 5)
            now += min(site.every * back_off, DAY) * (1 + site.rng.uniform(0, 0.1))

    def _poll(self, now: datetime, posts: list[Post]) -> Poll:
        site, poll = self.site, Poll(now)
        broken = self.breakage.kind if self.breakage and self.breakage.holds(now) else ""
        is_out = any(begin <= now < end for begin, end in site.outages)
        if broken == "failing" or is_out:
            poll.error = "http_4xx" if broken else "http_5xx"
            self.failures += 1 if broken else 0.5
            self._defer(posts, now)
            poll.harmed = len(posts) if broken else 0
            return poll
        self.failures = 0
        if broken in {"empty index", "silent"}:
            poll.harmed, poll.is_empty = len(posts), broken == "empty index"
            poll.found = 0 if poll.is_empty else 15
            return poll
        late = []
        while self.again and self.again[0][0] <= now:
            late.append(heapq.heappop(self.again))
        poll.found = 15 + len(posts)
        poll.links = len(posts) + (15 if broken == "new URLs" else 0)
        for post in posts:
            self._first(poll, post, broken)
        if broken == "new URLs":
            self._same_again(poll)
        for _, _, post, is_first in late:
            if is_first:
                self._first(poll, post, broken)
            else:
                self._recheck(poll, post, broken)
        poll.articles = sum(outcome.outcome in {"new", "duplicate"} for outcome in poll.outcomes)
        return poll

    def _defer(self, posts: list[Post], now: datetime) -> None:
        for post in posts:
            self._push(now, post, is_first=True)

    def _push(self, at: datetime, post: Post, *, is_first: bool) -> None:
        self.count += 1
        heapq.heappush(self.again, (at, self.count, post, is_first))

    def _same_again(self, poll: Poll) -> None:
        for number in range(15):
            post = self.site.post(f"https://{self.site.name}.example/{poll.now:%Y%m%d%H}-{number}", poll.now)
            poll.outcomes.append(self.site.read(post, poll.now, "duplicate", ""))
            poll.harmed += 1

    def _first(self, poll: Poll, post: Post, broken: str) -> None:
        site, rng, now = self.site, self.site.rng, poll.now
        poll.harmed += bool(broken)
        error = {"empty": "empty", "no articles": "not_an_article", "links": "http_4xx"}.get(broken, "")
        error = "wall" if broken == "wall" and int(site.name[1:]) % 2 else error
        if not error:
            chance = rng.random()
            shares = (("not_an_article", site.others), ("empty", site.empties), ("http_5xx", site.errors))
            for name, share in shares:
                if chance < share:
                    error = name
                    break
                chance -= share
        if error:
            is_skip = error in {"not_an_article", "wall"}
            poll.outcomes.append(Outcome(site.name, post.url, now, "skipped" if is_skip else "failed", error))
            if error == "http_5xx":
                self._push(now + HOUR * rng.uniform(0.2, 2), post, is_first=True)
            return
        if broken == "wall":
            post = replace(post, words=5)
        outcome = "duplicate" if rng.random() < site.twins else "new"
        read = site.read(post, now, outcome, broken)
        poll.outcomes.append(
            replace(read, error="canonical") if broken == "canonical" or rng.random() < 0.001 else read
        )
        if site.rewrites:
            for hours in RECHECKS:
                self._push(post.at + HOUR * hours, post, is_first=False)

    def _recheck(self, poll: Poll, post: Post, broken: str) -> None:
        site, rng = self.site, self.site.rng
        if broken in {"links", "empty"}:
            error = "http_4xx" if broken == "links" else "emptied"
            outcome = "failed" if broken == "links" else "held_back"
            poll.outcomes.append(Outcome(site.name, post.url, poll.now, outcome, error))
            return
        is_glitch = any(at <= poll.now < at + HOUR * 3 for at in site.walls)
        worse = broken in {"rule", "shorter", "wall"} and rng.random() < 0.8
        if worse or (is_glitch and rng.random() < 0.3) or rng.random() < 0.015:
            read = site.read(post, poll.now, "held_back", broken)
            reason = "wall" if broken == "wall" or is_glitch else "shorter"
            poll.outcomes.append(replace(read, error=reason))
            return
        poll.outcomes.append(site.read(post, poll.now, "changed" if rng.random() < 0.08 else "unchanged", broken))
