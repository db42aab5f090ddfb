"""`ingest findings`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.model import Finding
from ingest.store import Store

pytestmark = pytest.mark.slow
NOW = datetime(2026, 3, 12, 8, 30, tzinfo=UTC)


def test_findings_are_shown_with_their_time_and_examples_until_they_are_closed(desk: Any):
    desk("fetch")
    assert desk("findings").stdout == "nothing is found to be wrong\n"
    with Store.open(desk.folder / "db/articles.db") as store:
        store.open_finding(Finding("town", "rule", NOW, "The rule matches nothing.", ("https://t.example/1",)), NOW)
    shown = "town: rule, since 2026-03-12 08:30:00\n  The rule matches nothing.\n  https://t.example/1\n"
    assert desk("findings").stdout == shown
    assert desk("findings", "town").stdout == shown
    (row,) = json.loads(desk("findings", "--json").stdout)
    assert (row["source"], row["kind"], row["evidence"]) == ("town", "rule", ["https://t.example/1"])
    with Store.open(desk.folder / "db/articles.db") as store:
        store.close_finding("town", "rule", NOW.replace(day=13))
    assert desk("findings").stdout == "nothing is found to be wrong\n"
    assert ", closed 2026-03-13 08:30:00\n" in desk("findings", "--all").stdout


def test_a_source_that_is_not_there_is_a_mistake(desk: Any):
    desk("fetch")
    assert "no source 'twon'" in desk("findings", "twon", status=2).stderr
