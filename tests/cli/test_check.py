"""`ingest check`."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_check_says_what_it_read(desk: Any):
    done = desk("check")
    assert done.stdout.splitlines()[-1] == "sources.yaml: 1 source, no mistakes"


def test_check_says_how_each_source_is_followed(desk: Any, web: Any):
    desk.sources(
        f"{{name: town, url: '{web.origin}/feed.xml', kind: feed, every: 90m}}",
        f"{{name: daily, url: '{web.origin}/daily.xml', kind: feed, every: 24h}}",
        f"{{name: own, url: '{web.origin}/own.xml', kind: feed, every: auto}}",
    )
    assert [line.partition(", http")[0] for line in desk("check").stdout.splitlines()[:-1]] == [
        "town: feed, every 90m",
        "daily: feed, every 1d",
        "own: feed, at its own rhythm",
    ]


def test_the_schema_is_for_the_file_that_check_reads(desk: Any):
    schema = json.loads(desk("check", "--schema").stdout)
    assert {"settings", "sources"} <= schema["properties"].keys()
