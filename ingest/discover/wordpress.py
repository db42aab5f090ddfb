"""Parser of the REST API of WordPress, and its URLs. Articles are extracted by `ingest.platforms`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ingest.dedup import raw_urls
from ingest.discover import jsonfeed
from ingest.discover.decoding import decode
from ingest.discover.feed_text import MAX_SUMMARY, MAX_URL, date_text, distinct_texts, plain_text, tag_names
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult
from ingest.discover.link_collection import Entry, collect_links
from ingest.discover.proposals import Proposal, link_elements
from ingest.errors import DiscoverError, PageError
from ingest.model import Hints, Source

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

PER_PAGE = 100
"""The most that WordPress returns."""

_API = "/wp-json/wp/v2/posts"
#: In the values of its parameters: lists of names and times.
_UNESCAPED = ",:"
_FIELDS = "id,date,date_gmt,modified_gmt,link,title,content,excerpt,_links,_embedded"


def api_url(url: str) -> str:
    """The first page of posts of the blog whose home page (or API) is ``url``."""
    path = raw_urls.split(url).path
    home, _, rest = path.partition("/wp-json")
    path = path if rest.startswith("/wp/v2/") else home.rstrip("/") + _API
    query = raw_urls.query(url) if rest else {}
    query |= {"per_page": str(PER_PAGE), "orderby": "date", "order": "desc", "_embed": "author,wp:term"}
    return raw_urls.at_path(url, path, query | {"_fields": _FIELDS}, safe=_UNESCAPED)


def smaller_page(url: str) -> str:
    """The same page of the API with a tenth of its posts; "" if it is as small already."""
    query = raw_urls.query(url)
    if query.get("per_page") != str(PER_PAGE):
        return ""
    query["per_page"] = str(PER_PAGE // 10)
    return raw_urls.with_query(url, query, safe=_UNESCAPED)


def home_url(url: str) -> str:
    """The home page of the blog whose API is ``url``."""
    return url.partition("/wp-json")[0].partition("?")[0].rstrip("/") + "/"


def declared_by(tree: LexborHTMLParser, base: str) -> Proposal | None:
    """The API that a page of the blog names in its ``<link rel="https://api.w.org/">``."""
    for link in link_elements(tree, 'link[rel="https://api.w.org/"][href]', base):
        return Proposal("wordpress", api_url(link.url), "", "the page names its WordPress API")
    return None


def fallbacks(request: IndexRequest, source: Source, failure: PageError | None) -> list[IndexRequest]:
    """A smaller page where a hundred posts are too large for us or too many for the site (400), else the feed."""
    if request.optional:
        return []
    too_many = failure is not None and (failure.code == "too_large" or getattr(failure, "status", None) == 400)
    if too_many and (smaller := smaller_page(request.url)):
        return [replace(request, url=smaller)]
    return [IndexRequest(feed_url(source.url), "feed", via=request.url)]


def feed_url(url: str) -> str:
    """The RSS feed of the same blog."""
    home = raw_urls.split(url).path.partition("/wp-json")[0]
    return raw_urls.at_path(url, home.rstrip("/") + "/feed/")


def parse(index_page: IndexPage) -> IndexResult:
    """The posts of one page of the API, in full, oldest first; ``history`` is the page of the posts before them."""
    answer = _answer(index_page)
    if not isinstance(answer, list):
        raise DiscoverError(index_page.request.url, "not_a_feed", "the answer is no list of WordPress posts")
    posts = jsonfeed.listed(answer)
    collected = collect_links(
        (Entry((plain_text(post.get("link"), MAX_URL),), _hints(post)) for post in reversed(posts)), index_page
    )
    return IndexResult(
        links=tuple(collected.links), refused=tuple(collected.refused), history=_history(posts, len(answer), index_page)
    )


def _answer(index_page: IndexPage) -> Any:
    text = decode(index_page.page)
    if text.lstrip()[:1] not in {"[", "{"}:
        raise DiscoverError(
            index_page.request.url, "not_a_feed", "the WordPress API answered with something else than JSON"
        )
    return jsonfeed.load(text, index_page.request.url)


def _hints(post: dict[str, Any]) -> Hints:
    embedded = post.get("_embedded")
    embedded = embedded if isinstance(embedded, dict) else {}
    terms = embedded.get("wp:term")
    names = (
        term.get("name") for group in (terms if isinstance(terms, list) else []) for term in jsonfeed.listed(group)
    )
    content = post.get("content")
    protected = isinstance(content, dict) and content.get("protected") is True
    return Hints(
        title=plain_text(_rendered(post, "title")),
        authors=tuple(distinct_texts(author.get("name") for author in jsonfeed.listed(embedded.get("author")))),
        published=_utc(post, "date_gmt") or date_text(post.get("date")),
        modified=_utc(post, "modified_gmt"),
        summary=plain_text(_rendered(post, "excerpt"), MAX_SUMMARY),
        content="" if protected else _rendered(post, "content"),
        tags=tag_names(names),
    )


def _rendered(post: dict[str, Any], name: str) -> str:
    value = post.get(name)
    value = value.get("rendered") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""


def _utc(post: dict[str, Any], name: str) -> str:
    """A ``*_gmt`` value with a ``Z``, because only its name says that it is UTC; "" for year 0, which means none."""
    raw = date_text(post.get(name))
    return f"{raw}Z" if raw and not raw.startswith("0000") else ""


def _history(posts: list[dict[str, Any]], returned: int, index_page: IndexPage) -> tuple[IndexRequest, ...]:
    """The next page, by date, so that new posts do not shift it. ``before`` is exclusive, so one second is added."""
    days = [day for post in posts if (day := _day(plain_text(post.get("date"), 40)))]
    query = raw_urls.query(index_page.request.url)
    size = query.get("per_page", "")
    if not days or returned < (int(size) if size.isdecimal() else PER_PAGE):
        return ()
    oldest = min(days)
    if index_page.since and oldest.replace(tzinfo=UTC) < index_page.since - timedelta(days=1):
        return ()
    before = (oldest + timedelta(seconds=1)).isoformat()
    if query.get("before") == before:
        # All posts of a page are of the same second (an import), so the next page is reached by its offset.
        offset = query.get("offset", "0")
        query["offset"] = str((int(offset) if offset.isdecimal() else 0) + returned)
    else:
        query.pop("offset", None)
        query["before"] = before
    return (IndexRequest(raw_urls.with_query(index_page.request.url, query, safe=_UNESCAPED), "wordpress"),)


def _day(raw: str) -> datetime | None:
    try:
        return datetime.fromisoformat(raw).replace(tzinfo=None)
    except ValueError:
        return None
