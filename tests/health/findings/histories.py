"""What a source brought over some weeks, and what is judged of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.health.findings import judge
from ingest.model import Finding, Outcome, SourceDay, SourceHistory

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
WELL = Outcome(
    "news", "", START, "new", body_origin="rule:news", filled=("title", "authors", "published"), words=400, quality=0.9
)


def outcomes(count: int, after: int = 0, hours: float = 3, **fields: Any) -> list[Outcome]:
    """So many new articles, one every few hours, numbered from ``after`` on."""
    return [
        replace(WELL, url=f"https://news.example/{number}", at=START + timedelta(hours=hours * number), **fields)
        for number in range(after, after + count)
    ]


def history(told: Sequence[Outcome], now: datetime | None = None, **fields: Any) -> SourceHistory:
    """A source that was added before all of them, and is asked each day."""
    now = now or (told[-1].at if told else START)
    known = {"first_run": START, "added_at": START - timedelta(days=9), "runs": 99} | fields
    return SourceHistory("news", now, tuple(told), **known)


def judged(told: SourceHistory) -> dict[str, Finding]:
    return {finding.kind: finding for finding in judge(told)}


def days(count: int, begin: datetime = START, skip: Sequence[int] = (), **fields: Any) -> tuple[SourceDay, ...]:
    """Days with articles, but for those weekdays that are skipped (Monday is 0)."""
    told, last = [], None
    for number in range(count):
        at = begin + timedelta(days=number)
        if at.weekday() in skip:
            continue
        gap = (at - last).total_seconds() if last else 0.0
        told.append(
            SourceDay(at.date(), **{"found": 20, "links": 5, "articles": 5, "gap": gap, "last_at": at} | fields)
        )
        last = at
    return tuple(told)
