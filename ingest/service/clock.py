"""The two clocks of the service: the time of day, which people and time servers set, and one that only goes forward."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from ingest.run.context import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable

# On Linux CLOCK_MONOTONIC stands still while the machine sleeps, so that a source would be hours late afterwards.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def since_boot() -> float:
    """Seconds since the machine was started, sleep included."""
    return time.clock_gettime(_CLOCK)


@dataclass(frozen=True, slots=True)
class Clock:
    """``now`` is the time of day, aware, UTC; ``elapsed`` returns seconds that never jump."""

    now: Callable[[], datetime] = utc_now
    elapsed: Callable[[], float] = since_boot

    def offset(self) -> float:
        """Seconds between the two clocks: changes only when somebody sets the time of day."""
        return self.now().timestamp() - self.elapsed()


class ElapsedTime(tzinfo):
    """A time zone in which `datetime.now` is the time that has elapsed, counted from the year 2000.

    APScheduler reads the clock by ``datetime.now(its time zone)`` and nowhere else. In UTC, a clock that is set back by
    a week stops an interval job for a week, and one that is set forward runs through each second that was left out.
    """

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed

    def fromutc(self, _: datetime) -> datetime:
        return (_EPOCH + timedelta(seconds=self._elapsed())).replace(tzinfo=self)

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta()

    def dst(self, _: datetime | None) -> timedelta:
        return timedelta()

    def tzname(self, _: datetime | None) -> str:
        return "elapsed"
