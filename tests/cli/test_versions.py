"""`ingest versions` and `ingest revert`: what an article said before, and how it comes back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

pytestmark = pytest.mark.slow

EDIT = "The clerk had counted them twice."


@pytest.fixture
def desk(desk: Any) -> Any:
    """One of two articles was edited between two runs."""
    sentences = [
        f"The council met for the {number}th time and adjourned for lack of a quorum." for number in range(2, 16)
    ]
    desk("fetch")
    desk.web.article("/2026/council", "The council adjourns", *sentences, EDIT)
    with closing(sqlite3.connect(desk.folder / "db/articles.db")) as db, db:
        db.execute("UPDATE links SET next_try = '2026-01-01T00:00:00Z'")
    assert json.loads(desk("fetch", "--json").stdout)["totals"]["changed"] == 1
    ((desk.article,),) = desk.rows("SELECT article_id FROM versions")
    return desk


def test_the_versions_of_an_article_are_shown_with_what_differs_word_by_word(desk: Any) -> None:
    said = desk("versions", str(desk.article)).stdout
    assert said.splitlines()[0] == f"article {desk.article}: The council adjourns"
    assert "1 version" in said
    assert f"    {{+{EDIT}+}}" in said.splitlines()
    assert "15 paragraphs the same" in said


def test_the_json_has_every_field_of_every_version(desk: Any) -> None:
    printed = json.loads(desk("versions", str(desk.article), "--json").stdout)
    (version,) = printed["versions"]
    assert EDIT in printed["article"]["text"]
    assert EDIT not in version["text"]
    assert version["html"].startswith("<p>The council met for the 2th time")
    assert set(version["origins"]) == set(printed["article"]["origins"])


def test_a_version_is_put_back_and_the_next_runs_leave_it_so(desk: Any) -> None:
    desk("revert", str(desk.article), "1")
    text = f"SELECT text FROM articles WHERE id = {desk.article}"
    assert EDIT not in desk.rows(text)[0][0]
    with closing(sqlite3.connect(desk.folder / "db/articles.db")) as db, db:
        db.execute("UPDATE links SET next_try = '2026-01-01T00:00:00Z', etag = '', last_modified = '', page_hash = ''")
    report = json.loads(desk("fetch", "--json").stdout)["totals"]
    assert (report["held_back"], report["changed"]) == (1, 0)
    assert EDIT not in desk.rows(text)[0][0]
    assert "held back (reverted)" in desk("versions", str(desk.article)).stdout


@pytest.mark.parametrize("words", [("versions", "99"), ("revert", "99", "1"), ("revert", "1", "99")])
def test_what_is_not_there_is_a_mistake_in_the_command(desk: Any, words: tuple[str, ...]) -> None:
    assert "99" in desk(*words, status=2).stderr


def test_search_and_export_include_versions_when_asked(desk: Any) -> None:
    desk("revert", str(desk.article), "1")
    assert desk("search", "clerk").stdout.strip() == "nothing found"
    assert f"(version 2 of article {desk.article})" in desk("search", "--versions", "clerk").stdout
    lines = [json.loads(line) for line in desk("export", "--versions").stdout.splitlines()]
    assert {line["id"]: len(line["versions"]) for line in lines}[desk.article] == 2
    assert "versions" not in json.loads(desk("export").stdout.splitlines()[0])
    assert "--format jsonl" in desk("export", "--versions", "--format", "csv", status=2).stderr
