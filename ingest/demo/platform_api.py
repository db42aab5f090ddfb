"""The lists of posts in the JSON APIs of WordPress and Blogger: filtered and paged by the query of a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class JsonResponse:
    """A JSON value with its status and headers."""

    value: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def wordpress_posts(posts: list[dict[str, Any]], query: dict[str, str]) -> JsonResponse:
    """``/wp-json/wp/v2/posts``: ``per_page``, ``page``, ``before``, ``after``, ``modified_after`` and ``_embed``."""
    for name, key, later in (("before", "date", False), ("after", "date", True), ("modified_after", "modified", True)):
        if limit := query.get(name):
            posts = [post for post in posts if post[key] != limit and _is_later(post, key, limit) is later]
    if "_embed" not in query:
        posts = [{key: value for key, value in post.items() if key != "_embedded"} for post in posts]
    size = min(max(int(query.get("per_page", 10)), 1), 100)
    page = int(query.get("page", 1))
    pages = -(-len(posts) // size)
    if page > max(pages, 1):
        error = {
            "code": "rest_post_invalid_page_number",
            "message": "The page number requested is larger than the number of pages available.",
            "data": {"status": 400},
        }
        return JsonResponse(error, 400)
    counts = {"X-WP-Total": str(len(posts)), "X-WP-TotalPages": str(pages)}
    return JsonResponse(posts[(page - 1) * size : page * size], headers=counts)


def _is_later(post: dict[str, Any], key: str, limit: str) -> bool:
    """A limit with an offset is compared in UTC, one without in the time zone of the site."""
    moment = datetime.fromisoformat(limit)
    if moment.tzinfo:
        return datetime.fromisoformat(post[f"{key}_gmt"]).replace(tzinfo=UTC) > moment
    return datetime.fromisoformat(post[key]) > moment


def blogger_posts(document: dict[str, Any], query: dict[str, str]) -> JsonResponse:
    """``/feeds/posts/default``: ``start-index`` (from 1), ``max-results``, ``orderby`` and ``updated-min``."""
    order = "updated" if query.get("orderby") == "updated" else "published"
    entries = sorted(document["feed"]["entry"], key=lambda entry: _moment(entry, order), reverse=True)
    if oldest := query.get("updated-min"):
        entries = [entry for entry in entries if _moment(entry, "updated") >= datetime.fromisoformat(oldest)]
    start = max(int(query.get("start-index", 1)), 1)
    size = min(max(int(query.get("max-results", 25)), 0), 150)
    feed = document["feed"] | {
        "openSearch$totalResults": {"$t": str(len(entries))},
        "openSearch$startIndex": {"$t": str(start)},
        "openSearch$itemsPerPage": {"$t": str(size)},
        "entry": entries[start - 1 : start - 1 + size],
    }
    # Blogger leaves the key out if there are no entries.
    if not feed["entry"]:
        del feed["entry"]
    return JsonResponse(document | {"feed": feed})


def _moment(entry: dict[str, Any], key: str) -> datetime:
    return datetime.fromisoformat(entry[key]["$t"])
