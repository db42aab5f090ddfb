"""Parser of Blogger's JSON feed, and the URLs of its pages. Its articles are extracted by `ingest.platforms`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.dedup import raw_urls, urls
from ingest.discover import feed, jsonfeed
from ingest.discover.decoding import decode
from ingest.discover.feed_text import MAX_SUMMARY, date_text, distinct_texts, plain_text, tag_names
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult
from ingest.discover.link_collection import Entry, collect_links
from ingest.discover.proposals import Proposal
from ingest.errors import DiscoverError, PageError
from ingest.model import Hints, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

PER_PAGE = 100
_FEED = "/feeds/posts/default"
#: Names that Blogger gives to authors without one.
_NOBODY = frozenset({"Unknown", "Anonymous", "noreply@blogger.com"})


def api_url(url: str) -> str:
    """The newest posts, in full, of the blog that ``url`` belongs to; ``redirect=false`` avoids FeedBurner."""
    return _feed_url(url, {"alt": "json", "max-results": str(PER_PAGE), "redirect": "false"})


def home_url(url: str) -> str:
    """The home page of the blog whose feed is ``url``."""
    return urls.canonical("/", url)


def declared_by(tree: LexborHTMLParser, base: str) -> Proposal | None:
    """The JSON feed of the blog, if ``<meta name="generator">`` says that Blogger made the page at ``base``."""
    generator = tree.css_first('meta[name="generator" i][content]')
    if generator and (generator.attributes.get("content") or "").lower() == "blogger":
        return Proposal("blogger", api_url(base), "", "the page says that Blogger made it")
    return None


def fallbacks(request: IndexRequest, source: Source, _: PageError | None) -> list[IndexRequest]:
    """The Atom feed of the blog."""
    return [] if request.optional else [IndexRequest(feed_url(source.url), "feed", via=request.url)]


def feed_url(url: str) -> str:
    """The Atom feed of the same blog."""
    return _feed_url(url, {"redirect": "false"})


def _feed_url(url: str, query: dict[str, str]) -> str:
    path = raw_urls.split(url).path
    return raw_urls.at_path(url, path if path.startswith(_FEED) else _FEED, query)


def parse(index_page: IndexPage) -> IndexResult:
    """The posts of one page of the feed, in full, oldest first; ``history`` is the page of the posts before them."""
    text = decode(index_page.page)
    if not text.lstrip().startswith("{"):
        return feed.parse(index_page)
    answer = jsonfeed.load(text, index_page.request.url)
    top = answer.get("feed") if isinstance(answer, dict) else None
    if not isinstance(top, dict):
        raise DiscoverError(index_page.request.url, "not_a_feed", "the answer is no Blogger feed")
    posts = jsonfeed.listed(top.get("entry"))
    home = next(_links(top), "")
    entries = (Entry(tuple(_links(post)), _hints(post)) for post in reversed(posts))
    collected = collect_links(entries, index_page, site_urls=[home] if home else [])
    return IndexResult(
        links=tuple(collected.links),
        refused=tuple(collected.refused),
        history=_history(top, len(posts), index_page),
        title=plain_text(_text(top, "title")),
    )


def _text(parent: dict[str, Any], name: str) -> str:
    value = parent.get(name)
    value = value.get("$t") if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def _links(parent: dict[str, Any]) -> Iterator[str]:
    for link in jsonfeed.listed(parent.get("link")):
        if link.get("rel") == "alternate" and isinstance(link.get("href"), str):
            yield link["href"]


def _hints(post: dict[str, Any]) -> Hints:
    names = distinct_texts(_text(author, "name") for author in jsonfeed.listed(post.get("author")))
    return Hints(
        title=plain_text(_text(post, "title")),
        authors=tuple(name for name in names if name not in _NOBODY),
        published=date_text(_text(post, "published")),
        modified=date_text(_text(post, "updated")),
        summary=plain_text(_text(post, "summary"), MAX_SUMMARY),
        content=_text(post, "content"),
        tags=tag_names(label.get("term") for label in jsonfeed.listed(post.get("category"))),
    )


def _history(top: dict[str, Any], returned: int, index_page: IndexPage) -> tuple[IndexRequest, ...]:
    """The next page. It begins after the posts that were *returned*, which may be fewer than were requested."""
    query = raw_urls.query(index_page.request.url)
    start, total = query.get("start-index", "1"), _text(top, "openSearch$totalResults")
    following = (int(start) if start.isdecimal() else 1) + returned
    if not returned or (total.isdecimal() and following > int(total[:12])):
        return ()
    days = [_text(post, "published")[:10] for post in jsonfeed.listed(top.get("entry"))]
    if index_page.since and max(days) < index_page.since.date().isoformat():
        return ()
    query["start-index"] = str(following)
    return (IndexRequest(raw_urls.with_query(index_page.request.url, query), "blogger"),)
