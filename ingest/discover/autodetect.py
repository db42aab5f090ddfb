"""What an unknown URL is, and where its site publishes: feeds, APIs, sitemaps, lists. Fetches nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from selectolax.lexbor import LexborHTMLParser

from ingest.dedup import urls
from ingest.discover import blogger, feed, feed_xml, listing, sitemap, wordpress
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult
from ingest.discover.link_collection import decode, decode_html, plain
from ingest.errors import DiscoverError

if TYPE_CHECKING:
    from ingest.model import Kind, Page

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml"}
)
_NOT_THE_FEED = re.compile(r"comment|kommentar|comentario|commentaire|replies|podcast|oembed", re.IGNORECASE)
#: Where feeds are that nobody declares, the commonest first.
_GUESSES = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to follow a site."""

    kind: Kind
    url: str
    title: str
    why: str
    """For an operator: what on the page says so."""


def parse(index_page: IndexPage) -> IndexResult:
    """A feed, sitemap or list as such; of any other page what it declares.

    A declared feed is all that an ordinary run reads; an API or sitemap, else what robots.txt names, is ``history``.
    Without a feed, the page is read as a list, and its robots.txt asked for sitemaps. A page that lists nothing either
    is `DiscoverError` ``not_a_feed``; see `guesses`.
    """
    kind = sniff(index_page.page)
    if kind == "feed":
        return feed.parse(index_page)
    if kind == "sitemap":
        return sitemap.parse(index_page)
    declared = proposals(index_page.page)
    feeds = [IndexRequest(proposal.url, "feed") for proposal in declared if proposal.kind == "feed"]
    older = tuple(IndexRequest(proposal.url, proposal.kind) for proposal in declared if proposal.kind != "feed")
    if feeds:
        return IndexResult(requests=(feeds[0],), history=older or (robots(index_page.page.final_url),))
    if older:
        return IndexResult(requests=older[:1], history=older[1:])
    return _undeclared(index_page)


def _undeclared(index_page: IndexPage) -> IndexResult:
    try:
        found = listing.parse(index_page)
    except DiscoverError as error:
        message = "the page declares no feed and lists no articles: name its feed, its sitemap or where its list stands"
        raise DiscoverError(index_page.request.url, "not_a_feed", message) from error
    return replace(found, requests=(robots(index_page.page.final_url),))


def guesses(url: str) -> list[IndexRequest]:
    """Where a site that says nothing may publish all the same; none of it need be there."""
    return [robots(url), *customary_feeds(url)]


def customary_feeds(url: str) -> list[IndexRequest]:
    """Where most blog software has its feed."""
    return [IndexRequest(urls.canonical(path, url), "feed", optional=True) for path in _GUESSES]


def robots(url: str) -> IndexRequest:
    """The robots.txt of the same host, read for the sitemaps that it names."""
    return IndexRequest(urls.canonical("/robots.txt", url), "robots", optional=True)


def customary_sitemap(url: str) -> IndexRequest:
    """Where a host without robots.txt has its sitemap, if it has one."""
    return IndexRequest(urls.canonical("/sitemap.xml", url), "sitemap", optional=True)


def sniff(page: Page) -> Literal["feed", "sitemap", "listing"]:
    """What an answer is by how it begins: ``feed``, ``sitemap``, or ``listing`` for any other page."""
    if page.content.startswith(b"\x1f\x8b"):
        return "sitemap"
    text = decode(page)
    if text.lstrip().startswith("{"):
        return "feed"
    name, _ = feed_xml.root(text, page.url)
    if name in {"urlset", "sitemapindex"}:
        return "sitemap"
    return "feed" if name else "listing"


def proposals(page: Page) -> list[Proposal]:
    """The ways to follow a site that one of its HTML pages declares, the best first; [] if it declares none."""
    tree = LexborHTMLParser(decode_html(page))
    return [*_feeds(tree, page.final_url), *_platforms(tree, page.final_url), *_sitemaps(tree, page.final_url)]


def _declared(tree: LexborHTMLParser, selector: str, base: str) -> list[tuple[str, str, str]]:
    """Address, title and type of the ``<link>`` elements that can be followed."""
    found = []
    for node in tree.css(selector):
        try:
            url = urls.canonical(node.attributes.get("href") or "", base)
        except urls.BadURL:
            continue
        kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        found.append((url, plain(node.attributes.get("title"), 200), kind))
    return found


def _feeds(tree: LexborHTMLParser, base: str) -> list[Proposal]:
    """Those of the page's own section first; feeds of comments are left out."""
    section = urls.split(base).path.rstrip("/") + "/"
    found = [
        Proposal("feed", url, title, f"the page declares it as {kind}")
        for url, title, kind in _declared(tree, 'link[rel~="alternate" i][href]', base)
        if kind in _FEED_TYPES and not _NOT_THE_FEED.search(f"{urls.split(url).path} {title}")
    ]
    return sorted(found, key=lambda proposal: not urls.split(proposal.url).path.startswith(section))


def _platforms(tree: LexborHTMLParser, base: str) -> list[Proposal]:
    for url, _, _ in _declared(tree, 'link[rel="https://api.w.org/"][href]', base):
        return [Proposal("wordpress", wordpress.api_url(url), "", "the page names its WordPress API")]
    generator = tree.css_first('meta[name="generator" i][content]')
    if generator and (generator.attributes.get("content") or "").lower() == "blogger":
        return [Proposal("blogger", blogger.api_url(base), "", "the page says that Blogger made it")]
    return []


def _sitemaps(tree: LexborHTMLParser, base: str) -> list[Proposal]:
    return [
        Proposal("sitemap", url, title, "the page declares it as its sitemap")
        for url, title, _ in _declared(tree, 'link[rel="sitemap" i][href]', base)
    ]
