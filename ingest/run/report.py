"""What a run did, counted by source, and the same as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ingest.errors import HostPausedError
from ingest.model import Changed, Decision, Duplicate, HeldBack, New, Unchanged

if TYPE_CHECKING:
    from datetime import datetime

    from ingest.errors import PageError

OUTCOMES = ("new", "changed", "unchanged", "duplicate", "held_back", "failed", "skipped")
COUNTS = ("found", *OUTCOMES)


@dataclass(slots=True)
class SourceReport:
    """One source in one run. ``error`` is the class of its failure, or else the commonest of its links'."""

    name: str
    outcome: Literal["ok", "failed", "skipped"] = "ok"
    error: str | None = None
    message: str = ""
    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicate: int = 0
    held_back: int = 0
    """Pages whose text is worse than the stored article, which stays."""
    failed: int = 0
    skipped: int = 0
    closed: bool = False
    """Whether the source's run is over."""
    link_errors: Counter[str] = field(default_factory=Counter)
    """Error class → failed links."""
    _passed_on: Counter[str] = field(default_factory=Counter)

    @property
    def stored(self) -> int:
        return self.new + self.changed + self.unchanged + self.duplicate + self.held_back

    def count(self, decision: Decision) -> None:
        match decision:
            case New():
                self.new += 1
            case Changed():
                self.changed += 1
            case Unchanged():
                self.unchanged += 1
            case Duplicate():
                self.duplicate += 1
            case HeldBack():
                self.held_back += 1

    def since_last_asked(self) -> Counter[str]:
        """Returns how many links came to each outcome since this was last called."""
        now = Counter({name: getattr(self, name) for name in OUTCOMES})
        since, self._passed_on = now - self._passed_on, now
        return since

    def fail(self, error: PageError) -> None:
        """The source itself failed: its index could not be read. If its host asked to be left alone it is skipped."""
        self.outcome = "skipped" if isinstance(error, HostPausedError) else "failed"
        self.error, self.message = error.code, error.message

    def fail_link(self, error: PageError) -> None:
        self.failed += 1
        self.link_errors[error.code] += 1
        if self.outcome == "ok":
            self.error = self.link_errors.most_common(1)[0][0]
            self.message = f"{self.failed} links failed, last: {error.message}" if self.failed > 1 else error.message

    def postpone(self, error: PageError) -> None:
        """A link was not fetched, because its host asked to be left alone: it waits, and nothing has failed."""
        if self.error is None:
            self.error, self.message = error.code, error.message

    def close(self) -> None:
        """Ends the source's run. If none of its links could be read it has failed, although its index was read."""
        if self.failed and not self.stored and self.outcome != "failed":
            self.outcome = "failed"
        self.closed = True

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("name", "outcome", "error", "message", *COUNTS)}


@dataclass(slots=True)
class RunReport:
    """One run over some sources. Times are aware, UTC."""

    started: datetime
    finished: datetime | None = None
    sources: list[SourceReport] = field(default_factory=list)

    @property
    def failed(self) -> list[SourceReport]:
        return [source for source in self.sources if source.outcome == "failed"]

    @property
    def totals(self) -> dict[str, int]:
        return {name: sum(getattr(source, name) for source in self.sources) for name in COUNTS}

    def as_json(self) -> dict[str, Any]:
        """The object of ``fetch --json``."""
        return {
            "started": _utc(self.started),
            "finished": _utc(self.finished),
            "sources": [source.as_json() for source in self.sources],
            "totals": self.totals,
        }


def _utc(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
