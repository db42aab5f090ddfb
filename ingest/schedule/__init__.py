"""When a source is next due, and when a link is requested again.

What a source published, what its server asked for and how its last runs ended come in; times go out. The clock and
random numbers are arguments: nothing here reads a clock, waits, or starts anything.
"""

from ingest.schedule.due import (
    LONGEST_INTERVAL,
    MOST_POSTS,
    NO_SKIPS,
    SHORTEST_INTERVAL,
    Skips,
    SourceState,
    failures_after,
    first_due,
    next_due,
    next_starts,
    starts_over,
)
from ingest.schedule.freshness import freshness_lifetime
from ingest.schedule.retries import next_check, next_look, next_try

__all__ = [
    "LONGEST_INTERVAL",
    "MOST_POSTS",
    "NO_SKIPS",
    "SHORTEST_INTERVAL",
    "Skips",
    "SourceState",
    "failures_after",
    "first_due",
    "freshness_lifetime",
    "next_check",
    "next_due",
    "next_look",
    "next_starts",
    "next_try",
    "starts_over",
]
