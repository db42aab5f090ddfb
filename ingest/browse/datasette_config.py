"""Titles, sort order and facets of our tables for Datasette. The user's own configuration takes precedence."""

from __future__ import annotations

import copy
from typing import Any

from ingest.browse.databases import ingest_databases

_TABLES: dict[str, dict[str, Any]] = {
    "articles": {
        "title": "Articles",
        "label_column": "title",
        "sort_desc": "published",
        # Each of these is counted by an index. Authors are left out: Datasette would copy all texts to count them.
        "facets": ["source", "language", "section", {"date": "published"}],
        "facet_size": 8,
        "fts_table": "articles_fts",
        "fts_pk": "id",
        "size": 50,
    },
    "links": {
        "title": "Links",
        "description": "Every URL ever found, and what became of it.",
        "label_column": "url",
        "sort_desc": "id",
        "facets": ["state", "source", "error"],
    },
    "versions": {
        "title": "Versions",
        "description": "What articles said before they were edited, and readings that were held back.",
        "sort_desc": "seen_at",
    },
    "sources": {
        "title": "Sources",
        "description": "Every source ever configured.",
        "label_column": "name",
        "sort": "name",
    },
    "source_health": {"title": "Health of the sources"},
    "fetches": {
        "title": "Fetches",
        "description": "Every request of the last 30 days.",
        "sort_desc": "id",
        "facets": ["source", "status", "error"],
    },
    "index_pages": {
        "title": "Index pages",
        "description": "Feeds, sitemaps and listings, with what they sent for a conditional request.",
    },
    "_sqlite_migrations": {"hidden": True},
}

#: Name of the stored query that ranks its results.
SEARCH = "search"
# `render_cell` shows the column `article` as a link.
_SEARCH = """\
SELECT a.id AS article, a.published, a.title, a.source, ingest_snippet(a.text, :words) AS snippet
FROM (
  SELECT rowid AS id, bm25(articles_fts, 8.0, 4.0, 1.0) AS rank FROM articles_fts
  WHERE articles_fts MATCH escape_fts(:words) ORDER BY rank, rowid DESC LIMIT 2000
) hits JOIN articles a ON a.id = hits.id
ORDER BY hits.rank, a.published DESC LIMIT 100"""

_QUERIES = {SEARCH: {"sql": _SEARCH, "title": "Search, the best match first", "hide_sql": True}}


def metadata(datasette: Any) -> dict[str, Any]:
    """Datasette's metadata for our databases; a new copy for each call, because Datasette 0.65 changes it."""
    settings = {"tables": _TABLES, "queries": _QUERIES}
    return {"databases": {name: copy.deepcopy(settings) for name in ingest_databases(datasette)}}


def configure(datasette: Any) -> None:
    """Adds `metadata` as defaults to the configuration of Datasette 1.0; does nothing with 0.65, which has none."""
    if isinstance(getattr(datasette, "config", None), dict):
        datasette.config = _merged(datasette.config, metadata(datasette))


def _merged(configured: Any, defaults: Any) -> Any:
    if not isinstance(configured, dict) or not isinstance(defaults, dict):
        return configured
    return defaults | {
        key: _merged(value, defaults[key]) if key in defaults else value for key, value in configured.items()
    }
