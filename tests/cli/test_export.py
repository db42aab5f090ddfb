"""`ingest export`: every article, whole, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Any

import pytest
from damaging import flip_page, replace_bytes

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(desk: Any) -> Any:
    desk.web.article(
        "/2026/formula", "=HYPERLINK(&quot;http://x&quot;)", "A sum of \x1b[31m money, \t of course.", "Two."
    )
    desk.web.feed("/other.xml", "/2026/formula", dates={"/2026/formula": "Mon, 02 Mar 2026 10:00:00 GMT"})
    desk.sources(
        f"{{name: town, url: '{desk.web.origin}/feed.xml', kind: feed}}",
        f"{{name: other, url: '{desk.web.origin}/other.xml', kind: feed, extract: {{title: h1, authors: '.by'}}}}",
    )
    desk("fetch")
    return desk


def lines(desk: Any, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in desk("export", *words).stdout.splitlines()]


def test_jsonl_has_every_column_with_real_lists(desk: Any):
    rows = lines(desk)
    columns = [name for _, name, *_ in desk.rows("PRAGMA table_info(articles)")]
    assert [list(row) for row in rows] == [columns] * 3
    assert [row["id"] for row in rows] == [1, 2, 3]
    for row in rows:
        assert [type(row[name]) for name in ("authors", "tags", "origins", "dates")] == [list, list, dict, list]
        assert [(row["text"],)] == desk.rows(f"SELECT text FROM articles WHERE id = {row['id']}")


def test_names_and_a_date_choose(desk: Any):
    assert {row["source"] for row in lines(desk, "other")} == {"other"}
    assert len(lines(desk, "town", "other")) == 3
    assert [row["source"] for row in lines(desk, "--since", "2026-03-01")] == ["other"]
    assert len(lines(desk, "--since", "2026-03-03")) == 0


def test_an_article_without_a_date_counts_from_the_day_it_was_found(desk: Any):
    with closing(sqlite3.connect(desk.folder / "db" / "articles.db")) as db, db:
        db.execute("UPDATE articles SET published = NULL, first_seen = '2026-05-01T00:00:00Z' WHERE source = 'other'")
    assert [row["source"] for row in lines(desk, "--since", "2026-04-30")] == ["other"]


def test_csv_has_the_same_articles_and_no_formula(desk: Any):
    output = desk("export", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(output)))
    assert [row["title"] for row in rows if row["source"] == "other"] == ['\'=HYPERLINK("http://x")']
    assert [row["text"] for row in rows if row["source"] == "town"] == [row["text"] for row in lines(desk, "town")]
    assert [json.loads(row["origins"]) for row in rows] == [row["origins"] for row in lines(desk)]
    assert [character for character in output if ord(character) < 32 and character != "\n"] == []


def test_an_export_without_articles_is_a_header_or_nothing(desk: Any):
    output = desk("export", "--format", "csv", "--since", "2030-01-01").stdout
    assert output.startswith("id,key,url,")
    assert len(output.splitlines()) == 1
    assert desk("export", "--since", "2030-01-01").stdout == ""


def test_a_source_nobody_had_is_a_usage_error_with_a_suggestion(desk: Any):
    assert "did you mean town?" in desk("export", "twon", status=2).stderr


def test_who_reads_only_the_beginning_is_no_error(desk: Any):
    command = f"{sys.executable} -m ingest export | head -c 1"
    done = subprocess.run(command, shell=True, cwd=desk.folder, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("{", "")


def test_an_article_that_changed_on_the_disk_is_exported_with_a_warning(desk: Any):
    assert replace_bytes(desk.folder / "db" / "articles.db", b"the 9th time", b"the \xff9h time") >= 1
    done = desk("export", status=1)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == [1, 2, 3]
    assert ["the \ufffd9h time" in row["text"] for row in rows] == [row["source"] == "town" for row in rows]
    warnings = done.stderr.splitlines()
    assert [line.partition(" (")[0] for line in warnings] == [
        f"article {row['id']}" for row in rows if row["source"] == "town"
    ]
    assert all("`ingest db check`" in line for line in warnings)
    assert len(desk("export", "other").stdout.splitlines()) == 1


def test_a_list_that_changed_on_the_disk_is_exported_as_its_text(desk: Any):
    with closing(sqlite3.connect(desk.folder / "db" / "articles.db")) as db, db:
        db.execute("UPDATE articles SET tags = '[\x22a\x22' WHERE id = 2")
    done = desk("export", status=1)
    assert [json.loads(line)["tags"] for line in done.stdout.splitlines()] == [[], '["a"', []]
    assert done.stderr.startswith("article 2 (")


def test_a_version_that_changed_on_the_disk_is_exported_with_a_warning_and_is_not_put_back(desk: Any):
    with closing(sqlite3.connect(desk.folder / "db" / "articles.db")) as db, db:
        db.execute("UPDATE articles SET title = 'Former', content_hash = 'former' WHERE source = 'other'")
    later = {"/2026/formula": "Tue, 03 Mar 2026 10:00:00 GMT"}
    desk.web.article("/2026/formula", "Another sum", "A sum of quite another money, of course.", "Two.", "Three, too.")
    desk.web.feed("/other.xml", "/2026/formula", dates=later)
    desk("fetch")
    ((article, version),) = desk.rows("SELECT article_id, id FROM versions")
    with closing(sqlite3.connect(desk.folder / "db" / "articles.db")) as db, db:
        db.execute("UPDATE versions SET html = x'2020'")
    assert f"version {version} (" in desk("export", "--versions", status=1).stderr
    desk("export")
    desk("versions", str(article))
    before = desk.rows("SELECT * FROM articles")
    assert f"version {version} is damaged" in desk("revert", str(article), str(version), status=3).stderr
    assert desk.rows("SELECT * FROM articles") == before


def test_a_flipped_page_ends_the_export_with_3(desk: Any):
    flip_page(desk.folder / "db" / "articles.db", "articles")
    assert "the database is damaged" in desk("export", status=3).stderr
