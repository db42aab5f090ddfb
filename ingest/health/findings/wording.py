"""The words of a finding's sentence: dates, counts, shares."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(moment: datetime, now: datetime) -> str:
    """A day (UTC) as in a sentence: ``12 March``, with its year if that is not the current one."""
    moment, now = moment.astimezone(UTC), now.astimezone(UTC)
    written = f"{moment.day} {_MONTHS[moment.month - 1]}"
    return written if moment.year == now.year else f"{written} {moment.year}"


def span(time: timedelta) -> str:
    """A length of time: ``7 hours``, ``3 days``."""
    hours = round(time.total_seconds() / 3600)
    return counted(hours, "hour") if hours < 48 else counted(round(hours / 24), "day")


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 article, 2 articles."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def percent(share: float) -> str:
    return f"{share:.0%}"


def listed(words: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
