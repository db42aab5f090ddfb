"""The variables of our templates: home page, list of articles, and one article.

The templates escape all text except the body of an article, which is sanitised again here, because a database may come
from somebody else.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import nh3
from datasette.utils import urlsafe_components
from markupsafe import Markup

from ingest.article import fulltext
from ingest.article.body import TAGS
from ingest.article.diff import word_diff
from ingest.browse.databases import ingest_databases
from ingest.browse.datasette_config import SEARCH
from ingest.store import status

if TYPE_CHECKING:
    from ingest.store import SourceStatus

_LATEST = 20
#: Sources on the home page. If there are more, failing ones come first, and a link leads to all.
_MOST_SOURCES = 200
_MOST_FINDINGS = 5
_SNIPPET_CHARACTERS = 220

_LISTED_COLUMNS = "id, url, title, source, authors, published, language, section, word_count, duplicate_of"
_SAME_TEXT = """
SELECT id, title, source, url, published FROM articles
WHERE (id = :story OR duplicate_of = :story) AND id <> :id ORDER BY id"""


async def home_context(datasette: Any) -> dict[str, Any]:
    """Health of the sources and latest articles, for each of our databases."""
    return {"ingest_databases": [await _overview(datasette.get_database(name)) for name in ingest_databases(datasette)]}


async def article_context(database: Any, request: Any, view: str) -> dict[str, Any]:
    """The variables of the list of articles (``view`` "table") or of one article (``view`` "row")."""
    search = request.args.get("_search") or ""
    values: dict[str, Any] = {
        "ingest_list": lambda rows: [_list_item(_cells(row), search) for row in rows],
        "ingest_when": formatted_time,
        "ingest_search": search,
        "ingest_ranked": SEARCH,
    }
    if search:
        # Datasette 1.0a41 does not show the words that were searched for.
        values["search"] = search
    if view == "row":
        article = await _article(database, request.url_vars["pks"])
        values["ingest_article"] = article
        values["ingest_compared"] = await _compared(database, article, request.args.get("_compare") or "")
    return values


def formatted_time(timestamp: str | None) -> str:
    """A stored time to the minute: ``2026-01-06 05:18`` for ``2026-01-06T05:18:00Z``, "" for none."""
    return (timestamp or "")[:16].replace("T", " ")


async def _overview(database: Any) -> dict[str, Any]:
    findings = await _rows(database, "SELECT source, message FROM findings WHERE closed_at IS NULL ORDER BY since DESC")
    sources = _judged(await _rows(database, "SELECT * FROM source_health"), findings)
    latest = await _rows(
        database,
        f"SELECT {_LISTED_COLUMNS} FROM articles ORDER BY published DESC, id DESC LIMIT {_LATEST}",  # noqa: S608 - ours
    )
    return {
        "name": database.name,
        "sources": _most_important(sources),
        "source_count": len(sources),
        "articles": sum(source["articles"] for source in sources),
        "queued": sum(source["queued"] for source in sources),
        "failing": sum(source["health"] == "failing" for source in sources),
        "findings": findings[:_MOST_FINDINGS],
        "finding_count": len(findings),
        "latest": [_list_item(row, "") for row in latest],
        "when": formatted_time,
    }


def _most_important(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(sources) <= _MOST_SOURCES:
        return sources
    first = ("failing", "findings", "stale")
    return sorted(sources, key=lambda source: source["health"] not in first)[:_MOST_SOURCES]


def _judged(rows: list[dict[str, Any]], findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sources with their ``health`` and what is ``wrong``, as of the last run: this may be a copy of long ago."""
    messages: dict[str, list[str]] = {}
    for finding in findings:
        messages.setdefault(finding["source"], []).append(finding["message"])
    last_run = max(filter(None, (row["last_run"] for row in rows)), default=None)
    now = datetime.fromisoformat(last_run) if last_run else datetime.now(UTC)
    judged = []
    for row in cast("list[SourceStatus]", rows):
        wrong = status.wrong(row, messages.get(row["name"], []), now) if row["active"] else ""
        judged.append({**row, "health": status.state(row, now), "wrong": wrong})
    return judged


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
        "body": sanitised(article["html"]),
        "address": _linkable(article["url"]),
        "same": await _rows(database, _SAME_TEXT, story),
        "versions": await _of_article(database, "id, seen_at, title, held_back", "versions", article["id"]),
        "links": await _of_article(database, "id, url, source, via, found_at, checked_at", "links", article["id"]),
    }


async def _compared(database: Any, article: dict[str, Any] | None, version: str) -> dict[str, Any] | None:
    """A version of the article, and how the article differs from it, paragraph by paragraph; None if it has none."""
    sql = "SELECT id, seen_at, title, text, held_back FROM versions WHERE article_id = ? AND id = ?"
    rows = await _rows(database, sql, [article["id"], version]) if article and version else []
    if not article or not rows:
        return None
    (compared,) = rows
    before, after = (f"{text['title']}\n\n{text['text']}" for text in (compared, article))
    return compared | {"paragraphs": word_diff(before, after)}


async def _of_article(database: Any, columns: str, table: str, article_id: int) -> list[dict[str, Any]]:
    sql = f"SELECT {columns} FROM {table} WHERE article_id = ? ORDER BY id DESC LIMIT 100"  # noqa: S608 - our own names
    return await _rows(database, sql, [article_id])


async def _rows(database: Any, sql: str, values: Any = ()) -> list[dict[str, Any]]:
    return [dict(row) for row in await database.execute(sql, values)]


def sanitised(html: str) -> Markup:
    """HTML that is safe to show, without images: their host would learn who reads what and when."""
    clean = nh3.clean(
        html,
        tags=set(TAGS) - {"img"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(clean)  # noqa: S704 - sanitised in the line before, with a strict policy of the page behind it


def _list_item(row: dict[str, Any], search: str) -> dict[str, Any]:
    text = str(row.get("text") or row.get("summary") or "")
    return {
        "id": row.get("id"),
        "title": row.get("title") or row.get("url") or f"Article {row.get('id')}",
        "source": row.get("source"),
        "authors": [str(author) for author in _json(row.get("authors"), [])][:3],
        "published": row.get("published") or "",
        "when": formatted_time(row.get("published")),
        "language": row.get("language") or "",
        "section": row.get("section") or "",
        "words": row.get("word_count"),
        "duplicate": row.get("duplicate_of"),
        "snippet": fulltext.snippet(text, search, _SNIPPET_CHARACTERS),
    }


def _cells(row: Any) -> dict[str, Any]:
    """Column → value of a row as Datasette passes it; a foreign key that it expanded to a label is its value again."""
    cells = {cell["column"]: cell["raw"] for cell in row}
    return {name: value["value"] if isinstance(value, dict) else value for name, value in cells.items()}


def _json(text: Any, default: Any) -> Any:
    """The value of a JSON column; ``default`` if it is not JSON or of another type than ``default``."""
    try:
        value = json.loads(text)
    except (TypeError, ValueError):
        return default
    return value if isinstance(value, type(default)) else default


def _linkable(url: str) -> str:
    """The URL if it is safe as the target of a link, else ""."""
    return url if url.startswith(("http://", "https://")) else ""
