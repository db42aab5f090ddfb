"""Signs in shares of a source's outcomes: whether one of those that are watched has risen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import dropwhile, islice
from typing import TYPE_CHECKING

from ingest.health.findings import statistics, wording
from ingest.health.findings.signs import Sign, is_read, open_finding, unchanged
from ingest.health.findings.watched import CANONICAL, DUPLICATES, FILLED, OWN, TEASERS, is_foreign, is_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.health.findings.watched import Share
    from ingest.model import Finding, Outcome, SourceHistory

#: Articles by which is said that all are teasers, or name another one as canonical.
_FEW = 10
#: A field is lost if more articles in a row lack it than ever before, by this factor.
_LONGER_RUN = 1.5
#: After this long, another set of fields is how the site is now.
NEW_NORMAL = timedelta(days=30)
#: Of so many of the latest outcomes some have to be bad, and of the earliest not nearly all, to look at all of them.
_LATEST, _SOME, _ALWAYS = 12, 3, 0.85

Observations = list[tuple["Outcome", bool]]


def sign(history: SourceHistory, share: Share) -> Sign | None:
    """The sign that a share has risen and is still high."""
    opened = open_finding(history, share.kind)
    before = opened.baseline.get(share.measure or share.kind) if opened else None
    if opened and before is not None:
        return _still(history, share, opened, before)
    return _risen(history, share) if _is_notable(history.outcomes or (), share) else None


def _still(history: SourceHistory, share: Share, opened: Finding, before: float) -> Sign | None:
    """The sign of an open finding, until the share is back at what it was ``before``."""
    seen = _observed(history.outcomes or (), share)
    late = [*dropwhile(lambda each: each[0].at < opened.since or not each[1], seen)]
    is_normal = share.passes and history.now - opened.since > NEW_NORMAL
    since = late or [each for each in seen if each[0].at >= opened.since]
    if is_normal or (since and statistics.is_repaired([bad for _, bad in since], before)):
        return None
    return replace(_sign(history, share, late, before), since=opened.since) if late else unchanged(opened)


def _risen(history: SourceHistory, share: Share) -> Sign | None:
    seen = _observed(history.outcomes or (), share)
    flags = [bad for _, bad in seen]
    monthly = statistics.monthly(len(seen), seen[-1][0].at - seen[0][0].at)
    first = _first(history, seen)
    change = (statistics.switch(flags, first) if share.switches else None) or statistics.rise(
        flags, monthly, first, high=share.high, evidence=share.evidence
    )
    if change is None:
        return None
    begin, end = seen[change.index][0].at, seen[-1][0].at
    is_too_soon = begin - seen[0][0].at < share.settled or end - begin < share.lasting
    longest = statistics.longest_run(flags[: change.index]) if share.passes else 0
    if is_too_soon or len(flags) - change.index < _LONGER_RUN * longest:
        return None
    return _sign(history, share, seen[change.index :], change.before)


def fields(history: SourceHistory) -> Sign | None:
    """All fields that are lost, as one sign."""
    found = [each for each in (sign(history, share) for share in FILLED) if each]
    if not found:
        return None
    first = min(found, key=lambda each: each.since)
    others = [each.brief for each in found if each is not first and each.brief]
    return Sign(
        "fields",
        first.since,
        "; ".join([first.sentence.removesuffix("."), *others]) + ".",
        wording.listed([each.brief for each in found if each.brief] or ["fields are lost"]),
        first.evidence,
        {measure: before for each in found for measure, before in each.baseline.items()},
    )


def always_teasers(history: SourceHistory) -> Sign | None:
    """Texts of a few words from the beginning, where nobody has described the site: teasers in place of articles."""
    outcomes = history.outcomes or ()
    late = [*islice((outcome for outcome in reversed(outcomes) if is_read(outcome)), _FEW)]
    if sum(map(is_short, late)) < 0.8 * _FEW:
        return None
    seen = [(outcome, bad) for outcome, bad in _observed(outcomes, TEASERS) if is_foreign(outcome)]
    return _always(history, TEASERS, seen) if len(seen) >= _FEW else None


def always_canonical(history: SourceHistory) -> Sign | None:
    """Pages that name another one as canonical from the beginning."""
    latest = _observed(history.outcomes or (), CANONICAL)[-_FEW:]
    return _always(history, CANONICAL, latest) if sum(bad for _, bad in latest) > _SOME else None


def _always(history: SourceHistory, share: Share, seen: Observations) -> Sign | None:
    """The sign of a share that is high, whether it has risen or not."""
    bad = [outcome for outcome, is_bad in seen if is_bad]
    if not bad or len(bad) < share.always * len(seen):
        return None
    words = {"bad": len(bad), "all": len(seen)}
    sentence = f"{share.phrase.format(of=f' of `{history.source}`', **words)}."
    return Sign(share.kind, bad[0].at, sentence, share.phrase.format(of="", **words), _examples(bad))


def duplicates(history: SourceHistory) -> Sign | None:
    """The sign that links which are new lead to articles which are not."""
    return sign(history, DUPLICATES)


def _is_notable(outcomes: Sequence[Outcome], share: Share) -> bool:
    """Whether many of the latest outcomes are bad, other than of the earliest: of most sources that is not so."""
    late = [*islice((share.bad(outcome) for outcome in reversed(outcomes) if share.measured(outcome)), _LATEST)]
    if sum(late) < max(_SOME, statistics.HIGH * len(late)):
        return False
    early = [*islice((share.bad(outcome) for outcome in outcomes if share.measured(outcome)), _LATEST)]
    return sum(early) < _ALWAYS * len(early)


def _first(history: SourceHistory, seen: Observations) -> int:
    """Index of the first observation after the first run: what was read until then was there before."""
    if history.first_run is None:
        return len(seen)
    return next((index for index, (outcome, _) in enumerate(seen) if outcome.at >= history.first_run), len(seen))


def _observed(outcomes: Sequence[Outcome], share: Share) -> Observations:
    """Each URL once, or twice if its looks differ: else its first bad look, or its last good one."""
    last: dict[str, tuple[int, bool]] = {}
    seen: list[tuple[Outcome, bool] | None] = []
    for outcome in filter(share.measured, outcomes):
        bad = share.bad(outcome)
        index, was_bad = last.get(outcome.url, (-1, not bad))
        if was_bad == bad:
            if bad:
                continue
            seen[index] = None
        last[outcome.url] = (len(seen), bad)
        seen.append((outcome, bad))
    return [each for each in seen if each]


def _sign(history: SourceHistory, share: Share, late: Observations, before: float) -> Sign:
    bad = [outcome for outcome, is_bad in late if is_bad]
    since = late[0][0].at
    words = {
        "bad": len(bad),
        "all": len(late),
        "before": wording.percent(before),
        "errors": ", ".join(_commonest(outcome.error for outcome in bad)),
        "origins": wording.listed([f"`{name}`" for name in _commonest(outcome.body_origin for outcome in bad)]),
        "own": _own(history.outcomes or ()),
    }
    return Sign(
        share.kind,
        since,
        f"Since {wording.day(since, history.now)} {share.phrase.format(of=f' of `{history.source}`', **words)}.",
        share.phrase.format(of="", **words),
        _examples(bad),
        {share.measure or share.kind: before},
    )


def _commonest(names: Iterable[str]) -> list[str]:
    return [name for name, _ in Counter(names).most_common(2)]


def _own(outcomes: Sequence[Outcome]) -> str:
    """Who used to answer the body, in words."""
    used = Counter(own for outcome in outcomes for own in OWN if outcome.body_origin.startswith(own))
    return OWN[used.most_common(1)[0][0]] if used else "its rule"


def _examples(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The last three URLs."""
    return tuple(dict.fromkeys(outcome.url for outcome in reversed(outcomes)))[:3]
