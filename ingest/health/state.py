"""The state of the service, for ``/health``: ok, degraded, or broken, and why. Decides; measures nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Seconds without any outcome, while sources are overdue by as much, after which the service is stalled.
STALLED = 900.0
#: Seconds without a sign of life of the event loop.
SILENT = 60.0


class Standing(Protocol):
    """How the configured sources are doing, by the database."""

    @property
    def sources(self) -> Mapping[str, int]:
        """``active`` sources, and those of them that are ``failing``, ``last_run_failed``, ``with_findings``,
        ``never_run`` or ``overdue``; a source may be several of these. ``well`` are those that are none of the first
        three.
        """
        ...

    @property
    def findings(self) -> Sequence[Mapping[str, Any]]:
        """Open findings, the last hundred."""
        ...

    @property
    def receivers(self) -> Sequence[Mapping[str, Any]]:
        """Receivers of notifications: what waits for them, and since when they fail."""
        ...


def health(standing: Standing | None, trouble: Sequence[str], idle: float, silent: float) -> tuple[int, dict[str, Any]]:
    """Returns the HTTP status and the JSON object of ``/health``.

    ``standing`` is None if the database cannot be read; ``trouble`` says why that is, and what else is known to be
    broken. ``idle`` and ``silent`` are as in `Counters`.
    """
    if standing is None:
        return 503, {"status": "broken", "why": list(trouble), "findings": [], "sources": {}}
    why = [*trouble, *_broken(standing.sources, idle, silent)]
    sources = standing.sources
    is_degraded = sources["failing"] or standing.findings or any(each["failing_since"] for each in standing.receivers)
    status = "broken" if why else "degraded" if is_degraded else "ok"
    return 503 if why else 200, {
        "status": status,
        "why": why,
        "findings": list(standing.findings),
        "sources": dict(sources),
        "notifications": list(standing.receivers),
    }


def _broken(sources: Mapping[str, int], idle: float, silent: float) -> list[str]:
    why = []
    if silent > SILENT:
        why.append(f"the service has given no sign of life for {silent:.0f} seconds")
    if idle > STALLED and sources["overdue"]:
        why.append(f"nothing was fetched for {idle / 60:.0f} minutes; sources that are overdue: {sources['overdue']}")
    ill = sources["active"] - sources["well"]
    if ill and 2 * ill >= sources["active"]:
        why.append(f"sources that fail or have findings: {ill} of {sources['active']}")
    return why
