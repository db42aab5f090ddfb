"""When the service is ok, degraded or broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from ingest.health.state import SILENT, STALLED, health


@dataclass
class Standing:
    active: int = 10
    well: int = 10
    failing: int = 0
    overdue: int = 0
    findings: list[dict[str, Any]] = field(default_factory=list)
    receivers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sources(self) -> dict[str, int]:
        return {"active": self.active, "well": self.well, "failing": self.failing, "overdue": self.overdue}


def state(*trouble: str, idle: float = 0.0, silent: float = 0.0, **standing: Any) -> tuple[int, str]:
    code, said = health(Standing(**standing), trouble, idle, silent)
    assert (code == 503) == (said["status"] == "broken") == bool(said["why"])
    return code, said["status"]


def test_all_is_ok_while_all_sources_are_well():
    assert state() == (200, "ok")
    assert state(active=0, well=0) == (200, "ok")
    assert state(overdue=10) == (200, "ok")


@pytest.mark.parametrize(
    "standing",
    [
        {"well": 9, "failing": 1},
        {"well": 9, "findings": [{"kind": "rule"}]},
        {"receivers": [{"failing_since": "2026-03-04T05:06:07Z"}]},
    ],
)
def test_a_few_sources_or_a_receiver_that_fail_degrade_it(standing: Any):
    assert state(**standing) == (200, "degraded")


def test_it_is_broken_if_half_of_the_sources_are_not_well():
    assert state(well=6, failing=4) == (200, "degraded")
    assert state(well=5, failing=5) == (503, "broken")
    assert state(active=1, well=0) == (503, "broken")


def test_it_is_broken_if_nothing_happens_although_sources_are_due():
    assert state(idle=STALLED + 1) == (200, "ok")
    assert state(idle=STALLED + 1, overdue=1) == (503, "broken")


def test_why_it_is_broken_is_said_in_sentences():
    _, said = health(Standing(active=3, well=1, overdue=2), ["the disk is full"], idle=960.0, silent=75.4)
    assert said["why"] == [
        "the disk is full",
        "the service has given no sign of life for 75 seconds",
        "nothing was fetched for 16 minutes; sources that are overdue: 2",
        "sources that fail or have findings: 2 of 3",
    ]


def test_it_is_broken_if_the_event_loop_hangs():
    assert state(silent=SILENT) == (200, "ok")
    assert state(silent=SILENT + 1) == (503, "broken")


def test_it_is_broken_while_the_database_cannot_be_used():
    assert state("the disk is full") == (503, "broken")
    code, said = health(None, ["articles.db: damaged"], 0.0, 0.0)
    assert (code, said["status"], said["why"]) == (503, "broken", ["articles.db: damaged"])


def test_the_object_names_findings_sources_and_receivers():
    finding = {"source": "news", "kind": "rule", "message": "Since March …"}
    _, said = health(Standing(well=9, findings=[finding]), [], 0.0, 0.0)
    assert said["findings"] == [finding]
    assert said["sources"]["active"] == 10
    assert said["notifications"] == []
