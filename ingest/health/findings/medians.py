"""Signs in the length of a source's texts and in their quality: the median is not what it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ingest.health.findings import statistics, wording
from ingest.health.findings.shares import NEW_NORMAL
from ingest.health.findings.signs import Sign, is_read, open_finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ingest.model import Finding, Outcome, SourceHistory

#: The last articles, which are compared with those before; more of a source with many.
_LATE, _LATE_OF_MANY, _MANY_A_MONTH, _FEWEST_EARLY = 8, 20, 400, 16
#: They differ if the rank test says so with so many standard deviations.
_DEVIATIONS, _DEVIATIONS_OF_MANY = 3.6, 5.0
_SETTLED = timedelta(days=2)
#: The length is another one at these ratios of the medians, and back between this one and its inverse.
_SHORTER, _LONGER, _BACK = 0.5, 3.0, 0.7
#: The quality is another one when its median falls by this much, and back within this.
_WORSE, _AS_GOOD = 0.15, 0.07


@dataclass(frozen=True, slots=True)
class _Change:
    """Since when the values rank elsewhere, their median before and now, and the articles they are of."""

    since: datetime
    before: float
    after: float
    late: list[Outcome]

    @property
    def evidence(self) -> tuple[str, ...]:
        return tuple(outcome.url for outcome in self.late[-3:])


def length(history: SourceHistory) -> Sign | None:
    """The sign that texts are half as long, or much longer."""
    opened = open_finding(history, "length")
    change = _change(history, lambda outcome: float(outcome.words), opened)
    if change is None:
        return None
    ratio = max(change.after, 1.0) / max(change.before, 1.0)
    if (_BACK < ratio < 1 / _BACK) if opened else (_SHORTER < ratio < _LONGER):
        return None
    word = "shorter" if ratio < 1 else "longer"
    sentence = (
        f"Since {wording.day(change.since, history.now)} the articles of `{history.source}` are {word}: the median of"
        f" the last {len(change.late)} is {change.after:,.0f} words, and was {change.before:,.0f} before."
    )
    brief = f"the articles are {word} ({change.after:,.0f} words, {change.before:,.0f} before)"
    return Sign("length", change.since, sentence, brief, change.evidence, {"words": change.before})


def quality(history: SourceHistory) -> Sign | None:
    """The sign that bodies are found far less surely."""
    opened = open_finding(history, "quality")
    change = _change(history, lambda outcome: outcome.quality, opened)
    if change is None or change.before - change.after < (_AS_GOOD if opened else _WORSE):
        return None
    sentence = (
        f"Since {wording.day(change.since, history.now)} the bodies of `{history.source}` are found less surely: the"
        f" median quality of the last {len(change.late)} is {change.after:.2f}, and was {change.before:.2f} before."
    )
    brief = f"bodies are found less surely (quality {change.after:.2f}, {change.before:.2f} before)"
    return Sign("quality", change.since, sentence, brief, change.evidence, {"quality": change.before})


def _change(history: SourceHistory, value: Callable[[Outcome], float], opened: Finding | None) -> _Change | None:
    last = {outcome.url: outcome for outcome in history.outcomes or () if is_read(outcome)}
    read = sorted(last.values(), key=lambda outcome: outcome.at)
    if not read:
        return None
    has_many = statistics.monthly(len(read), read[-1].at - read[0].at) >= _MANY_A_MONTH
    count = _LATE_OF_MANY if has_many else _LATE
    late, early = read[-count:], read[:-count]
    if opened:
        late = [outcome for outcome in late if outcome.at >= opened.since] or late
        (before,) = opened.baseline.values()
        after = statistics.middle([*map(value, late)])
        return None if history.now - opened.since > NEW_NORMAL else _Change(opened.since, before, after, late)
    if history.first_run is None or len(early) < _FEWEST_EARLY or late[0].at - early[0].at < _SETTLED:
        return None
    values_before, values = [*map(value, early)], [*map(value, late)]
    deviations = abs(statistics.deviations(values_before, values))
    if late[0].at < history.first_run or deviations < (_DEVIATIONS_OF_MANY if has_many else _DEVIATIONS):
        return None
    return _Change(late[0].at, statistics.middle(values_before), statistics.middle(values), late)
