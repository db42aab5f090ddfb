"""When a feed asks to be polled (RSS 2.0, mod_syndication): ``ttl``, update period, ``skipHours``, ``skipDays``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.discover.feed_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMED = re.compile(r">\s{0,20}(\w{1,9})\s{0,20}<")
#: Characters that a list of twenty-four hours or seven days may take.
_MAX_LIST = 2_000
#: Seconds.
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
MAX_TTL = 7 * 86_400


def ttl(feed: Mapping[str, object]) -> float | None:
    """Seconds until the next poll, a week at most, as a feed parsed by feedparser says; None if it does not.

    RSS ``ttl`` is in minutes; ``sy:updatePeriod`` is divided by ``sy:updateFrequency``.
    """
    minutes = plain_text(feed.get("ttl"), 12)
    if minutes.isascii() and minutes.isdecimal() and int(minutes) > 0:
        return min(float(minutes) * 60, MAX_TTL)
    period = _PERIODS.get(plain_text(feed.get("sy_updateperiod"), 20).lower())
    often = plain_text(feed.get("sy_updatefrequency"), 8)
    if period is None:
        return None
    return min(period / max(int(often) if often.isascii() and often.isdecimal() else 1, 1), MAX_TTL)


def skip_hours(text: str) -> frozenset[int]:
    """The hours of ``skipHours`` in the XML of an RSS feed, GMT, from 0; some feeds count from 1 to 24."""
    return frozenset(int(name) % 24 for name in _names(text, "skipHours") if name.isascii() and name.isdecimal())


def skip_days(text: str) -> frozenset[int]:
    """The days of its ``skipDays``; Monday is 0."""
    return frozenset(_DAYS.index(name.lower()) for name in _names(text, "skipDays") if name.lower() in _DAYS)


def _names(text: str, element: str) -> Iterator[str]:
    begin = text.find(f"<{element}")
    end = text.find(f"</{element}", begin, begin + _MAX_LIST)
    if 0 <= begin < end:
        yield from _NAMED.findall(text[begin + len(element) + 2 : end])
