"""Parser of the archive API of Substack, and its URLs. Articles are extracted by `ingest.platforms`.

The API is undocumented; the archive page of every Substack uses it. A feed holds only the newest twenty posts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.dedup import raw_urls
from ingest.discover import jsonfeed
from ingest.discover.decoding import decode
from ingest.discover.feed_text import MAX_SUMMARY, date_text, distinct_texts, plain_text, tag_names
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult
from ingest.discover.link_collection import Entry, collect_links
from ingest.errors import DiscoverError
from ingest.model import Hints

if TYPE_CHECKING:
    from collections.abc import Iterator

PER_PAGE = 50
"""The most that Substack returns."""
MAX_OFFSET = 20_000
"""Where reading stops in an archive that never ends."""


def api_url(url: str) -> str:
    """The newest posts of the Substack that ``url`` belongs to."""
    return raw_urls.at_path(url, "/api/v1/archive", {"sort": "new", "offset": "0", "limit": str(PER_PAGE)})


def parse(index_page: IndexPage) -> IndexResult:
    """The posts of one page of the archive, oldest first; ``history`` is the page of the posts before them."""
    text = decode(index_page.page)
    if not text.lstrip().startswith("["):
        raise DiscoverError(index_page.request.url, "not_a_feed", "the answer is no list of Substack posts")
    posts = jsonfeed.listed(jsonfeed.load(text, index_page.request.url))
    collected = collect_links((Entry(tuple(_addresses(post)), _hints(post)) for post in reversed(posts)), index_page)
    return IndexResult(
        links=tuple(collected.links), refused=tuple(collected.refused), history=_history(posts, len(posts), index_page)
    )


def _addresses(post: dict[str, Any]) -> Iterator[str]:
    if isinstance(post.get("canonical_url"), str):
        yield post["canonical_url"]
    if isinstance(post.get("slug"), str) and post["slug"]:
        yield f"/p/{post['slug']}"


def _hints(post: dict[str, Any]) -> Hints:
    body = post.get("body_html")
    return Hints(
        title=plain_text(post.get("title")),
        authors=tuple(distinct_texts(author.get("name") for author in jsonfeed.listed(post.get("publishedBylines"))))[
            :20
        ],
        published=date_text(post.get("post_date")),
        summary=plain_text(post.get("subtitle") or post.get("description"), MAX_SUMMARY),
        content=body if isinstance(body, str) and post.get("audience") == "everyone" else "",
        tags=tag_names(tag.get("name") for tag in jsonfeed.listed(post.get("postTags"))),
    )


def _history(posts: list[dict[str, Any]], returned: int, index_page: IndexPage) -> tuple[IndexRequest, ...]:
    """The next page, after the posts that were *returned*. New posts shift the pages and only repeat known ones."""
    query = raw_urls.query(index_page.request.url)
    offset = query.get("offset", "0")
    following = (int(offset) if offset.isdecimal() else 0) + returned
    newest = max((plain_text(post.get("post_date"), 40) for post in posts), default="")
    too_old = index_page.since is not None and newest[:10] < index_page.since.date().isoformat()
    if not returned or too_old or following > MAX_OFFSET:
        return ()
    query["offset"] = str(following)
    return (IndexRequest(raw_urls.with_query(index_page.request.url, query), "substack"),)
