"""docs/schema.md and the tables say the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from ingest.store import schema

DOCS = Path(__file__).parents[2] / "docs" / "schema.md"
_HEADING = re.compile(r"^## (\w+)(?: \(.*\))?$", re.MULTILINE)
_COLUMN = re.compile(r"^\| `(\w+)` \| .{3,} \|$", re.MULTILINE)


def _described() -> dict[str, set[str]]:
    _, *parts = _HEADING.split(DOCS.read_text())
    tables = dict(zip(parts[::2], map(_COLUMN.findall, parts[1::2]), strict=True))
    return {name: set(columns) for name, columns in tables.items() if columns}


def _made() -> dict[str, set[str]]:
    db = Database(memory=True)
    schema.articles_file.apply(db)
    schema.pages_file.apply(db)
    names = [
        name for name in db.table_names() + db.view_names() if not name.startswith(("articles_fts_", "sqlite_", "_"))
    ]
    return {name: set(db[name].columns_dict) for name in names}


def test_every_table_and_column_is_described_and_none_that_is_not_there() -> None:
    assert _described() == _made()


def test_the_documented_query_by_hand_finds_what_it_says(desk: Any) -> None:
    (queued,) = desk.queue("a")
    desk.save_article(queued, "수도권에 집중호우가 내렸다.", title="호우")
    (sql,) = re.findall(r"`(SELECT title .*)`\.", DOCS.read_text())
    assert desk.rows(sql) == [{"title": "호우"}]


def test_migrations_can_be_applied_again(desk: Any, path: Path) -> None:
    (queued,) = desk.queue("a")
    desk.save_article(queued)
    desk.store.close()
    assert schema.articles_file.pending(Database(path)) == []
    schema.articles_file.apply(Database(path))
    assert Database(path)["articles"].count == 1
