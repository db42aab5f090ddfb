"""`ingest fetch`, and what `ingest status` says of it afterwards, where sources want something else than to be read."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_a_source_that_asked_to_be_left_alone_is_left_alone_by_the_next_command(desk: Any, web: Any):
    web.pages["/feed.xml"].status = 429
    web.pages["/feed.xml"].headers["Retry-After"] = "3600"
    refused = desk("fetch", status=1)
    assert "town: failed — rate_limited: 429: the site asked to be left alone until 20" in refused.stdout
    web.asked.clear()
    web.pages["/feed.xml"].status = 200
    resting = desk("fetch", status=0)
    assert "town: skipped — rate_limited: 127.0.0.1 asked to be left alone until 20" in resting.stdout
    assert "/feed.xml" not in web.asked
    assert "asked to be left alone until 20" in desk("status").stdout


def test_a_feed_that_robots_txt_refuses_is_a_failure_that_status_shows(desk: Any, web: Any):
    web.text("/robots.txt", "User-agent: *\nDisallow: /feed.xml")
    assert "town: failed — robots: robots.txt does not allow this URL to us" in desk("fetch", status=1).stdout
    assert "robots: robots.txt does not allow this URL to us" in desk("status").stdout


def test_a_feed_that_has_moved_is_said_once_for_the_operator(desk: Any, web: Any):
    web.feed("/moved.xml", "/2026/council")
    web.pages["/feed.xml"].status = 301
    web.pages["/feed.xml"].headers["Location"] = "/moved.xml"
    desk("fetch")
    assert "moved" not in desk("status").stdout
    for _ in range(4):
        said = desk("fetch")
    assert "moved for good, asked there from now on" in said.stderr
    line = f"town has moved for good and is asked at {web.origin}/moved.xml; mend sources.yaml"
    assert desk("status").stdout.splitlines()[-1] == line
    assert "moved" not in desk("fetch").stderr
