"""The table ``articles_fts``, the full-text index, and search in it. Any input is a search, none is a syntax error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from ingest.article import fulltext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

#: What is indexed.
COLUMNS = ("title", "authors", "text")

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


class Hit(TypedDict):
    """One story that matches. ``rank`` is BM25 (smaller is better), ``snippet`` one line around the first match."""

    id: int
    url: str
    title: str
    source: str
    published: str | None
    snippet: str
    rank: float


def search(db: Database, words: str, limit: int) -> list[Hit]:
    """The best ``limit`` stories for ``words`` (see `fulltext.match_query`), the newest first among equals."""
    query = fulltext.match_query(words)
    if not query:
        return []
    return [
        Hit(
            id=article_id,
            url=url,
            title=title,
            source=source,
            published=published,
            snippet=fulltext.snippet(text, words),
            rank=rank,
        )
        for article_id, url, title, source, published, text, rank in db.execute(
            _SEARCH, {"query": query, "limit": limit}
        )
    ]


def index(db: Database, article_id: int, row: Mapping[str, Any]) -> None:
    """Adds the words of an article."""
    db.execute("INSERT INTO articles_fts(rowid, title, authors, text) VALUES (?, ?, ?, ?)", [article_id, *_words(row)])


def unindex(db: Database, article_id: int, row: Mapping[str, Any]) -> None:
    """Takes out the words of ``row``, which must be what was indexed."""
    db.execute(
        "INSERT INTO articles_fts(articles_fts, rowid, title, authors, text) VALUES ('delete', ?, ?, ?, ?)",
        [article_id, *_words(row)],
    )


def _words(row: Mapping[str, Any]) -> list[str]:
    return [fulltext.index_words(row[name]) for name in COLUMNS]
