"""`ingest status`."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_status_is_a_table_for_people_and_a_list_for_programs(desk: Any, web: Any):
    desk("fetch")
    assert "town" in desk("status").stdout
    (row,) = json.loads(desk("status", "--json").stdout)
    assert (row["name"], row["articles"], row["failed"], row["error"]) == ("town", 2, 0, None)


def test_a_source_that_fails_says_what_is_wrong_in_its_row(desk: Any, web: Any):
    web.pages["/feed.xml"].status = 500
    desk("fetch", status=1)
    titles, town = desk("status").stdout.splitlines()
    assert titles.split()[0] == "source"
    assert town.split()[:5] == ["town", "0", "0", "0", "never"]
    assert town.endswith("http_5xx: 500: the server failed")
