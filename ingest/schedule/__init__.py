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
    brought_back,
    failures_after,
    longest_wait,
    next_due,
    starts_over,
)
from ingest.schedule.freshness import freshness_lifetime
from ingest.schedule.plan import Plan
from ingest.schedule.retries import LONGEST_GONE_WAIT, LONGEST_LINK_WAIT, next_check, next_look, next_try

__all__ = [
    "LONGEST_GONE_WAIT",
    "LONGEST_INTERVAL",
    "LONGEST_LINK_WAIT",
    "MOST_POSTS",
    "NO_SKIPS",
    "SHORTEST_INTERVAL",
    "Plan",
    "Skips",
    "SourceState",
    "brought_back",
    "failures_after",
    "freshness_lifetime",
    "longest_wait",
    "next_check",
    "next_due",
    "next_look",
    "next_try",
    "starts_over",
]
