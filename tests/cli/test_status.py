"""`ingest status`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.model import Finding
from ingest.store import Store

pytestmark = pytest.mark.slow


def _open_finding(desk: Any, source: str = "town") -> None:
    now = datetime(2026, 3, 12, tzinfo=UTC)
    with Store.open(desk.folder / "db/articles.db") as store:
        store.open_finding(Finding(source, "rule", now, "The rule matches nothing.", ("https://t.example/1",)), now)


def test_status_is_a_table_for_people_and_a_list_for_programs(desk: Any, web: Any):
    desk("fetch")
    assert "town" in desk("status").stdout
    (row,) = json.loads(desk("status", "--json").stdout)
    assert (row["name"], row["articles"], row["failed"], row["error"]) == ("town", 2, 0, None)
    assert (row["state"], row["findings"], row["wrong"]) == ("well", [], "")


def test_a_source_that_fails_says_what_is_wrong_in_its_row(desk: Any, web: Any):
    web.pages["/feed.xml"].status = 500
    desk("fetch", status=1)
    titles, town = desk("status").stdout.splitlines()
    assert titles.split()[0] == "source"
    assert town.split()[:5] == ["town", "0", "0", "0", "never"]
    assert town.endswith("http_5xx: 500: the server failed")
    assert json.loads(desk("status", "--json").stdout)[0]["state"] == "failing"


def test_a_finding_is_what_is_wrong_until_it_is_closed(desk: Any):
    desk("fetch")
    _open_finding(desk)
    assert desk("status").stdout.splitlines()[1].endswith("The rule matches nothing.")
    (row,) = json.loads(desk("status", "--json").stdout)
    assert (row["state"], row["wrong"]) == ("findings", "The rule matches nothing.")
    assert row["findings"] == [
        {"id": 1, "kind": "rule", "since": "2026-03-12T00:00:00Z", "closed_at": None,
         "message": "The rule matches nothing.", "evidence": ["https://t.example/1"]}
    ]  # fmt: skip
    with Store.open(desk.folder / "db/articles.db") as store:
        store.close_finding("town", "rule", datetime.now(UTC))
    assert desk("status").stdout.splitlines()[1].split()[-1] != "nothing."


def test_fail_if_prints_what_is_wrong_and_ends_with_1(desk: Any, web: Any):
    desk("fetch")
    assert desk("status", "--fail-if", "failing,findings,stale:2d").stdout == ""
    _open_finding(desk)
    _open_finding(desk, source="")
    assert desk("status", "--fail-if", "failing,stale").stdout == ""
    said = desk("status", "--fail-if", "findings", status=1).stdout.splitlines()
    assert said == ["town: rule: The rule matches nothing.", "ingest: rule: The rule matches nothing."]
    web.pages["/feed.xml"].status = 500
    desk("fetch", status=1)
    assert (
        desk("status", "--fail-if", "failing", status=1).stdout == "town: failing: http_5xx: 500: the server failed\n"
    )
    assert json.loads(desk("status", "--json", "--fail-if", "failing", status=1).stdout)[0]["name"] == "town"


def test_fail_if_stale_asks_for_a_good_run_within_the_time(desk: Any):
    desk("fetch")
    with Store.open(desk.folder / "db/articles.db") as store:
        store._db.execute("UPDATE sources SET last_ok = '2026-01-02T03:04:05Z'")
        store._db.conn.commit()
    said = desk("status", "--fail-if", "stale:1h", status=1).stdout
    assert said == "town: stale: last read well 2026-01-02 03:04:05\n"


@pytest.mark.parametrize("unknown", ["broken", "failing:2d", "stale:soon", "", "failing,,stale"])
def test_fail_if_refuses_a_condition_that_it_does_not_know(desk: Any, unknown: str):
    desk("fetch")
    assert "--fail-if" in desk("status", "--fail-if", unknown, status=2).stderr
