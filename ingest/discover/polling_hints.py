"""Hours and days at which an RSS feed asks not to be polled. Obeys nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMED = re.compile(r">\s{0,20}(\w{1,9})\s{0,20}<")
#: Characters in which twenty-four hours, or seven days, can be named.
_LIST = 2_000


def skip_hours(text: str) -> frozenset[int]:
    """Those of the ``skipHours`` of an RSS feed, GMT; some count from 1 to 24."""
    return frozenset(int(name) % 24 for name in _names(text, "skipHours") if name.isascii() and name.isdecimal())


def skip_days(text: str) -> frozenset[int]:
    """Those of its ``skipDays``; Monday is 0."""
    return frozenset(_DAYS.index(name.lower()) for name in _names(text, "skipDays") if name.lower() in _DAYS)


def _names(text: str, element: str) -> Iterator[str]:
    begin = text.find(f"<{element}")
    end = text.find(f"</{element}", begin, begin + _LIST)
    if 0 <= begin < end:
        yield from _NAMED.findall(text[begin + len(element) + 2 : end])
