"""Signs in shares of a source's outcomes: links that fail, pages that are no articles, bodies that others answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import dropwhile, islice
from typing import TYPE_CHECKING

from ingest.health.findings import statistics, wording
from ingest.health.findings.signs import Sign, is_read, open_finding, unchanged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.model import Finding, Outcome, SourceHistory

#: Origins of a body that was described for this very site or its platform.
_OWN = {"rule:": "its rule", "site:": "the rule of its site", "platform:": "its platform"}
#: Error classes of failed links with a kind of their own, or whose page has arrived.
_NOT_FETCHING = frozenset({"empty", "wall", "parse", "extract"})
_LOOKED_AT_AGAIN = frozenset({"changed", "unchanged", "held_back"})
_STORED = frozenset({"new", "duplicate"})
_TEASER_WORDS = 40
#: Articles by which is said that all are teasers.
_FEW = 10
#: What the fields of articles are measured against spans this at least.
_SETTLED = timedelta(days=2)
#: For so long links have to fail: less may pass by itself.
_LASTING = timedelta(hours=5)
#: A field is lost if nearly all articles lack it, and this much longer in a row than ever before.
_NEARLY_ALL, _LONGER_RUN = 0.85, 1.5
#: After this long, another set of fields is how the site is now.
NEW_NORMAL = timedelta(days=30)
#: Of so many of the latest outcomes some have to be bad, and of the earliest not nearly all, to look at all of them.
_LATEST, _SOME, _ALWAYS = 12, 3, 0.85
_FIELDS = {
    "title": "a title", "authors": "authors", "published": "a date", "modified": "a date of change",
    "section": "a section", "tags": "tags", "summary": "a summary", "image": "an image",
}  # fmt: skip

Test = Callable[["Outcome"], bool]
Observations = list[tuple["Outcome", bool]]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a source's outcomes that should not rise: those that are ``bad``, of those that are ``measured``.

    ``phrase`` says what is so on how many; ``{on}`` in it is where, with or without the name of the source.
    """

    kind: str
    measured: Test
    bad: Test
    phrase: str
    measure: str = ""
    """Key of `Finding.baseline`, where a kind has several shares."""
    settled: timedelta = timedelta()
    """What the time before the change spans at least."""
    lasting: timedelta = timedelta()
    """For how long it has to be so."""
    passes: bool = False
    """Whether it becomes the new normal. It may also come and go with who writes, for a while."""
    switches: bool = False
    """Whether it is nothing that happens by chance, so that a few in a row are enough."""
    high: float = statistics.HIGH
    """How high the share has to be."""


def _is_error(error: str) -> Test:
    return lambda outcome: outcome.error == error


def _is_outcome(name: str) -> Test:
    return lambda outcome: outcome.outcome == name


def _any(_: Outcome) -> bool:
    return True


def _is_first(outcome: Outcome) -> bool:
    """A first look, or one that failed: articles that are read again say nothing of new pages."""
    return outcome.outcome not in _LOOKED_AT_AGAIN


def _fails(outcome: Outcome) -> bool:
    return outcome.outcome == "failed" and outcome.error not in _NOT_FETCHING


def _is_foreign(outcome: Outcome) -> bool:
    return not outcome.body_origin.startswith(tuple(_OWN))


def _is_short(outcome: Outcome) -> bool:
    return outcome.words < _TEASER_WORDS


def _lacks(outcome: Outcome, *, field: str) -> bool:
    return field not in outcome.filled


_TEASERS = Share(
    "teasers", is_read, _is_short, f"{{bad}} of {{all}} articles{{of}} have fewer than {_TEASER_WORDS} words"
)
#: Gravest first: what follows from another share comes behind it.
SHARES = (
    Share(
        "wall", _any, _is_error("wall"), "{bad} of {all} pages{of} show a wall instead of the article", switches=True
    ),
    Share("links", _is_first, _fails, "{bad} of {all} links{of} fail ({errors})", lasting=_LASTING),
    Share("empty", _is_first, _is_error("empty"), "no text is found on {bad} of {all} pages{of}"),
    Share("not_an_article", _is_first, _is_error("not_an_article"), "{bad} of {all} pages{of} are no articles"),
    Share(
        "canonical",
        lambda outcome: outcome.outcome in _STORED,
        _is_error("canonical"),
        "{bad} of {all} pages{of} name another article as their canonical URL",
        switches=True,
    ),
    Share(
        "rule",
        is_read,
        _is_foreign,
        "the body{of} comes from {origins} instead of {own} on {bad} of {all} articles",
        switches=True,
    ),
    _TEASERS,
    Share(
        "held_back",
        lambda outcome: outcome.outcome in _LOOKED_AT_AGAIN,
        _is_outcome("held_back"),
        "{bad} of {all} pages{of} that were read again are worse than what is stored, and held back ({errors})",
    ),
)
_FILLED = tuple(
    Share(
        "fields",
        is_read,
        partial(_lacks, field=field),
        f"{{bad}} of {{all}} articles{{of}} lack {words} ({{before}} before)",
        measure=field,
        settled=_SETTLED,
        passes=True,
        high=_NEARLY_ALL,
    )
    for field, words in _FIELDS.items()
)
_DUPLICATES = Share(
    "flood",
    lambda outcome: outcome.outcome in _STORED,
    _is_outcome("duplicate"),
    "{bad} of {all} new links{of} lead to articles that are stored already",
)


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
    if is_normal or (late and statistics.is_repaired([bad for _, bad in late], before)):
        return None
    return replace(_sign(history, share, late, before), since=opened.since) if late else unchanged(opened)


def _risen(history: SourceHistory, share: Share) -> Sign | None:
    seen = _observed(history.outcomes or (), share)
    flags = [bad for _, bad in seen]
    monthly = statistics.monthly(len(seen), seen[-1][0].at - seen[0][0].at)
    first = _first(history, seen)
    change = (statistics.switch(flags, first) if share.switches else None) or statistics.rise(
        flags, monthly, first, share.high
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
    found = [each for each in (sign(history, share) for share in _FILLED) if each]
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
    if sum(map(_is_short, late)) < 0.8 * _FEW:
        return None
    read = [outcome for outcome, _ in _observed(outcomes, _TEASERS) if _is_foreign(outcome)]
    short = [outcome for outcome in read if _is_short(outcome)]
    if len(read) < _FEW or len(short) < 0.9 * len(read):
        return None
    words = {"bad": len(short), "all": len(read)}
    sentence = f"{_TEASERS.phrase.format(of=f' of `{history.source}`', **words)}."
    return Sign("teasers", read[0].at, sentence, _TEASERS.phrase.format(of="", **words), _examples(short))


def duplicates(history: SourceHistory) -> Sign | None:
    """The sign that links which are new lead to articles which are not."""
    return sign(history, _DUPLICATES)


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
    used = Counter(own for outcome in outcomes for own in _OWN if outcome.body_origin.startswith(own))
    return _OWN[used.most_common(1)[0][0]] if used else "its rule"


def _examples(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The last three URLs."""
    return tuple(dict.fromkeys(outcome.url for outcome in reversed(outcomes)))[:3]
