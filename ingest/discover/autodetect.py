"""Parser of pages of unknown kind: finds out what a page is, and where its site says that it publishes."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Literal

from selectolax.lexbor import LexborHTMLParser

from ingest.dedup import urls
from ingest.discover import customary_urls, feed_xml, listing
from ingest.discover.decoding import decode, decode_html
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult
from ingest.discover.kinds import KINDS
from ingest.discover.proposals import Proposal, link_elements
from ingest.errors import DiscoverError

if TYPE_CHECKING:
    from ingest.model import Page

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml"}
)
_NOT_THE_FEED = re.compile(r"comment|kommentar|comentario|commentaire|replies|podcast|oembed", re.IGNORECASE)


def parse(index_page: IndexPage) -> IndexResult:
    """A feed or sitemap as such; for a page of HTML, the index pages that it declares.

    An ordinary run reads the first declared feed only; a declared API or sitemap, else the robots.txt of the host, is
    ``history``. A page without a feed is parsed as a listing, and the robots.txt is requested for its sitemaps. A page
    that lists nothing either is a `DiscoverError` ``not_a_feed``; for what is requested then see `kinds`.
    """
    page = index_page.page
    kind = index_kind(page)
    if kind is not None:
        return KINDS[kind].parse(index_page)
    tree = LexborHTMLParser(decode_html(page))
    feeds = [IndexRequest(each.url, each.kind) for each in _feeds(tree, page.final_url)]
    older = tuple(IndexRequest(each.url, each.kind) for each in _archives(tree, page.final_url))
    if feeds:
        return IndexResult(requests=(feeds[0],), history=older or (customary_urls.robots_txt(page.final_url),))
    if older:
        return IndexResult(requests=older[:1], history=older[1:])
    return _parse_as_listing(index_page)


def _parse_as_listing(index_page: IndexPage) -> IndexResult:
    try:
        result = listing.parse(index_page)
    except DiscoverError as error:
        message = "the page declares no feed and lists no articles: name its feed, its sitemap or where its list stands"
        raise DiscoverError(index_page.request.url, "not_a_feed", message) from error
    return replace(result, requests=(customary_urls.robots_txt(index_page.page.final_url),))


def index_kind(page: Page) -> Literal["feed", "sitemap"] | None:
    """``feed`` or ``sitemap``, judged by how the page begins; None for any other page."""
    if page.content.startswith(b"\x1f\x8b"):
        return "sitemap"
    text = decode(page)
    if text.lstrip().startswith("{"):
        return "feed"
    name, _ = feed_xml.root_element(text, page.url)
    if name in {"urlset", "sitemapindex"}:
        return "sitemap"
    return "feed" if name else None


def proposals(page: Page) -> list[Proposal]:
    """The page itself if it is an index; otherwise the ways to follow its site that it declares, the best first."""
    kind = index_kind(page)
    if kind is not None:
        return [Proposal(kind, page.final_url, "", f"the address is a {kind}")]
    tree = LexborHTMLParser(decode_html(page))
    return [*_feeds(tree, page.final_url), *_archives(tree, page.final_url)]


def _feeds(tree: LexborHTMLParser, base: str) -> list[Proposal]:
    """Declared feeds, those of the page's own section first; feeds of comments are left out."""
    section = urls.split(base).path.rstrip("/") + "/"
    feeds = [
        Proposal("feed", link.url, link.title, f"the page declares it as {link.media_type}")
        for link in link_elements(tree, 'link[rel~="alternate" i][href]', base)
        if link.media_type in _FEED_TYPES and not _NOT_THE_FEED.search(f"{urls.split(link.url).path} {link.title}")
    ]
    return sorted(feeds, key=lambda proposal: not urls.split(proposal.url).path.startswith(section))


def _archives(tree: LexborHTMLParser, base: str) -> list[Proposal]:
    """The API of the software that made the page, and the sitemaps that the page declares."""
    detectors = (kind.declared_by for kind in KINDS.values() if kind.declared_by)
    apis = (proposal for detect in detectors if (proposal := detect(tree, base)))
    sitemaps = link_elements(tree, 'link[rel="sitemap" i][href]', base)
    return [
        # One page is made by one program.
        *islice(apis, 1),
        *(Proposal("sitemap", link.url, link.title, "the page declares it as its sitemap") for link in sitemaps),
    ]
