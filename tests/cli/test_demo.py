"""`ingest demo`, from its command to every word that lands."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

EXPECTED = Path(__file__).parents[1] / "demo" / "expected"
FURNITURE = (
    "좋아요", "슬퍼요", "화나요", "추천해요", "지금 뜨는", "관련 기사", "Popular posts", "Get link", "Post a Comment",
    "Other Apps", "Powered by Blogger", "Read more", "email\xa0protected", "email protected", "Share this", "Related",
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    database = tmp_path_factory.mktemp("demo") / "demo.db"
    done = subprocess.run(
        [sys.executable, "-m", "ingest", "--db", str(database), "demo"], capture_output=True, text=True, check=False
    )
    return done, database


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute(query).fetchall()


def as_expected(title: str, authors: str, published: str, text: str) -> str:
    return f"{title}\n{', '.join(json.loads(authors))}\n{published}\n\n{text}"


def test_every_article_lands_word_for_word(demo: tuple[Any, Path]):
    _, database = demo
    landed = {
        as_expected(*row) for row in rows(database, "SELECT title, authors, published, text FROM articles")
    }  # fmt: skip
    expected = {
        path.read_text(encoding="utf-8").strip()
        for path in EXPECTED.glob("*/*.txt")
        if not path.with_suffix(".edited.txt").exists()
    }
    assert landed == expected


def test_no_word_of_widgets_comments_or_other_posts_lands(demo: tuple[Any, Path]):
    _, database = demo
    texts = "\n".join(text for (text,) in rows(database, "SELECT title || text || authors FROM articles"))
    assert [word for word in FURNITURE if word in texts] == []


def test_the_edited_article_keeps_its_first_version(demo: tuple[Any, Path]):
    _, database = demo
    first = (EXPECTED / "tramstop" / "timetable.txt").read_text(encoding="utf-8").partition("\n\n")[2].strip()
    assert rows(database, "SELECT text FROM versions WHERE held_back = ''") == [(first,)]


def test_a_redesign_changes_nothing_that_is_stored_and_is_found(demo: tuple[Any, Path]):
    done, database = demo
    assert "courier: ok (8 held back)" in done.stdout
    assert rows(database, "SELECT count(*), count(DISTINCT article_id) FROM versions WHERE held_back <> ''") == [(8, 8)]
    found = rows(database, "SELECT source, kind, message FROM findings")
    assert [(source, kind) for source, kind, _ in found] == [("courier", "rule")]
    assert found[0][2] in done.stdout
    assert "the body of `courier` comes from `generic` instead of its rule on 8 of 8 articles" in done.stdout


def test_the_wire_story_points_to_its_first_print(demo: tuple[Any, Path]):
    _, database = demo
    ((copy, original),) = rows(
        database,
        "SELECT b.title, a.title FROM articles b JOIN articles a ON a.id = b.duplicate_of",
    )
    assert copy == original


def test_one_article_reached_by_several_addresses_is_there_once(demo: tuple[Any, Path]):
    _, database = demo
    sitemap = (files("ingest.demo") / "web" / "courier" / "news-sitemap.xml").read_text(encoding="utf-8")
    spellings = set(re.findall("<loc>(.*library-lends.*)</loc>", sitemap))
    assert len(spellings) == 3
    assert rows(database, "SELECT count(*) FROM links WHERE url LIKE '%library-lends%'") == [(1,)]


def test_two_sources_tell_of_one_event_and_both_stay(demo: tuple[Any, Path]):
    _, database = demo
    tellers = rows(database, "SELECT DISTINCT source FROM articles WHERE title LIKE '%night tram%' ORDER BY 1")
    assert tellers == [("courier",), ("tramstop",)]


def test_languages_and_raw_dates_are_kept(demo: tuple[Any, Path]):
    _, database = demo
    languages = dict(rows(database, "SELECT source, group_concat(DISTINCT language) FROM articles GROUP BY 1"))
    assert languages == {"courier": "en", "lantern": "en", "saebyeok": "ko", "shiomi": "ja", "tramstop": "en"}
    (dates,) = rows(database, "SELECT dates FROM articles WHERE source = 'saebyeok' ORDER BY published DESC LIMIT 1")[0]
    assert any("입력" in date["raw"] or date["raw"][:4] == "2026" for date in json.loads(dates))


def test_it_says_what_landed_and_what_to_try_next(demo: tuple[Any, Path]):
    done, database = demo
    assert (done.returncode, done.stderr) == (0, "")
    assert "tramstop: ok (1 changed)" in done.stdout
    assert f"ingest --db {database} browse" in done.stdout
