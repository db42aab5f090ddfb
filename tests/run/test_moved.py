"""An article that its site has moved to another address is one article."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from in_process import LINES, Town

from ingest.run import articles, indexes
from ingest.run.context import RunContext
from ingest.run.report import SourceReport

#: What the old address of a moved article answers.
MOVED: dict[str, Any] = {"status": 301, "headers": {"Location": "/2026/the-ferry"}}
TEXT = [f"{line} ({number})" for number in range(4) for line in LINES]


def read(town: Town) -> SourceReport:
    async def run(context: RunContext) -> SourceReport:
        report = SourceReport("town")
        await indexes.poll(context, town.source, report, None)
        await articles.ingest_due(context, town.source, report)
        return report

    return town.step(run)


@pytest.fixture
def town(web: Any, tmp_path: Any) -> Town:
    town = Town(web, tmp_path / "articles.db")
    web.feed("/feed.xml", "/2026/ferry")
    web.article("/2026/ferry", "The ferry", *TEXT)
    assert read(town).new == 1
    web.feed("/feed.xml", "/2026/the-ferry")
    web.article("/2026/the-ferry", "The ferry", *TEXT)
    return town


@pytest.mark.parametrize("old", [MOVED, {"status": 410}, {"status": 404}])
def test_a_renamed_article_stays_one(town: Town, old: dict[str, Any]) -> None:
    town.answer("/2026/ferry", b"", **old)
    report = read(town)
    assert (report.new, report.duplicate, report.unchanged) == (0, 0, 1)
    assert town.rows("SELECT url LIKE '%/the-ferry', gone_at FROM articles") == [(1, None)]
    assert town.rows("SELECT DISTINCT article_id, state FROM links") == [(1, "done")]


def test_the_same_text_at_two_addresses_is_a_duplicate_while_both_are_there(town: Town) -> None:
    assert read(town).duplicate == 1
    assert town.rows("SELECT count(*), sum(duplicate_of = 1) FROM articles") == [(2, 1)]


def test_an_address_that_does_not_answer_is_not_taken_for_moved(town: Town) -> None:
    town.answer("/2026/ferry", b"", status=503)
    assert read(town).duplicate == 1


def test_a_moved_article_is_looked_up_at_its_old_address_once(town: Town) -> None:
    town.answer("/2026/ferry", b"", **MOVED)
    read(town)
    with closing(sqlite3.connect(town.database)) as db, db:
        db.execute("UPDATE links SET next_try = '2026-01-01T00:00:00Z', page_hash = '' WHERE url LIKE '%/the-ferry'")
    town.web.asked.clear()
    assert read(town).unchanged == 1
    assert "/2026/ferry" not in town.web.asked
