"""Released migrations stay as they are, and docs/schema.md and the tables say the same."""

from __future__ import annotations

import hashlib
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from ingest.store import Reader, Store, schema

#: SHA-256 of each file in ingest/store/migrations that a release has applied to someone's database, cut to 32 digits.
RELEASED = {
    "m001_tables": "78416261bc22a10d384897be032d60ab",
    "m002_history": "ae0208eb7b7fb2a5444df16333a3f5f3",
    "m003_asking": "ad2457fc5e4cb95fee41525db7b5dfd8",
    "m004_later_pages": "30bb775b917358064f21fdf8a0452456",
    "m005_large_queues": "ceb83bd5a7bd7f4d2edf3914c0cc3e5e",
    "m006_kept_whole": "edbd27810d4a50460180498874d7bcff",
    "m007_findings": "d3db5a67f70cf27439f3c5767b1188bf",
    "m008_notifications": "7bb60e9eb8620f10daef45c8c932dc63",
    "m009_canonicals": "c03df6e84354d4fbab71cc1afc92fd71",
    "m010_noise": "e53306bc6324f450adb6e0bf5fdd8c06",
    "m011_versions_search": "33bed92c9230f0307093c845257787df",
    "p001_pages": "06be2f09f1db2c0fadf0b716de071637",
}

DOCS = Path(__file__).parents[2] / "docs" / "schema.md"
_HEADING = re.compile(r"^## (\w+)(?: \(.*\))?$", re.MULTILINE)
_COLUMN = re.compile(r"^\| `(\w+)` \| .{3,} \|$", re.MULTILINE)


def _described() -> dict[str, set[str]]:
    _, *parts = _HEADING.split(DOCS.read_text())
    tables = dict(zip(parts[::2], map(_COLUMN.findall, parts[1::2]), strict=True))
    return {name: set(columns) for name, columns in tables.items() if columns}


def _made() -> dict[str, set[str]]:
    with closing(Database(memory=True).conn) as connection:
        db = Database(connection)
        schema.articles_file.apply(db)
        schema.pages_file.apply(db)
        names = [
            name
            for name in db.table_names() + db.view_names()
            if not name.startswith(("articles_fts_", "versions_fts_", "sqlite_", "_"))
        ]
        return {name: set(db[name].columns_dict) for name in names}


def test_every_table_and_column_is_described_and_none_that_is_not_there() -> None:
    assert _described() == _made()


def test_the_documented_query_by_hand_finds_what_it_says(archive: Any) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued, "수도권에 집중호우가 내렸다.", title="호우")
    (sql,) = re.findall(r"`(SELECT title .*)`\.", DOCS.read_text())
    assert archive.rows(sql) == [{"title": "호우"}]


def test_migrations_can_be_applied_again(archive: Any, path: Path) -> None:
    (queued,) = archive.queue("a")
    archive.save_article(queued)
    archive.store.close()
    with closing(Database(path).conn) as connection:
        db = Database(connection)
        assert schema.articles_file.pending(db) == []
        schema.articles_file.apply(db)
        assert db["articles"].count == 1


@pytest.mark.parametrize("name", [*schema.ARTICLES_FILE, *schema.PAGES_FILE])
def test_a_released_migration_never_changes(name: str) -> None:
    digest = hashlib.sha256(schema.sql(name).encode()).hexdigest()[:32]
    assert RELEASED.get(name) == digest, (
        f"{name}.sql is not what was released. Databases that have had it will not have it again: undo the edit and"
        f" add a new migration instead. If {name} is new, add it to RELEASED as {digest!r}."
    )


def test_every_migration_file_is_applied_in_the_order_of_the_names() -> None:
    assert sorted(RELEASED) == sorted(path.stem for path in (Path(schema.__file__).parent / "migrations").iterdir())
    assert list(schema.ARTICLES_FILE) == sorted(schema.ARTICLES_FILE)


def test_a_database_of_the_first_release_is_brought_up_to_date_with_its_rows(path: Path) -> None:
    with closing(Database(path).conn) as connection:
        old = Database(connection)
        schema.articles_file.apply(old, stop_before="m002_history")
        old["sources"].insert({"name": "news", "url": "https://news.example/", "kind": "feed", "added_at": "2026"})
        old["links"].insert(
            {"key": "a", "url": "a", "source": "news", "found_at": "2026", "via": "", "state": "queued"}
        )
    Store.open(path).close()
    with Reader.open(path) as reader:
        (status,) = reader.status()
    assert (status["name"], status["queued"], status["moved_to"]) == ("news", 1, None)


def test_a_migration_that_fails_leaves_nothing_behind(path: Path) -> None:
    with closing(Database(path).conn) as connection:
        db = Database(connection)
        db.execute("CREATE TABLE url_shapes (occupied)")
        with pytest.raises(Exception, match="already exists"):
            schema.articles_file.apply(db)
        applied = [migration.name for migration in schema.articles_file.applied(db)]
        assert applied == ["m001_tables", "m002_history"]
        assert "content_hash" not in db["index_pages"].columns_dict
