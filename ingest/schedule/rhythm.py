"""When a source publishes, learned from its posts, and the next time at which polling it pays. Reads no clock.

Posts are modelled as a Poisson process whose rate follows the day of the week and the time of day. A poll has a cost,
and so has every hour that an article waits to be found; the cheapest plan for the next two days is found, and its first
step is taken. The model, where it comes from, and what it was compared with: docs/decisions/0015. Its constants are
checked against simulated sources of eight kinds by `benchmarks/polling.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What one poll costs, in hours that one article waits: the exchange rate between politeness and speed (decision 15).
POLL_COST = 0.5
#: Older posts are not looked at.
MEMORY = timedelta(weeks=8)

_HOUR = timedelta(hours=1)
# The time of day is told in quarters of an hour.
_QUARTERS_A_DAY = 96
# Hours after which a post counts half: the rate of a source changes sooner than its habits.
_RATE_HALF_LIFE = 7 * 24.0
_HABIT_HALF_LIFE = 28 * 24.0
# The prior of the rate: a post a day, as if seen for two hours.
_PRIOR_RATE, _PRIOR_HOURS = 2 / 24, 2.0
# The priors of the factors, in posts: what a weekday or a quarter of an hour is worth before anything was seen of it.
_WEEKDAY_PRIOR, _QUARTER_PRIOR = 1.0, 0.05
# Quarters over which a post may be smoothed: for clockwork, for a habit, for a tendency. The posts choose.
_BANDWIDTHS = (1, 4, 12)
# The plan reaches this many hours ahead.
_HORIZON = 48.0
# From this many posts an hour on, the plan has steps of five minutes instead of fifteen.
_BUSY = 2.0
# Fraction of the golden ratio: its multiples fill an interval evenly, and in the same way each time.
_GOLDEN = 0.618034


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The rate of a source over a week, in local time.

    ``rate`` is posts an hour; ``days`` (Monday first) and ``quarters`` (of the day) are factors, 1 on average.
    """

    rate: float
    days: tuple[float, ...] = (1.0,) * 7
    quarters: tuple[float, ...] = (1.0,) * _QUARTERS_A_DAY

    def at(self, moment: datetime) -> float:
        """Posts an hour that are expected at a local time."""
        return self.rate * self.days[moment.weekday()] * self.quarters[_quarter(moment)]


@dataclass(frozen=True, slots=True)
class _Observation:
    """A post, or an hour in which one could have been seen: its time of the week, and its age in hours."""

    weekday: int
    quarter: int
    age: float

    @property
    def habit_weight(self) -> float:
        return math.pow(0.5, self.age / _HABIT_HALF_LIFE)

    @property
    def rate_weight(self) -> float:
        return math.pow(0.5, self.age / _RATE_HALF_LIFE)


def publication_times(dates: Sequence[tuple[datetime | None, datetime]], zone: str = "UTC") -> list[datetime]:
    """When articles appeared, as far as that can be known.

    ``dates`` are pairs: when an article says that it was published (None if it does not), and when it was found. Local
    midnight stands for a day without a time: such an article appeared when it was found, if that was on the same day,
    else at some hour of its day. Articles without a date that were found in the same hour count as one.
    """
    local = ZoneInfo(zone)
    undated = {found.replace(minute=0, second=0) for published, found in dates if published is None}
    times = [*undated]
    for index, (published, found) in enumerate(dates):
        if published is None:
            continue
        if published.astimezone(local).time() != time():
            times.append(published)
        elif timedelta() <= found - published < timedelta(days=1):
            times.append(found)
        else:
            times.append(published + timedelta(days=index * _GOLDEN % 1))
    return times


def learn(posts: Sequence[datetime], now: datetime, zone: str = "UTC") -> Rhythm:
    """The rhythm of a source by the aware times of its posts.

    ``zone`` is the IANA name of the time zone whose days and hours it follows.
    """
    local_now = now.astimezone(ZoneInfo(zone))
    recent = sorted(post.astimezone(local_now.tzinfo) for post in posts if now - MEMORY < post <= now)
    if not recent:
        silent = MEMORY / _HOUR if posts else 0.0
        return Rhythm(_PRIOR_RATE / (_PRIOR_HOURS + silent))
    # The oldest post only begins the time that is looked at; counted as well, it would make every source busier.
    seen = [_observation(post, local_now) for post in recent[1:]]
    ages = range(int((local_now - recent[0]) / _HOUR) + 1)
    hours = [_observation(local_now - timedelta(hours=age), local_now) for age in ages]
    shape = Rhythm(1.0, _weekday_factors(seen, hours), _quarter_factors(seen, hours))
    exposure = sum(hour.rate_weight * shape.days[hour.weekday] * shape.quarters[hour.quarter] for hour in hours)
    rate = (sum(post.rate_weight for post in seen) + _PRIOR_RATE) / (exposure + _PRIOR_HOURS)
    return replace(shape, rate=rate)


def plan_wait(rhythm: Rhythm, now: datetime, shortest: timedelta, longest: timedelta, zone: str = "UTC") -> timedelta:
    """How long to wait with the next poll, between ``shortest`` and ``longest``: the first step of the cheapest plan.

    A plan costs `POLL_COST` for each poll, and for each article the hours from its publication to the next poll. It
    is a shortest path over a grid of times, searched from the end to the beginning. The best next poll never lies
    behind that of a later start, which leaves few to be compared.
    """
    minutes = 5 if rhythm.rate >= _BUSY else 15
    count = int(_HORIZON * 60 / minutes)
    posts, moments = _cumulative(rhythm, now.astimezone(ZoneInfo(zone)), minutes, count)
    fewest = max(math.ceil(shortest / timedelta(minutes=minutes)), 1)
    most = max(int(longest / timedelta(minutes=minutes)), fewest)
    cost = [0.0] * (count + 1)
    next_poll = [count] * (count + 1)
    for begin in range(count - 1, -1, -1):
        last = min(next_poll[begin + 1], begin + most, count)
        ends = range(min(begin + fewest, last), last + 1)
        costs = [
            cost[end] + (posts[end] - posts[begin]) * end * minutes / 60 - (moments[end] - moments[begin])
            for end in ends
        ]
        cheapest = min(costs)
        cost[begin], next_poll[begin] = cheapest + POLL_COST, ends[costs.index(cheapest)]
    return min(max(timedelta(minutes=next_poll[0] * minutes), shortest), longest)


def _quarter(moment: datetime) -> int:
    return moment.hour * 4 + moment.minute // 15


def _observation(moment: datetime, local_now: datetime) -> _Observation:
    return _Observation(moment.weekday(), _quarter(moment), (local_now - moment).total_seconds() / 3600)


def _cumulative(rhythm: Rhythm, begin: datetime, minutes: int, count: int) -> tuple[list[float], list[float]]:
    """Expected posts up to each point of the grid, and the sum of the hours after ``begin`` at which they appear.

    The difference of two sums gives posts and waiting time between any two points.
    """
    posts, moments = [0.0], [0.0]
    for step in range(count):
        middle = (step + 0.5) * minutes / 60
        expected = rhythm.at(begin + timedelta(hours=middle)) * minutes / 60
        posts.append(posts[-1] + expected)
        moments.append(moments[-1] + expected * middle)
    return posts, moments


def _weekday_factors(posts: Sequence[_Observation], hours: Sequence[_Observation]) -> tuple[float, ...]:
    seen, exposure = [0.0] * 7, [0.0] * 7
    for post in posts:
        seen[post.weekday] += post.habit_weight
    for hour in hours:
        exposure[hour.weekday] += hour.habit_weight
    return _factors(seen, exposure, _WEEKDAY_PRIOR)


def _quarter_factors(posts: Sequence[_Observation], hours: Sequence[_Observation]) -> tuple[float, ...]:
    seen, exposure = [0.0] * _QUARTERS_A_DAY, [0.0] * 24
    for post in posts:
        seen[post.quarter] += post.habit_weight
    for hour in hours:
        exposure[hour.quarter // 4] += hour.habit_weight
    smooth, _ = max((_smoothed(seen, width) for width in _BANDWIDTHS), key=lambda found: _likelihood(seen, *found))
    return _factors(smooth, [exposure[quarter // 4] / 4 for quarter in range(_QUARTERS_A_DAY)], _QUARTER_PRIOR)


def _smoothed(seen: Sequence[float], width: int) -> tuple[list[float], float]:
    """Counts smoothed by a triangular kernel over ``width`` quarters to both sides, and the weight of its middle."""
    kernel = {shift: (width + 1 - abs(shift)) / (width + 1) ** 2 for shift in range(-width, width + 1)}
    smooth = [0.0] * _QUARTERS_A_DAY
    for quarter, count in enumerate(seen):
        if count:
            for shift, share in kernel.items():
                smooth[(quarter + shift) % _QUARTERS_A_DAY] += count * share
    return smooth, kernel[0]


def _likelihood(seen: Sequence[float], smooth: Sequence[float], middle: float) -> float:
    """The leave-one-out log-likelihood of the posts: how well the others foretell each. It chooses the bandwidth."""
    return sum(
        count * math.log(max(around - middle * min(count, 1.0), 0.0) + _QUARTER_PRIOR)
        for count, around in zip(seen, smooth, strict=True)
        if count
    )


def _factors(seen: Sequence[float], exposure: Sequence[float], prior: float) -> tuple[float, ...]:
    """Posts seen by posts expected, drawn towards 1 by the prior where little was to be expected; 1 on average."""
    rate = sum(seen) / sum(exposure)
    raw = [(count + prior) / (rate * hours + prior) for count, hours in zip(seen, exposure, strict=True)]
    mean = sum(raw) / len(raw)
    return tuple(factor / mean for factor in raw)
