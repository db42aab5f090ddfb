"""What a process has done since it began, counted as it happens. Nothing here is read from the database.

One event loop counts; another thread may read at any time, because each number is replaced as a whole.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Upper bounds of the histogram of fetches, in seconds; the last one is open.
BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Counters:
    """``clock`` returns seconds that never jump, as `time.monotonic` does."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.articles: Counter[tuple[str, str]] = Counter()
        """(source, outcome) → links."""
        self.fetches = [0] * (len(BUCKETS) + 1)
        """Fetches in each bucket, failed ones included."""
        self.fetch_seconds = 0.0
        self.fetch_bytes = 0
        self._active = self._beat = clock()

    def add_fetch(self, seconds: float, size: int) -> None:
        """A fetch ended, well or not; ``size`` in decoded bytes."""
        self.fetches[bisect_left(BUCKETS, seconds)] += 1
        self.fetch_seconds += seconds
        self.fetch_bytes += size
        self._active = self._clock()

    def add_outcomes(self, source: str, outcomes: Mapping[str, int]) -> None:
        """Links of a source came to these outcomes."""
        for outcome, count in outcomes.items():
            self.articles[source, outcome] += count
        self._active = self._clock()

    def beat(self) -> None:
        """The event loop is alive; called about once a second."""
        self._beat = self._clock()

    @property
    def idle_seconds(self) -> float:
        """Seconds since a fetch ended or a link came to an outcome, or since the process began."""
        return self._clock() - self._active

    @property
    def silent_seconds(self) -> float:
        """Seconds since the last `beat`."""
        return self._clock() - self._beat
