"""The database of an older version for `kills.py`: what the first five migrations make, with many versions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from ingest.dedup import fingerprint
from ingest.store import schema, search

_MIGRATIONS = ("m001", "m002", "m003", "m004", "m005", "p001")
_VERSIONS_OF_EACH = 60


def make(folder: Path, acknowledged: Path) -> None:
    """Makes ``old/`` in the folder, from the database there; what it holds more is added to ``acknowledged``."""
    (folder / "old").mkdir()
    for name, of, prefix in (("articles.db", schema.articles_file, "m"), ("pages.db", schema.pages_file, "p")):
        with closing(sqlite3.connect(folder / "old" / name, isolation_level=None)) as connection:
            db = Database(connection, execute_plugins=False)
            db.execute("PRAGMA journal_mode = WAL")
            _migrate(db, of, prefix)
            db.execute("ATTACH ? AS new", [str(folder / name)])
            for table in ("articles", "links", "sources", "pages"):
                columns = ", ".join(row[1] for row in db.execute(f"PRAGMA main.table_info({table})"))
                if columns:
                    db.execute(f"INSERT INTO main.{table}({columns}) SELECT {columns} FROM new.{table}")
            if name == "articles.db":
                search.index_all(db, "articles_fts")
                _add_versions(db, acknowledged)


def _migrate(db: Database, of: Migrations, prefix: str) -> None:
    of.ensure_migrations_table(db)
    for name in schema.names(prefix):
        if name.startswith(_MIGRATIONS):
            for statement in schema.statements(schema.sql(name)):
                db.execute(statement)
            db["_sqlite_migrations"].insert({"migration_set": of.name, "name": name, "applied_at": "2026-01-01"})


def _add_versions(db: Database, acknowledged: Path) -> None:
    articles = db.execute("SELECT id, fetched_at, title, text FROM articles").fetchall()
    with acknowledged.open("a") as lines:
        for article_id, seen_at, title, text in articles:
            for edition in range(_VERSIONS_OF_EACH):
                former = f"{text}\n\nEdition {edition}."
                row = (article_id, seen_at, title, fingerprint.content_hash(title, former), former)
                columns = "article_id, seen_at, title, content_hash, text"
                db.execute(f"INSERT INTO versions({columns}) VALUES (?, ?, ?, ?, ?)", row)
                lines.write(f"article {article_id} {row[3]}\n")
