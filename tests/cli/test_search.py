"""`ingest search`."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_search_finds_words_and_takes_any_input(desk: Any):
    desk("fetch")
    hits = json.loads(desk("search", "--json", "quorum").stdout)
    assert {hit["title"] for hit in hits} == {"The council adjourns", "What a quorum is"}
    for words in ('"', "a AND (", "NEAR(", "*", "日", "'; DROP TABLE articles; --"):
        desk("search", words)


def test_a_hit_is_its_title_its_source_and_its_words_in_context(desk: Any, web: Any):
    desk("fetch")
    title, where, snippet, *_, count = desk("search", "adjourns").stdout.splitlines()
    assert title == "The council adjourns"
    assert where.endswith(f"  town  {web.origin}/2026/council")
    assert snippet.startswith("  ")
    assert count == "1 article"


def test_a_search_that_finds_nothing_says_so(desk: Any):
    desk("fetch")
    assert desk("search", "zeppelin").stdout == "nothing found\n"
