"""Which sources of a service wait, which run, and which start now. Reads no clock and starts nothing.

Times are seconds of a clock that only ever goes forward, so that it does not matter here when somebody sets the time of
day. How 20,000 sources fare with the two limits: docs/decisions/0012; clocks: docs/decisions/0027.
"""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

#: A service starts no more sources than this in a second, and none while so many runs are young: what a run is doing
#: is held in memory.
STARTS_PER_SECOND = 20
_MOST_YOUNG_RUNS = 500
_YOUNG = 300.0
#: A service that was not asked for so long did not run, because the machine slept or the process was stopped.
_GAP = 60.0
#: What became due meanwhile is spread over this long at least: the network of a machine that wakes up needs a while.
_SPREAD_AFTER_GAP = 60.0


class Plan:
    """The sources of a service, each waiting or running, by name. ``random`` returns numbers between 0 and 1."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._due: dict[str, float] = {}
        self._started: dict[str, float] = {}
        self._asked_at: float | None = None

    @property
    def due(self) -> Mapping[str, float]:
        """When each source that waits is due."""
        return self._due

    @property
    def running(self) -> frozenset[str]:
        """The sources that run."""
        return frozenset(self._started)

    def add(self, waits: Mapping[str, float], now: float) -> None:
        """Plans sources by their waits in seconds. Those that are due already are spread, see `first_due`."""
        self._due |= first_due(waits, now, self._random)

    def drop_all_but(self, names: Iterable[str]) -> None:
        """Forgets the waiting sources that are not among ``names``. Those that run are forgotten when they end."""
        kept = set(names)
        self._due = {name: due for name, due in self._due.items() if name in kept}

    def start(self, now: float) -> list[str]:
        """Takes the sources that start now, the longest due first; called once a second."""
        if self._asked_at is not None and now - self._asked_at > _GAP:
            overdue = {name: 0.0 for name, due in self._due.items() if due <= now}
            self._due |= first_due(overdue, now, self._random, shortest=_SPREAD_AFTER_GAP)
        self._asked_at = now
        names = next_starts(self._due, self._started.values(), now)
        for name in names:
            del self._due[name]
            self._started[name] = now
        return names

    def hold(self, now: float) -> None:
        """Starts nothing now, although something may be due; called instead of `start`."""
        self._asked_at = now

    def end(self, name: str, due: float | None) -> None:
        """A run has ended; its source is due again at ``due``, or not any more."""
        del self._started[name]
        if due is not None:
            self._due[name] = due


def first_due(
    waits: Mapping[str, float], now: float, random: Callable[[], float], *, shortest: float = 0.0
) -> dict[str, float]:
    """When each source is due, by how long it still has to wait; 0 or less where it should have run already.

    Those are spread at random over as many seconds as starting them takes (see `next_starts`), ``shortest`` at least,
    because neighbours in sources.yaml often have the same host. ``random`` returns numbers between 0 and 1.
    """
    overdue = sum(wait <= 0 for wait in waits.values())
    spread = max(overdue / STARTS_PER_SECOND, shortest)
    return {name: now + (wait if wait > 0 else spread * random()) for name, wait in waits.items()}


def next_starts(due: Mapping[str, float], started: Iterable[float], now: float) -> list[str]:
    """The sources to start now, longest due first; called once a second.

    ``due`` holds the sources that wait, ``started`` when each running one was started. Only young runs count against
    the limit: a run that works off a backlog at the pace of its host takes hours, and must not keep others from
    starting.
    """
    young = sum(now - moment < _YOUNG for moment in started)
    starts = max(min(STARTS_PER_SECOND, _MOST_YOUNG_RUNS - young), 0)
    return [name for _, name in nsmallest(starts, ((moment, name) for name, moment in due.items() if moment <= now))]
