"""When a source is next due, and when a failed link is tried again.

What a source published, what its server asked for and how its last runs ended come in; times come out. The clock and
random numbers are arguments: nothing here reads a clock, waits or starts anything.
"""

from ingest.schedule.due import (
    LONGEST,
    MAX_ATTEMPTS,
    MAX_PASSING_ATTEMPTS,
    NO_SKIPS,
    POSTS,
    SHORTEST,
    STARTS_AT_A_TIME,
    Skips,
    SourceState,
    failures,
    first_due,
    interval,
    next_check,
    next_due,
    next_starts,
    next_try,
    starts_over,
    vouched,
    weight,
)

__all__ = [
    "LONGEST",
    "MAX_ATTEMPTS",
    "MAX_PASSING_ATTEMPTS",
    "NO_SKIPS",
    "POSTS",
    "SHORTEST",
    "STARTS_AT_A_TIME",
    "Skips",
    "SourceState",
    "failures",
    "first_due",
    "interval",
    "next_check",
    "next_due",
    "next_starts",
    "next_try",
    "starts_over",
    "vouched",
    "weight",
]
