"""Parser of sitemaps and their indexes (sitemaps.org, Google News sitemaps): links, or further sitemaps."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lxml import etree

from ingest.dedup import urls
from ingest.discover import feed_xml
from ingest.discover.decoding import decode
from ingest.discover.feed_text import MAX_DATE, MAX_LANGUAGE, MAX_TAGS, MAX_TITLE, MAX_URL, plain_text
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult
from ingest.discover.kinds import KINDS
from ingest.discover.link_collection import Entry, collect_links
from ingest.errors import DiscoverError
from ingest.model import Hints, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 3
"""Levels of sitemap indexes within indexes."""
MAX_NAMED = 1_000
"""Sitemaps of one index whose URLs are parsed, the newest; the protocol allows 50,000."""
MAX_CHILDREN = 50
"""Sitemaps of one index that a run may read; only a backfill reads the others."""
FRESH_CHILDREN = 3
"""Sitemaps of one index that an ordinary run reads, the newest; the others are history."""
MAX_BYTES = 50_000_000
"""What the sitemap protocol allows, uncompressed."""
MAX_URLS = 100_000
"""Pages of one sitemap that are read: twice what the protocol allows."""

_NEWS = re.compile(r"news", re.IGNORECASE)
_NO_ARTICLES = re.compile(
    r"(?:^|[/_.-])(?:category|categories|post_tag|tags?|authors?|users?|pages?|images?|videos?|products?|product_cat"
    r"|topics?|sections?|taxonom\w*|attachments?)(?=[-_.]|$)(?![^/]*(?:news|article|post-))",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Named:
    """A ``<url>`` or ``<sitemap>`` element; dates as written."""

    loc: str = ""
    lastmod: str = ""
    published: str = ""
    title: str = ""
    language: str = ""
    keywords: str = ""


#: Children of ``url`` and ``sitemap``, and of ``news`` and ``publication`` in them, by local name: many sitemaps have
#: misspelled namespaces.
_FIELDS = {"loc": "loc", "lastmod": "lastmod"}
_NEWS_FIELDS = {"publication_date": "published", "title": "title", "keywords": "keywords", "language": "language"}


def parse(index_page: IndexPage) -> IndexResult:
    """The pages of a sitemap, oldest first, or the sitemaps of a sitemap index.

    An ordinary run reads the news sitemaps of an index, else its newest ones; the others are ``history``. Those beyond
    `MAX_CHILDREN` are refused as ``too_many_sitemaps`` as well: only a backfill reads them. Raises `DiscoverError`.
    """
    page = replace(index_page.page, content=inflated(index_page.page))
    text = decode(page)
    if not text.lstrip().startswith("<"):
        return _pages(_lines(text, page.url), index_page)
    name, start = feed_xml.root_element(text, page.url)
    if name == "sitemapindex":
        return _index(list(_elements(text[start:], "sitemap", page.url)), index_page)
    if name != "urlset":
        # The protocol allows feeds as sitemaps.
        return KINDS["feed"].parse(replace(index_page, page=page))
    return _pages(_elements(text[start:], "url", page.url), index_page)


def inflated(page: Page) -> bytes:
    """The bytes of a page without gzip: sitemaps are often gzip files, whatever their Content-Encoding."""
    if not page.content.startswith(b"\x1f\x8b"):
        return page.content
    inflater = zlib.decompressobj(wbits=31)
    try:
        content = inflater.decompress(page.content, MAX_BYTES + 1)
    except zlib.error as error:
        raise DiscoverError(page.url, "decode", "the gzip file is broken") from error
    if len(content) > MAX_BYTES:
        raise DiscoverError(page.url, "too_large", "the sitemap is larger than 50 MB once unpacked")
    if not inflater.eof:
        raise DiscoverError(page.url, "truncated", "the gzip file ends too early")
    return content


def _elements(text: str, name: str, url: str) -> Iterator[Named]:
    """The elements of this name, streamed: each is freed once it is read. Broken XML is parsed as far as possible."""
    events = etree.iterparse(
        io.BytesIO(text.encode("utf-8", "replace")),
        tag=f"{{*}}{name}",
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    empty = True
    try:
        for _, element in events:
            yield Named(**_fields(element))
            empty = False
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise DiscoverError(url, "parse", "the sitemap is not XML that can be read") from error
    if empty and len(events.error_log):
        raise DiscoverError(url, "parse", "the sitemap is not XML that can be read")


def _fields(element: Any) -> dict[str, str]:
    fields: dict[str, str] = {}
    for child in element:
        name = _local_name(child)
        if name == "news":
            named = ((_NEWS_FIELDS.get(_local_name(below)), below.text) for below in child.iter())
            fields.update((field, plain_text(text, MAX_URL)) for field, text in named if field and text)
        elif name in _FIELDS and child.text:
            fields[_FIELDS[name]] = child.text.strip()[: urls.MAX_LENGTH + 1]
    return fields


def _local_name(element: Any) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _lines(text: str, url: str) -> Iterator[Named]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not lines[0].lower().startswith(("http://", "https://")):
        raise DiscoverError(url, "not_a_feed", "the answer is no sitemap")
    yield from map(Named, lines)


def _pages(named: Iterator[Named], index_page: IndexPage) -> IndexResult:
    pages: list[Named] = []
    cut: tuple[tuple[str, str], ...] = ()
    for page in named:
        if len(pages) == MAX_URLS:
            cut = ((index_page.request.url, "too_large"),)
            break
        pages.append(page)
    # ISO dates sort as text; a stable sort leaves pages without one in the order they stand in.
    pages.sort(key=lambda page: page.published or page.lastmod)
    mixed = not any(page.published for page in pages)
    collected = collect_links(map(_entry, pages), index_page, strict=mixed)
    return IndexResult(links=tuple(collected.links), refused=(*collected.refused, *cut), mixed=mixed)


def _entry(page: Named) -> Entry:
    return Entry(
        (page.loc,),
        Hints(
            title=page.title[:MAX_TITLE],
            published=page.published[:MAX_DATE],
            modified=page.lastmod[:MAX_DATE],
            tags=tuple(tag.strip() for tag in page.keywords.split(",") if tag.strip())[:MAX_TAGS],
            language=page.language[:MAX_LANGUAGE],
        ),
    )


def _index(children: list[Named], index_page: IndexPage) -> IndexResult:
    if index_page.request.depth >= MAX_DEPTH:
        raise DiscoverError(index_page.request.url, "depth", "sitemap indexes refer to each other too deeply")
    unread: list[Named] = []
    if len(children) > MAX_NAMED:
        children.sort(key=lambda child: _rank(child.loc, child.lastmod), reverse=True)
        children, unread = children[:MAX_NAMED], children[MAX_NAMED:]
    collected = collect_links([Entry((child.loc,), Hints(modified=child.lastmod)) for child in children], index_page)
    dated = {link.url: link.hints.modified for link in collected.links}
    named = list(dated)
    barren = [url for url in named if _NO_ARTICLES.search(url.rpartition("/")[2])]
    if len(barren) == len(named):
        barren = []
    ranked = sorted((url for url in named if url not in barren), key=lambda url: _rank(url, dated.get(url, "")))[::-1]
    kept, left = ranked[:MAX_CHILDREN], [*ranked[MAX_CHILDREN:], *(child.loc[: urls.MAX_LENGTH] for child in unread)]
    fresh = [url for url in kept if is_news(url)][:FRESH_CHILDREN]
    fresh = fresh or kept[:FRESH_CHILDREN]
    refused = [*collected.refused, *((url, "not_an_article") for url in barren)]
    return IndexResult(
        requests=tuple(IndexRequest(url, "sitemap") for url in fresh),
        history=tuple(IndexRequest(url, "sitemap") for url in ranked if url not in fresh),
        refused=(*refused, *((url, "too_many_sitemaps") for url in left)),
    )


def _rank(url: str, lastmod: str) -> tuple[bool, str, list[int]]:
    """News first, then by the date it was changed, then by the numbers (years, months, parts) in its name."""
    return is_news(url), lastmod[:10], [int(number[:12]) for number in _NUMBERS.findall(_path(url))]


def is_news(url: str) -> bool:
    """Whether a sitemap is called one of news: those name only the articles of the last two days."""
    return _NEWS.search(_path(url)) is not None


def _path(url: str) -> str:
    return url.partition("//")[2].partition("/")[2]
