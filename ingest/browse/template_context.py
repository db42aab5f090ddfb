"""What the templates show, made ready: the home page, the list of articles, one article. Draws nothing.

All text is escaped by the templates, except for the body, which is sanitised here again: a database may come from
somebody else.
"""

from __future__ import annotations

import json
from typing import Any

import nh3
from datasette.utils import urlsafe_components
from markupsafe import Markup

from ingest.article import fulltext
from ingest.article.body import TAGS
from ingest.browse.databases import ours
from ingest.browse.datasette_config import SEARCH

_LATEST = 20
#: On the home page. Where there are more, those that fail stand first, and a link leads to all.
_SOURCES = 200
_SNIPPET = 220

_HEADLINE = "id, url, title, source, authors, published, language, section, word_count, duplicate_of"
_OF_STORY = """
SELECT id, title, source, url, published FROM articles
WHERE (id = :story OR duplicate_of = :story) AND id <> :id ORDER BY id"""


async def home(datasette: Any) -> dict[str, Any]:
    """Health of the sources and latest articles, of each of our databases."""
    return {"ingest_databases": [await _overview(datasette.get_database(name)) for name in ours(datasette)]}


async def articles(database: Any, request: Any, view: str) -> dict[str, Any]:
    """Variables for the list of articles and for one of them."""
    search = request.args.get("_search") or ""
    found: dict[str, Any] = {
        "ingest_list": lambda rows: [_headline(_cells(row), search) for row in rows],
        "ingest_when": when,
        "ingest_search": search,
        "ingest_ranked": SEARCH,
    }
    if search:
        # Datasette 1.0a41 forgets what was typed.
        found["search"] = search
    if view == "row":
        found["ingest_article"] = await _article(database, request.url_vars["pks"])
    return found


def when(stamp: str | None) -> str:
    """``2026-01-06 05:18`` of what is stored as ``2026-01-06T05:18:00Z``."""
    return (stamp or "")[:16].replace("T", " ")


async def _overview(database: Any) -> dict[str, Any]:
    sources = [row | {"health": _health(row)} for row in await _rows(database, "SELECT * FROM source_health")]
    latest = await _rows(
        database,
        f"SELECT {_HEADLINE} FROM articles ORDER BY published DESC, id DESC LIMIT {_LATEST}",  # noqa: S608 - ours
    )
    return {
        "name": database.name,
        "sources": _shown(sources),
        "source_count": len(sources),
        "articles": sum(source["articles"] for source in sources),
        "queued": sum(source["queued"] for source in sources),
        "failing": sum(source["health"] == "failing" for source in sources),
        "latest": [_headline(row, "") for row in latest],
        "when": when,
    }


def _shown(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(sources) <= _SOURCES:
        return sources
    return sorted(sources, key=lambda source: source["health"] != "failing")[:_SOURCES]


def _health(source: dict[str, Any]) -> str:
    if not source["active"]:
        return "dropped"
    if source["error"]:
        return "failing"
    return "well" if source["last_ok"] else "waiting"


async def _article(database: Any, key: str) -> dict[str, Any] | None:
    rows = await _rows(database, "SELECT * FROM articles WHERE id = ?", urlsafe_components(key)[:1])
    if not rows:
        return None
    (article,) = rows
    story = {"story": article["duplicate_of"] or article["id"], "id": article["id"]}
    return article | {
        "authors": _json(article["authors"], []),
        "tags": _json(article["tags"], []),
        "origins": _json(article["origins"], {}),
        "dates": _json(article["dates"], []),
        "body": body(article["html"]),
        "address": _address(article["url"]),
        "same": await _rows(database, _OF_STORY, story),
        "versions": await _of_article(database, "id, seen_at, title", "versions", article["id"]),
        "links": await _of_article(database, "id, url, source, via, found_at, checked_at", "links", article["id"]),
    }


async def _of_article(database: Any, columns: str, table: str, article_id: int) -> list[dict[str, Any]]:
    sql = f"SELECT {columns} FROM {table} WHERE article_id = ? ORDER BY id DESC LIMIT 100"  # noqa: S608 - our own names
    return await _rows(database, sql, [article_id])


async def _rows(database: Any, sql: str, values: Any = ()) -> list[dict[str, Any]]:
    return [dict(row) for row in await database.execute(sql, values)]


def body(html: str) -> Markup:
    """Structured text that is safe to show: no pictures, which would tell their host who reads what and when."""
    clean = nh3.clean(
        html,
        tags=set(TAGS) - {"img"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(clean)  # noqa: S704 - sanitised in the line before, with a strict policy of the page behind it


def _headline(row: dict[str, Any], search: str) -> dict[str, Any]:
    text = str(row.get("text") or row.get("summary") or "")
    return {
        "id": row.get("id"),
        "title": row.get("title") or row.get("url") or f"Article {row.get('id')}",
        "source": row.get("source"),
        "authors": [str(author) for author in _json(row.get("authors"), [])][:3],
        "published": row.get("published") or "",
        "when": when(row.get("published")),
        "language": row.get("language") or "",
        "section": row.get("section") or "",
        "words": row.get("word_count"),
        "duplicate": row.get("duplicate_of"),
        "snippet": fulltext.snippet(text, search, _SNIPPET),
    }


def _cells(row: Any) -> dict[str, Any]:
    """A row of Datasette's by column; a foreign key that was expanded to its label is its value again."""
    cells = {cell["column"]: cell["raw"] for cell in row}
    return {name: value["value"] if isinstance(value, dict) else value for name, value in cells.items()}


def _json(text: Any, otherwise: Any) -> Any:
    """What a JSON column holds, if it holds what it should."""
    try:
        value = json.loads(text)
    except (TypeError, ValueError):
        return otherwise
    return value if isinstance(value, type(otherwise)) else otherwise


def _address(url: str) -> str:
    """The URL, if a link may lead there."""
    return url if url.startswith(("http://", "https://")) else ""
