"""`ingest reextract`: better rules for pages of yesterday, without asking anybody."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import Any

import pytest
import zstandard

from ingest.dedup.fingerprint import bytes_hash

pytestmark = pytest.mark.slow

RULE = "extract: {body: main, drop: h1, cut_at: ['Read on']}"


@pytest.fixture
def desk(desk: Any) -> Any:
    """One article was read too far, by the rules of yesterday."""
    lines = [f"The {number}th of the new lamps was lit on the harbour wall this evening." for number in range(2, 9)]
    desk.lines = lines
    desk.web.article("/2026/lamps", "New lamps", *lines, "Read on: what the old lamps are doing now, and where")
    desk.web.feed("/feed.xml", "/2026/lamps", "/2026/council")
    desk("fetch")
    desk.web.asked.clear()
    return desk


def source(desk: Any, more: str = "") -> str:
    return f"{{name: town, url: '{desk.web.origin}/feed.xml', kind: feed{', ' * bool(more)}{more}}}"


def text(desk: Any) -> str:
    ((text,),) = desk.rows("SELECT text FROM articles WHERE url LIKE '%lamps'")
    return str(text)


def test_with_the_same_rules_nothing_changes(desk: Any):
    before = desk.rows("SELECT * FROM articles"), desk.rows("SELECT * FROM links")
    done = desk("reextract")
    assert done.stdout.splitlines()[0] == "town: ok (2 unchanged)"
    assert (desk.rows("SELECT * FROM articles"), desk.rows("SELECT * FROM links")) == before


def test_a_new_rule_is_applied_and_the_old_text_becomes_a_version(desk: Any):
    old = text(desk)
    assert "Read on" in old
    desk.sources(source(desk, RULE))
    done = desk("reextract")
    assert "town: ok (1 changed, 1 unchanged)" in done.stdout.splitlines()
    assert text(desk).splitlines()[-1] == desk.lines[-1]
    assert desk.rows("SELECT text FROM versions") == [(old,)]
    assert desk("search", "lamps").stdout.splitlines()[-1] == "1 article"


def test_no_server_is_asked_and_no_link_is_touched(desk: Any):
    before = desk.rows("SELECT * FROM links")
    desk.sources(source(desk, RULE))
    desk("reextract")
    assert desk.web.asked == []
    assert desk.rows("SELECT * FROM links") == before


def test_what_the_feed_said_is_kept(desk: Any):
    asked = "SELECT url, published, json_extract(origins, '$.published') FROM articles ORDER BY url"
    before = desk.rows(asked)
    assert before[1] == (f"{desk.web.origin}/2026/lamps", "2026-02-02T02:40:00Z", "hints")
    desk.sources(source(desk, RULE))
    desk("reextract")
    assert desk.rows(asked) == before


def test_a_dry_run_tells_and_stores_nothing(desk: Any):
    before = desk.rows("SELECT * FROM articles")
    desk.sources(source(desk, RULE))
    done = desk("reextract", "--dry-run")
    lines = done.stdout.splitlines()
    ((article,),) = desk.rows("SELECT id FROM articles WHERE url LIKE '%lamps'")
    assert f"{desk.web.origin}/2026/lamps (article {article})" in lines
    assert "      [-Read on: what the old lamps are doing now, and where-]" in lines
    assert "      … 7 paragraphs the same" in lines
    assert "  body answered by: generic → rule:town" in lines
    assert "town: ok (1 changed, 1 unchanged)" in lines
    assert "nothing was stored" in done.stdout
    assert desk.rows("SELECT * FROM articles") == before
    assert desk.rows("SELECT count(*) FROM versions") == [(0,)]


def test_a_reader_of_the_output_that_goes_away_ends_the_run_without_a_word(desk: Any):
    desk.sources(source(desk, RULE))
    words = [sys.executable, "-m", "ingest", "reextract", "--dry-run"]
    with subprocess.Popen(words, cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")


def test_what_a_rule_leaves_out_by_mistake_is_held_back_unless_all_is_to_be_taken(desk: Any):
    old = text(desk)
    desk.sources(source(desk, "extract: {body: 'main p:first-of-type'}"))
    done = desk("reextract")
    assert text(desk) == old, done.stdout
    assert "held back" in done.stdout
    desk("reextract", "--take-all")
    assert text(desk) == desk.lines[0]


def test_a_page_that_was_no_article_before_becomes_one(desk: Any):
    desk.sources(source(desk, "extract: {body: section}"))
    desk.web.feed("/feed.xml", "/2026/tides")
    desk.web.text("/2026/tides", "<h1>Tides</h1><nav class=menu><i>High at noon, low at six.</i></nav>", "text/html")
    desk("fetch", status=None)
    ((state, error),) = desk.rows("SELECT state, error FROM links WHERE url LIKE '%tides'")
    assert (state, error) == ("failed", "empty")
    desk.sources(source(desk, "extract: {body: nav}"))
    done = desk("reextract")
    assert "1 new" in done.stdout
    assert desk.rows("SELECT state, error, attempts FROM links WHERE url LIKE '%tides'") == [("done", None, 0)]
    assert desk.rows("SELECT text FROM articles WHERE url LIKE '%tides'") == [("High at noon, low at six.",)]


def test_a_page_that_can_no_longer_be_read_is_told_and_its_article_stays(desk: Any):
    desk.web.feed("/other.xml", "/elsewhere")
    desk.web.article("/elsewhere", "Elsewhere", *desk.lines[::-1])
    desk.sources(source(desk), f"{{name: other, url: '{desk.web.origin}/other.xml', kind: feed}}")
    desk("fetch")
    before = desk.rows("SELECT * FROM articles ORDER BY id")
    with closing(sqlite3.connect(desk.folder / "db" / "pages.db")) as db, db:
        empty = b"<html><body></body></html>"
        broken = zstandard.ZstdCompressor().compress(empty)
        db.execute(
            "UPDATE pages SET content = ?, size = ?, content_hash = ? WHERE url LIKE '%elsewhere'",
            [broken, len(empty), bytes_hash(empty)],
        )
    done = desk("reextract")
    assert "town: ok (2 unchanged)" in done.stdout
    assert "/elsewhere (article 3, held back: the page has no text any more)" in done.stdout
    assert "other: ok (1 held back)" in done.stdout
    assert desk.rows("SELECT * FROM articles ORDER BY id") == before


def test_a_page_that_is_older_than_its_article_is_left_alone(desk: Any):
    """As happens when ``keep_raw`` was set to none for a while."""
    desk.web.article("/2026/lamps", "Newer lamps", *desk.lines)
    later = {"/2026/lamps": "Mon, 02 Mar 2026 10:00:00 GMT"}
    desk.web.feed("/feed.xml", "/2026/lamps", "/2026/council", dates=later)
    desk.sources(source(desk, "keep_raw: none"))
    time.sleep(1.1)  # Times are stored to the second.
    assert "1 changed" in desk("fetch").stdout
    assert "changed (" not in desk("reextract").stdout.replace("unchanged", "")
    assert desk.rows("SELECT title FROM articles WHERE url LIKE '%lamps'") == [("Newer lamps",)]


def test_only_the_named_source_is_read(desk: Any):
    desk.sources(source(desk), f"{{name: other, url: '{desk.web.origin}/other.xml', kind: feed}}")
    assert desk("reextract", "other").stdout.splitlines()[0] == "other: ok (nothing new)"
    assert "did you mean town?" in desk("reextract", "twon", status=2).stderr


@pytest.mark.parametrize("command", ["reextract", "fetch"])
def test_a_database_that_breaks_under_way_ends_with_3(desk: Any, command: str):
    desk.sources(source(desk, RULE))
    later = {"/2026/lamps": "Mon, 02 Mar 2026 10:00:00 GMT"}
    desk.web.article("/2026/lamps", "Lamps again", *desk.lines)
    desk.web.feed("/feed.xml", "/2026/lamps", "/2026/council", dates=later)
    with closing(sqlite3.connect(desk.folder / "db" / "articles.db")) as db, db:
        db.execute("DROP TABLE versions")
    assert "no such table" in desk(command, status=3).stderr


def test_without_raw_pages_it_says_what_is_missing(desk: Any):
    (desk.folder / "db" / "pages.db").unlink()
    assert "pages.db: the raw pages are missing" in desk("reextract", status=3).stderr
    assert not (desk.folder / "db" / "pages.db").exists()


def test_damaged_raw_pages_are_left_alone_and_told(desk: Any):
    (desk.folder / "db" / "pages.db").write_bytes(b"Dear diary, " * 1_000)
    assert "pages.db: the raw pages are damaged" in desk("reextract", status=3).stderr
    assert len(desk("export").stdout.splitlines()) == 2
    assert desk("search", "lamps").stdout.splitlines()[-1] == "1 article"
    desk("status")


def test_a_damaged_raw_page_replaces_nothing(desk: Any):
    before = desk.rows("SELECT * FROM articles")
    with closing(sqlite3.connect(desk.folder / "db" / "pages.db")) as db, db:
        other = zstandard.ZstdCompressor().compress(b"<h1>Lamps</h1><p>Another page.</p>")
        db.execute("UPDATE pages SET content = ? WHERE url LIKE '%lamps'", [other])
        db.execute("UPDATE pages SET last_seen = 'x' || last_seen WHERE url LIKE '%council'")
    done = desk("reextract", status=1)
    assert "2 failed" in done.stdout
    assert done.stderr.count("the kept page is damaged") == 2
    assert desk.rows("SELECT * FROM articles") == before
