"""A fetch with its row in the log, and the raw page that is kept of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from in_process import Town

from ingest.errors import FetchError
from ingest.store import Reader


def _kept(town: Town) -> list[str]:
    with Reader.open(town.database) as reader:
        return [raw.page.url.removeprefix(town.web.origin) for raw, _ in reader.raw_pages()]


def test_a_fetch_is_logged_with_what_came_of_it(town: Town) -> None:
    page = town.step(lambda context: context.fetch(town.source, f"{town.web.origin}/2026/ferry"))
    assert town.rows("SELECT source, url, status, bytes, error FROM fetches") == [
        ("town", f"{town.web.origin}/2026/ferry", 200, len(page.content), None)
    ]
    assert _kept(town) == []


def test_a_page_is_kept_if_the_step_and_the_source_want_it(town: Town) -> None:
    frugal = replace(town.source, keep_raw="none")
    town.step(lambda context: context.fetch(town.source, f"{town.web.origin}/2026/ferry", keep=True))
    town.step(lambda context: context.fetch(frugal, f"{town.web.origin}/2026/fog", keep=True))
    assert _kept(town) == ["/2026/ferry"]


def test_a_failed_fetch_is_logged_with_its_error_class(town: Town) -> None:
    with pytest.raises(FetchError):
        town.step(lambda context: context.fetch(town.source, f"{town.web.origin}/gone"))
    assert town.rows("SELECT status, bytes, error FROM fetches") == [(404, 0, "http_4xx")]


def test_a_host_that_asks_to_be_left_alone_is_left_alone_by_the_next_process_too(town: Town) -> None:
    town.answer("/busy", b"later", status=429, headers={"Retry-After": "900"})
    for _ in range(2):
        with pytest.raises(FetchError, match="rate_limited"):
            town.step(lambda context: context.fetch(town.source, f"{town.web.origin}/busy"))
    assert town.web.asked.count("/busy") == 1
    # Nobody was asked the second time, so that there is nothing to log.
    assert town.rows("SELECT error FROM fetches") == [("rate_limited",)]
    assert len(town.rows("SELECT * FROM pauses")) == 1


def test_a_preview_leaves_no_row(town: Town) -> None:
    town.step(lambda context: context.get(town.source, f"{town.web.origin}/2026/ferry"))
    assert town.rows("SELECT * FROM fetches") == []
