"""The full-text indexes, of articles and of versions, and search in them. Any input is a search, none is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

from ingest.article import fulltext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlite_utils import Database

#: What is indexed.
COLUMNS = ("title", "authors", "text")

#: The two full-text indexes.
Index = Literal["articles_fts", "versions_fts"]
#: The table whose words an index holds, and what is indexed of its row by column; the tokenizer of both.
TABLES: Mapping[Index, str] = {"articles_fts": "articles", "versions_fts": "versions"}
SOURCES = {"title": "title", "authors": "coalesce(authors, '[]')", "text": "text"}
TOKENIZER = "unicode61 remove_diacritics 2"

# Of an article and its duplicates only the best match is returned; ties are broken by date. For a word that is in every
# article, only the best matches are joined with their articles.
_SEARCH = """
WITH hits AS MATERIALIZED (
    SELECT rowid AS id, bm25(articles_fts, 8.0, 4.0, 1.0) AS rank FROM articles_fts WHERE articles_fts MATCH :query
    ORDER BY rank, rowid DESC LIMIT max(2000, 20 * :limit)
), best AS (
    SELECT a.id, a.published, min(hits.rank) AS rank FROM hits JOIN articles a ON a.id = hits.id
    GROUP BY coalesce(a.duplicate_of, a.id) ORDER BY rank, a.published DESC LIMIT :limit
)
SELECT a.id, a.url, a.title, a.source, a.published, a.text, best.rank
FROM best JOIN articles a ON a.id = best.id ORDER BY best.rank, a.published DESC, a.id DESC
"""

# Of the versions of an article only the best match is returned.
_SEARCH_VERSIONS = """
WITH hits AS MATERIALIZED (
    SELECT rowid AS id, bm25(versions_fts, 8.0, 4.0, 1.0) AS rank FROM versions_fts WHERE versions_fts MATCH :query
    ORDER BY rank, rowid DESC LIMIT max(2000, 20 * :limit)
), best AS (
    SELECT v.id, min(hits.rank) AS rank FROM hits JOIN versions v ON v.id = hits.id GROUP BY v.article_id
    ORDER BY rank LIMIT :limit
)
SELECT v.article_id, coalesce(v.url, a.url), v.title, a.source, a.published, v.text, best.rank, v.id, v.held_back,
       v.seen_at
FROM best JOIN versions v ON v.id = best.id JOIN articles a ON a.id = v.article_id ORDER BY best.rank, v.id DESC
"""


class Hit(TypedDict):
    """One story that matches. ``rank`` is BM25 (smaller is better), ``snippet`` one line around the first match."""

    id: int
    url: str
    title: str
    source: str
    published: str | None
    snippet: str
    rank: float


class VersionHit(Hit):
    """An article of which the text of a version matches: ``id`` is the article's, the rest is as the version has it."""

    version: int
    held_back: str
    seen_at: str


def search(db: Database, words: str, limit: int) -> list[Hit]:
    """The best ``limit`` stories for ``words`` (see `fulltext.match_query`), the newest first among equals."""
    return [_hit(row, words) for row in _found(db, _SEARCH, words, limit)]


def search_versions(db: Database, words: str, limit: int) -> list[VersionHit]:
    """The best ``limit`` articles of which a former or held-back text matches ``words``, each by its best version."""
    return [
        VersionHit(**_hit(row, words), version=version, held_back=held_back, seen_at=seen_at)
        for *row, version, held_back, seen_at in _found(db, _SEARCH_VERSIONS, words, limit)
    ]


def _found(db: Database, sql: str, words: str, limit: int) -> Iterable[Sequence[Any]]:
    query = fulltext.match_query(words)
    return db.execute(sql, {"query": query, "limit": limit}) if query else ()


def _hit(row: Sequence[Any], words: str) -> Hit:
    article_id, url, title, source, published, text, rank = row
    return Hit(
        id=article_id,
        url=url,
        title=title,
        source=source,
        published=published,
        snippet=fulltext.snippet(text, words),
        rank=rank,
    )


def index(db: Database, row_id: int, row: Mapping[str, Any], *, table: Index = "articles_fts") -> None:
    """Adds the words of an article or a version."""
    db.execute(f"INSERT INTO {table}(rowid, title, authors, text) VALUES (?, ?, ?, ?)", [row_id, *_words(row)])  # noqa: S608


def unindex(db: Database, article_id: int, row: Mapping[str, Any]) -> None:
    """Takes out the words of ``row``, which must be what was indexed."""
    db.execute(
        "INSERT INTO articles_fts(articles_fts, rowid, title, authors, text) VALUES ('delete', ?, ?, ?, ?)",
        [article_id, *_words(row)],
    )


def index_versions(db: Database) -> None:
    """Adds the words of versions that were stored before there was an index of them."""
    last = db.execute("SELECT coalesce(max(id), 0) FROM versions_fts_docsize").fetchone()[0]
    if not last:
        index_all(db, "versions_fts")


def index_all(db: Database, table: Index) -> None:
    """Adds the words of every row to an index that is empty."""
    columns = ", ".join(f"{source} AS {name}" for name, source in SOURCES.items())
    for row in db.query(f"SELECT id, {columns} FROM {TABLES[table]} ORDER BY id"):  # noqa: S608 - ours
        index(db, row["id"], row, table=table)


def _words(row: Mapping[str, Any]) -> list[str]:
    return [fulltext.index_words(row[name]) for name in COLUMNS]
