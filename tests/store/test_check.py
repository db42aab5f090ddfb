"""Damage that a check finds, told in sentences that say what to do; and nothing found where nothing is."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from damaging import flip_page, replace_bytes

from ingest.errors import DamagedError, StoreError
from ingest.store import Store
from ingest.store.check import check
from ingest.store.damage import CheckReport


@pytest.fixture
def held(archive: Any, path: Path) -> Path:
    """A database of sixty articles, some of them edited or CJK, with raw pages; nobody has it open."""
    fill(archive)
    archive.store.close()
    return path


def fill(archive: Any, count: int = 60) -> None:
    queued = archive.queue(*map(str, range(count)))
    for number, link in enumerate(queued):
        archive.keep(archive.page(link.url, f"<p>Raw page {number}</p>".encode() * 20))
        archive.save_article(link, text(number), next_check=archive.now)
    for number, link in enumerate(archive.due()[:3]):
        archive.save_article(link, text(number) + " A late line says that it was all corrected.")


def text(number: int) -> str:
    lines = [
        f"Story {number} has a line {line} about the lighthouse keeper's {number * line} boats." for line in range(30)
    ]
    return "\n\n".join([*lines, f"장마철 집중호우가 {number}번째로 내렸다."])


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def kinds(report: CheckReport) -> list[tuple[str, str]]:
    return [(damage.kind, damage.ids) for damage in report.damage]


def test_a_sound_database_has_no_damage(held: Path) -> None:
    report = check(held)
    assert report.damage == []
    assert report.checked == {"articles": 60, "versions": 3, "links": 60, "pages": 60}
    assert report.as_json()["ok"] is True


def test_a_text_that_changed_on_the_disk_is_found_by_its_hash(held: Path) -> None:
    assert replace_bytes(held, b"Story 17 has a line 4 ", b"Story 17 has a\xffline 4 ")
    report = check(held)
    assert ("article", "18") in kinds(report)
    (found,) = [damage for damage in report.damage if damage.kind == "article"]
    assert found.message == "articles are not as they were stored: 18"
    assert "`ingest reextract`" in found.advice


@pytest.mark.parametrize("column", ["hints = '{'", "found_at = 'then'"])
def test_a_link_that_no_run_can_read_is_found_and_ends_a_run(archive: Any, path: Path, column: str) -> None:
    archive.queue("a", "b", "c")
    archive.store._db.execute(f"UPDATE links SET {column} WHERE id IN (2, 3)")
    assert kinds(check(path)) == [("table", "2–3")]
    with pytest.raises(DamagedError, match="`ingest db check` says"):
        archive.due()


def test_a_time_of_an_article_that_is_none_is_found(held: Path) -> None:
    change(held, "UPDATE articles SET published = '2026-13-01T00:00:00Z' WHERE id = 6")
    assert kinds(check(held)) == [("article", "6")]


def test_a_list_that_is_no_json_any_more_is_found(held: Path) -> None:
    change(held, "UPDATE articles SET dates = '[{' WHERE id = 5")
    assert kinds(check(held)) == [("article", "5")]


@pytest.mark.parametrize("statement", ["text = text || 'x'", "html = x'2020'", "content_hash = ''", "title = 7"])
def test_a_version_that_changed_is_found(held: Path, statement: str) -> None:
    change(held, f"UPDATE versions SET {statement} WHERE id = 2")
    assert ("version", "2") in kinds(check(held))


def test_articles_on_a_flipped_page_are_named_and_all_others_are_read(held: Path) -> None:
    flip_page(held, "articles", 5)
    report = check(held)
    (lost,) = [damage for damage in report.damage if damage.kind == "article"]
    assert lost.message.startswith("articles cannot be read: ")
    assert lost.count + report.checked["articles"] == 60
    assert 0 < lost.count < 10
    assert {damage.advice.partition(";")[0] for damage in report.damage} == {
        "restore a backup (docs/operating.md, Damage)"
    }


def test_a_flipped_page_of_any_other_table_is_told_by_its_name(held: Path) -> None:
    flip_page(held, "sources", 0)
    assert "rows of the table sources cannot be read" in [damage.message for damage in check(held).damage]


@pytest.mark.parametrize("index", ["articles_text_hash", "links_url", "articles_fts_data", "versions_fts_idx"])
def test_a_flipped_page_of_an_index_costs_nothing(held: Path, index: str) -> None:
    flip_page(held, index)
    report = check(held)
    assert {kind for kind, _ in kinds(report)} <= {"structure", "index"}
    assert {damage.advice.partition(" ")[0] + damage.advice.rpartition(";")[2] for damage in report.damage} == {
        "`ingest nothing is lost"
    }


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM articles_fts_docsize WHERE id IN (3, 4, 9)", "articles_fts lacks rows of articles: 3–4, 9"),
        ("DELETE FROM versions WHERE id = 2", "versions_fts has words of rows of versions that are not there: 2"),
        ("DELETE FROM articles_fts_data WHERE id = (SELECT max(id) FROM articles_fts_data)", "does not hold the words"),
    ],
)
def test_an_index_that_lacks_words_or_has_too_many_is_found(held: Path, statement: str, found: str) -> None:
    change(held, statement)
    report = check(held)
    assert [damage.kind for damage in report.damage] == ["index"]
    assert found in report.damage[0].message


def test_a_word_that_stands_elsewhere_in_the_index_is_found(archive: Any, path: Path) -> None:
    fill(archive, 3)
    db = archive.store._db
    title = (
        "INSERT INTO articles_fts(articles_fts, rowid, title, authors, text) VALUES ('delete', 2, 'Bridges', '', '')"
    )
    db.execute(title)
    db.execute("INSERT INTO articles_fts(rowid, title, authors, text) VALUES (2, 'counted', '', '')")
    assert [damage.kind for damage in check(path).damage] == ["index"]


def test_rows_that_name_what_is_not_there_are_found(held: Path) -> None:
    change(held, "UPDATE links SET article_id = 999 WHERE id IN (1, 2)")
    (found,) = check(held).damage
    assert (found.kind, found.ids) == ("reference", "1–2")


def test_a_missing_view_and_another_index_are_found_and_those_of_an_operator_are_not(held: Path) -> None:
    change(
        held,
        "DROP VIEW source_health",
        "DROP INDEX links_url",
        "CREATE INDEX links_url ON links(reason)",
        "CREATE INDEX mine ON links(reason)",
        "CREATE TABLE my_notes(note)",
    )
    said = [damage.message for damage in check(held).damage]
    assert said == [
        "the index or view links_url is another one than it was made as",
        "the index or view source_health is missing",
    ]


def test_raw_pages_that_changed_or_cannot_be_read_are_found(held: Path) -> None:
    pages = held.parent / "pages.db"
    change(pages, "UPDATE pages SET content = x'00' WHERE id = 4", "UPDATE pages SET headers = '{' WHERE id = 5")
    assert kinds(check(held)) == [("raw_page", "4–5")]
    flip_page(pages, "pages", 2)
    found = [damage.message for damage in check(held).damage]
    assert any(message.startswith("raw pages cannot be read: ") for message in found)


def test_files_that_cannot_even_be_opened_are_told(held: Path) -> None:
    (held.parent / "pages.db").write_bytes(b"Dear diary, " * 1_000)
    with held.open("r+b") as file:
        file.truncate(4096 * 9)
    assert [damage.kind for damage in check(held).damage] == ["file", "file"]
    held.write_bytes(b"")
    with pytest.raises(StoreError):
        check(held.parent / "none.db")


@pytest.mark.parametrize("name", ["articles.db", "pages.db"])
def test_a_schema_that_is_no_text_any_more_is_damage(held: Path, name: str) -> None:
    old, new = (b"CREATE INDEX links_url ", b"CREATE IN\xf2EX links_url ") if name == "articles.db" else (
        b"CREATE INDEX pages_url ", b"CREATE IN\xf2EX pages_url ",
    )  # fmt: skip
    assert replace_bytes(held.parent / name, old, new)
    assert [damage.kind for damage in check(held).damage] == ["file"]


def test_without_raw_pages_the_rest_is_checked(held: Path) -> None:
    (held.parent / "pages.db").unlink()
    report = check(held)
    assert (report.damage, report.missing) == ([], [str(held.parent / "pages.db")])


def test_a_check_beside_a_writer_sees_one_moment(archive: Any, path: Path) -> None:
    """Articles that land while the rows are read are missing in the rows, and so are their words in the index."""
    fill(archive, 5)
    more = iter(archive.queue("late", "later", "latest"))

    def write(*_: object) -> None:
        link = next(more, None)
        if link:
            archive.keep(archive.page(link.url))
            archive.save_article(link, text(99))

    assert check(path, write).damage == []
    assert check(path).checked["articles"] == 8


def test_of_an_older_version_the_structure_is_checked(held: Path) -> None:
    change(held, "DELETE FROM _sqlite_migrations WHERE name = (SELECT max(name) FROM _sqlite_migrations)")
    report = check(held)
    assert (report.damage, report.older) == ([], [str(held)])
    flip_page(held, "links", 0)
    assert [damage.kind for damage in check(held).damage] == ["table", "structure"]


def test_the_report_is_json_that_names_all(held: Path) -> None:
    change(held, "UPDATE articles SET text = 'x' WHERE id = 3")
    said = json.loads(json.dumps(check(held).as_json()))
    assert said["database"] == str(held)
    assert said["ok"] is False
    assert list(said["damage"][0]) == ["file", "kind", "message", "advice", "count", "ids"]


def test_an_empty_database_has_no_damage(path: Path) -> None:
    Store.open(path).close()
    assert check(path).damage == []
