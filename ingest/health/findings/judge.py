"""Which findings hold: the signs in a source's history, of which a grave one stands for those that follow from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.health.findings import medians, runs, shares, watched
from ingest.model import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.health.findings.signs import Sign
    from ingest.model import SourceHistory

_OF_RUNS = ("failing", "feed_empty", "never", "silent")
_OF_READINGS = (
    "wall", "links", "empty", "not_an_article", "canonical", "rule", "teasers", "held_back", "length", "fields",
    "quality",
)  # fmt: skip
_OF_LINKS = ("flood",)
#: Every kind of finding that is judged here; others are opened and closed elsewhere.
KINDS = (*_OF_RUNS, *_OF_LINKS, *_OF_READINGS)


def judge(history: SourceHistory) -> tuple[Finding, ...]:
    """The findings that hold now, with those of ``history.open`` that still do."""
    flood = runs.flood(history)
    judged: tuple[str, ...] = KINDS
    if history.outcomes is None:
        found = [*_gravest(runs.signs(history), history), *_gravest([flood], history)]
        # Whether new links still lead to articles that are stored already is not known.
        judged = _OF_RUNS if flood is None else (*_OF_RUNS, *_OF_LINKS)
    else:
        flood = flood or shares.duplicates(history)
        found = [
            *_gravest(runs.signs(history), history),
            *_gravest([flood], history),
            *_gravest(_of_readings(history), history),
        ]
    return (*found, *(finding for finding in history.open if finding.kind not in judged))


def _of_readings(history: SourceHistory) -> list[Sign | None]:
    """The signs in what was read, gravest first."""
    found = {share.kind: shares.sign(history, share) for share in watched.SHARES}
    found["canonical"] = found["canonical"] or shares.always_canonical(history)
    found["teasers"] = found["teasers"] or shares.always_teasers(history)
    found["length"] = medians.length(history)
    found["fields"] = shares.fields(history)
    found["quality"] = medians.quality(history)
    return [found[kind] for kind in _OF_READINGS]


def _gravest(signs: Sequence[Sign | None], history: SourceHistory) -> list[Finding]:
    """The first sign as a finding, which the others follow from; and those that are open already."""
    is_open = {finding.kind for finding in history.open}
    found = [sign for sign in signs if sign]
    if not found:
        return []
    first, *others = found
    findings = [_finding(first, history.source)]
    follow = [sign.brief for sign in others if sign.kind not in is_open and sign.brief]
    if follow:
        findings[0] = replace(findings[0], message=f"{findings[0].message} Also: {'; '.join(follow)}.")
    return findings + [_finding(sign, history.source) for sign in others if sign.kind in is_open]


def _finding(sign: Sign, source: str) -> Finding:
    return Finding(source, sign.kind, sign.since, sign.sentence, sign.evidence, sign.baseline)
