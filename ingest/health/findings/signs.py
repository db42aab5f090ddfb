"""What a sign of trouble is, before it is decided which of several signs is the finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ingest.model import Finding, Outcome, SourceHistory

#: Outcomes with an article that was read, whatever became of it.
READ = frozenset({"new", "changed", "unchanged", "duplicate", "held_back"})


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that is not as it was. ``brief`` is the sentence as a part of that of a graver sign."""

    kind: str
    since: datetime
    sentence: str
    brief: str = ""
    evidence: tuple[str, ...] = ()
    baseline: Mapping[str, float] = field(default_factory=dict)


def is_read(outcome: Outcome) -> bool:
    """Whether an article was read, with a body."""
    return outcome.outcome in READ and bool(outcome.body_origin)


def open_finding(history: SourceHistory, kind: str) -> Finding | None:
    """The open finding of this kind."""
    return next((finding for finding in history.open if finding.kind == kind), None)


def unchanged(finding: Finding) -> Sign:
    """The sign of an open finding of which nothing new is known."""
    return Sign(finding.kind, finding.since, finding.message, "", finding.evidence, finding.baseline)
