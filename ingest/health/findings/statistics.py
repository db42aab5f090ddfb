"""Whether a share or a median has changed, and when: tests that need few articles and stand outliers."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A change of a share is believed if its log-likelihood ratio is this high, and more by the logarithm of the number of
#: observations in a month: whoever looks more often sees more by chance.
EVIDENCE = 5.5
_DAY, _MONTH = timedelta(days=1), timedelta(days=30)
#: A share is back if its fall from the bad to the good phase has this log-likelihood ratio.
EVIDENCE_OF_REPAIR = 5.0
#: Observations on either side of a change, at least.
FEWEST_BEFORE, FEWEST_AFTER, FEWEST_REPAIRED = 8, 5, 4
_FEWEST_SWITCHED = 4
#: By how much a share has to rise, and how high.
RISE, HIGH = 0.35, 0.45


@dataclass(frozen=True, slots=True)
class Change:
    """The share of a sequence before and from ``index`` on."""

    index: int
    before: float
    after: float
    evidence: float


def monthly(count: int, span: timedelta) -> float:
    """How many observations a month these are."""
    return count * _MONTH / max(span, _DAY)


def rise(
    bad: Sequence[bool], monthly: float, first: int = 0, *, high: float = HIGH, evidence: float = EVIDENCE
) -> Change | None:
    """Where the share of ``bad`` has risen, and is still high at the end; not before the index ``first``.

    ``monthly`` is how many observations there are in a month.
    """
    change = _split(bad, max(first, FEWEST_BEFORE), FEWEST_AFTER)
    if change is None or change.evidence < evidence + math.log(max(monthly, 1.0)):
        return None
    late = bad[max(len(bad) - 8, change.index) :]
    is_high = change.after >= high and sum(late) / len(late) >= high
    return change if is_high and change.after - change.before >= RISE else None


def switch(bad: Sequence[bool], first: int = 0) -> Change | None:
    """Where all have become ``bad``, none of which was before; few are enough of what does not happen by chance."""
    index = len(bad) - sum(bad)
    if any(bad[:index]) or index < max(first, _FEWEST_SWITCHED) or len(bad) - index < _FEWEST_SWITCHED:
        return None
    return Change(index, 0.0, 1.0, math.inf)


def longest_run(flags: Sequence[bool]) -> int:
    """The most flags in a row."""
    return max((sum(1 for _ in run) for flag, run in groupby(flags) if flag), default=0)


def is_repaired(bad: Sequence[bool], before: float) -> bool:
    """Whether a share that had risen from ``before`` is down again; ``bad`` begins with the rise."""
    if sum(bad) == 0:
        return len(bad) >= FEWEST_REPAIRED
    change = _split([not each for each in bad], 1, FEWEST_REPAIRED)
    return change is not None and change.evidence >= EVIDENCE_OF_REPAIR and 1 - change.after <= before + 0.2


def _split(flags: Sequence[bool], first: int, fewest_after: int) -> Change | None:
    """The most likely change of a share from lower to higher (a likelihood ratio over all positions)."""
    count, total = len(flags), sum(flags)
    best: Change | None = None
    whole = _likelihood(total, count)
    seen = sum(flags[: max(first - 1, 0)])
    for index in range(max(first, 1), count - fewest_after + 1):
        seen += flags[index - 1]
        if not flags[index]:
            # A change begins with its first sign.
            continue
        before, after = seen / index, (total - seen) / (count - index)
        if after <= before:
            continue
        evidence = _likelihood(seen, index) + _likelihood(total - seen, count - index) - whole
        if best is None or evidence > best.evidence:
            best = Change(index, before, after, evidence)
    return best


def _likelihood(hits: int, count: int) -> float:
    """The log-likelihood of so many hits at their own share."""
    if hits in {0, count}:
        return 0.0
    share = hits / count
    return hits * math.log(share) + (count - hits) * math.log(1 - share)


def deviations(before: Sequence[float], after: Sequence[float]) -> float:
    """By how many standard deviations ``after`` ranks above ``before`` (Mann-Whitney U, ties counted half)."""
    if not before or not after:
        return 0.0
    ordered = sorted(before)
    above = sum(_rank(ordered, value) for value in after)
    n, m = len(before), len(after)
    return (above - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)


def _rank(ordered: Sequence[float], value: float) -> float:
    return (bisect_left(ordered, value) + bisect_right(ordered, value)) / 2


def middle(values: Sequence[float]) -> float:
    """The median; 0 of nothing."""
    return median(values) if values else 0.0
