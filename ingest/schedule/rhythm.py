"""When a source publishes, learned from when it did, and when it pays to ask it again. Reads no clock, runs nothing.

Posts are taken for a Poisson process whose rate follows the day of the week and the time of day. Asking costs
something, and so does every hour that an article waits to be seen; the cheapest plan for the next two days is
found, and its first step taken. Why so, and whose ideas these are: docs/decisions/0015.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

#: One request is worth as much as one article that waits this long, in hours.
REQUEST = 0.5
#: What is older says nothing of today.
MEMORY = timedelta(weeks=8)

_DAY = 96
"""Quarters of an hour."""
_RATE_HALVES = 7 * 24.0
"""Hours after which a post counts half in how much is published; habits last longer."""
_HABIT_HALVES = 28 * 24.0
#: What is assumed of a source that nothing is known of: a post a day, watched for two hours.
_ASSUMED_POSTS, _ASSUMED_HOURS = 2 / 24, 2.0
#: Posts that a weekday, or a quarter of an hour, is worth before anything was seen of it.
_DAY_PRIOR, _QUARTER_PRIOR = 1.0, 0.05
_WIDTHS = (1, 4, 12)
"""Quarters over which a post is spread: a clockwork, a habit, a tendency."""
_AHEAD = 48.0
"""Hours of the plan."""
_BUSY = 2.0
"""Posts an hour from which on the plan is made in finer steps."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``rate`` is posts an hour, ``days`` (Monday first) and ``quarters`` (of the local day) factors around 1."""

    rate: float
    days: tuple[float, ...] = (1.0,) * 7
    quarters: tuple[float, ...] = (1.0,) * _DAY

    def at(self, moment: datetime) -> float:
        """Posts an hour that are to be expected at a local time."""
        return self.rate * self.days[moment.weekday()] * self.quarters[moment.hour * 4 + moment.minute // 15]


@dataclass(frozen=True, slots=True)
class _Watched:
    """What was seen at a time of the week, or for how long it was watched. ``age`` and ``hours`` in hours."""

    weekday: int
    quarter: int
    age: float

    @property
    def habit(self) -> float:
        return math.pow(0.5, self.age / _HABIT_HALVES)

    @property
    def lately(self) -> float:
        return math.pow(0.5, self.age / _RATE_HALVES)


def moments(published: Sequence[tuple[datetime | None, datetime]], zone: str = "UTC") -> list[datetime]:
    """When articles appeared, as far as can be known: by their publication (None if not told) and when they were found.

    Midnight stands for a day without a time: the article appeared when it was found on that day, or at some hour of
    it. Undated ones that were found together count as one.
    """
    local = ZoneInfo(zone)
    together = {found.replace(minute=0, second=0) for day, found in published if day is None}
    known = [*together]
    for number, (day, found) in enumerate(published):
        if day is None:
            continue
        if day.astimezone(local).time() != time():
            known.append(day)
        elif timedelta() <= found - day < timedelta(days=1):
            known.append(found)
        else:
            # The golden ratio spreads them evenly, and the same way each time.
            known.append(day + timedelta(days=number * 0.618034 % 1))
    return known


def learn(posts: Sequence[datetime], now: datetime, zone: str = "UTC") -> Rhythm:
    """The rhythm of a source by the aware times of its posts. ``zone`` (IANA) is where its people work."""
    here = now.astimezone(ZoneInfo(zone))
    recent = sorted(post.astimezone(here.tzinfo) for post in posts if now - MEMORY < post <= now)
    if not recent:
        silent = MEMORY / timedelta(hours=1) if posts else 0.0
        return Rhythm(_ASSUMED_POSTS / (_ASSUMED_HOURS + silent))
    # The oldest post only says since when we know: counting it, too, would find every source busier than it is.
    seen = [_watched(post, here) for post in recent[1:]]
    hours = [
        _watched(here - timedelta(hours=age), here) for age in range(int((here - recent[0]) / timedelta(hours=1)) + 1)
    ]
    shape = Rhythm(1.0, _days(seen, hours), _quarters(seen, hours))
    chances = sum(hour.lately * shape.days[hour.weekday] * shape.quarters[hour.quarter] for hour in hours)
    rate = (sum(post.lately for post in seen) + _ASSUMED_POSTS) / (chances + _ASSUMED_HOURS)
    return replace(shape, rate=rate)


def _watched(moment: datetime, here: datetime) -> _Watched:
    quarter = moment.hour * 4 + moment.minute // 15
    return _Watched(moment.weekday(), quarter, (here - moment).total_seconds() / 3600)


def wait(rhythm: Rhythm, now: datetime, shortest: timedelta, longest: timedelta, zone: str = "UTC") -> timedelta:
    """How long to wait with the next request, by the cheapest plan for the time ahead.

    A plan costs `REQUEST` for each request, and for each article the hours from its publication to the next request.
    Shortest path over a grid of times, from the end to the beginning; the best next step never lies behind that of a
    later start, so that few steps have to be looked at.
    """
    step = 5 if rhythm.rate >= _BUSY else 15
    here = now.astimezone(ZoneInfo(zone))
    count = int(_AHEAD * 60 / step)
    posts, moments = _sums(rhythm, here, step, count)
    fewest = max(math.ceil(shortest / timedelta(minutes=step)), 1)
    most = max(int(longest / timedelta(minutes=step)), fewest)
    cost = [0.0] * (count + 1)
    following = [count] * (count + 1)
    for begin in range(count - 1, -1, -1):
        last = min(following[begin + 1], begin + most, count)
        ends = range(min(begin + fewest, last), last + 1)
        costs = [
            cost[end] + (posts[end] - posts[begin]) * end * step / 60 - (moments[end] - moments[begin]) for end in ends
        ]
        cheapest = min(costs)
        cost[begin], following[begin] = cheapest + REQUEST, ends[costs.index(cheapest)]
    return min(max(timedelta(minutes=following[0] * step), shortest), longest)


def _sums(rhythm: Rhythm, here: datetime, step: int, count: int) -> tuple[list[float], list[float]]:
    """Expected posts up to each point of the grid, and the sum of the hours at which they are expected."""
    posts, moments = [0.0], [0.0]
    for number in range(count):
        middle = (number + 0.5) * step / 60
        expected = rhythm.at(here + timedelta(hours=middle)) * step / 60
        posts.append(posts[-1] + expected)
        moments.append(moments[-1] + expected * middle)
    return posts, moments


def _days(posts: Sequence[_Watched], hours: Sequence[_Watched]) -> tuple[float, ...]:
    seen, watched = [0.0] * 7, [0.0] * 7
    for post in posts:
        seen[post.weekday] += post.habit
    for hour in hours:
        watched[hour.weekday] += hour.habit
    return _factors(seen, watched, _DAY_PRIOR)


def _quarters(posts: Sequence[_Watched], hours: Sequence[_Watched]) -> tuple[float, ...]:
    seen, watched = [0.0] * _DAY, [0.0] * 24
    for post in posts:
        seen[post.quarter] += post.habit
    for hour in hours:
        watched[hour.quarter // 4] += hour.habit
    spread = max((_spread(seen, width) for width in _WIDTHS), key=lambda smooth: _likelihood(seen, *smooth))
    return _factors(spread[0], [watched[quarter // 4] / 4 for quarter in range(_DAY)], _QUARTER_PRIOR)


def _spread(seen: Sequence[float], width: int) -> tuple[list[float], float]:
    """Counts spread over ``width`` quarters to both sides, and the share that stays in the middle."""
    kernel = {shift: (width + 1 - abs(shift)) / (width + 1) ** 2 for shift in range(-width, width + 1)}
    smooth = [0.0] * _DAY
    for quarter, count in enumerate(seen):
        if count:
            for shift, share in kernel.items():
                smooth[(quarter + shift) % _DAY] += count * share
    return smooth, kernel[0]


def _likelihood(seen: Sequence[float], smooth: Sequence[float], own: float) -> float:
    """How well the other posts foretell each post, as a sum of logarithms: what decides how far to spread them."""
    return sum(
        count * math.log(max(around - own * min(count, 1.0), 0.0) + _QUARTER_PRIOR)
        for count, around in zip(seen, smooth, strict=True)
        if count
    )


def _factors(seen: Sequence[float], hours: Sequence[float], prior: float) -> tuple[float, ...]:
    """Seen by expected, drawn towards 1 where little was to be expected; 1 on average."""
    rate = sum(seen) / sum(hours)
    raw = [(count + prior) / (rate * watched + prior) for count, watched in zip(seen, hours, strict=True)]
    mean = sum(raw) / len(raw)
    return tuple(factor / mean for factor in raw)
