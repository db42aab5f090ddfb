"""Parser of RSS, Atom and RDF feeds: links with what the feed says of each. JSON Feed is parsed by `jsonfeed`."""

from __future__ import annotations

import html
import io
import re
from datetime import UTC
from typing import TYPE_CHECKING, Any

import feedparser

from ingest.discover import feed_xml, jsonfeed, substack
from ingest.discover.decoding import decode
from ingest.discover.feed_text import (
    MAX_SUMMARY,
    author_names,
    date_text,
    language_code,
    plain_text,
    tag_names,
    to_paragraphs,
)
from ingest.discover.index_model import IndexPage, IndexRequest, IndexResult
from ingest.discover.link_collection import Entry, collect_links, is_further_index
from ingest.discover.polling_hints import skip_days, skip_hours, ttl
from ingest.errors import DiscoverError
from ingest.model import Hints, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

_WEB = re.compile(r"https?://", re.IGNORECASE)
_FRONT = re.compile(r"\s*https?://[^/?#]*/?\s*$", re.IGNORECASE)
_DOUBLED = re.compile(r"(https?://(?:www\.)?([^/?#]+))(?:/[^/?#]+)?/(?:www\.)?\2(?=/)", re.IGNORECASE)


def parse(index_page: IndexPage) -> IndexResult:
    """The entries of a feed, oldest first. The entry of a link blog is followed to its own page, not to what it links.

    ``history`` is the archive or next page of RFC 5005. Broken XML is parsed as far as possible. Raises
    `DiscoverError`: ``not_a_feed`` for anything but a feed, ``parse`` for a document type that declares entities.
    """
    text = decode(index_page.page)
    if text.lstrip()[:1] in {"{", "["}:
        return jsonfeed.parse_text(text, index_page)
    parsed, cut = _parsed(text, index_page.page)
    entries = _oldest_first(parsed.entries)
    atom = parsed.get("version", "").startswith("atom")
    collected = collect_links((_entry(entry, atom=atom) for entry in entries), index_page, site_urls=_site_urls(parsed))
    if cut:
        collected.refused.append((index_page.request.url, "budget"))
    return IndexResult(
        links=tuple(collected.links),
        refused=tuple(collected.refused),
        history=_history(parsed, index_page),
        ttl=ttl(parsed.feed),
        skip_hours=skip_hours(text),
        skip_days=skip_days(text),
        title=plain_text(parsed.feed.get("title")),
        language=language_code(parsed.feed.get("language")),
    )


def _parsed(text: str, page: Page) -> tuple[Any, bool]:
    name, start = feed_xml.root_element(text, page.url)
    if name not in {"rss", "rdf", "feed", "channel"}:
        raise DiscoverError(page.url, "not_a_feed", "the answer is neither RSS nor Atom nor JSON Feed")
    xml, cut = feed_xml.sanitise(text[start:], page.url)
    # The HTML stays raw here; it is sanitised where the body of the article is rendered.
    parsed = feedparser.parse(
        io.BytesIO(xml.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": page.final_url},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    return parsed, cut


def _oldest_first(entries: list[Any]) -> list[Any]:
    """Sorted by date if feedparser could parse that of every entry, else in reverse order."""
    reverse = entries[::-1]
    return sorted(reverse, key=_day) if all(map(_day, reverse)) else reverse


def _day(entry: Any) -> tuple[int, ...]:
    """When an entry was published, in UTC, from year to second; () if feedparser could not parse it."""
    return tuple((dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed") or ())[:6])


def _site_urls(parsed: Any) -> list[str]:
    """The sites that entries may be on: the one that the feed declares, and one that at least half of them are on."""
    site_urls = [link for link in [parsed.feed.get("link")] if isinstance(link, str) and _WEB.match(link)]
    hosts = [entry.get("link", "").partition("//")[2].partition("/")[0].lower() for entry in parsed.entries]
    common = max(set(hosts), key=hosts.count, default="")
    if common and len(hosts) > 1 and hosts.count(common) * 2 >= len(hosts):
        site_urls.append(f"https://{common}/")
    return site_urls


def _entry(entry: Any, *, atom: bool) -> Entry:
    return Entry(tuple(_addresses(entry)), _hints(entry, atom=atom))


def _addresses(entry: Any) -> list[str]:
    """The URLs of an entry, the best first: the original one behind a redirector, its links, its id.

    The URL of a front page comes last.
    """
    return sorted(map(_single, _links(entry)), key=lambda url: _FRONT.match(url) is not None)


def _links(entry: Any) -> Iterator[str]:
    for name in ("feedburner_origlink", "pheedo_origlink", "link"):
        if isinstance(entry.get(name), str) and entry[name].strip():
            yield entry[name]
    for link in entry.get("links", []):
        if link.get("rel") in {"alternate", "related"} and link.get("href"):
            yield link["href"]
    if _WEB.match(entry.get("id", "") or ""):
        yield entry["id"]


def _single(url: str) -> str:
    """The URL without a host that stands twice: ``news.example/a`` without its scheme was taken for a path there."""
    found = _DOUBLED.match(url)
    return f"{found[1]}{url[found.end() :]}" if found else url


def _hints(entry: Any, *, atom: bool) -> Hints:
    content, summary = _content(entry), entry.get("summary") or entry.get("media_caption") or ""
    published = dict.get(entry, "published") or dict.get(entry, "created", "")
    modified = dict.get(entry, "updated", "")
    if not published and not atom:
        # feedparser takes `dc:date` for the date of a change.
        published, modified = modified, ""
    # For a missing summary, feedparser returns the content of an Atom entry.
    short = plain_text(summary, MAX_SUMMARY) if summary != content else ""
    return Hints(
        title=plain_text(entry.get("title")),
        authors=_authors(entry),
        published=date_text(published),
        modified=date_text(modified),
        summary=short if content or not short.endswith("…") else "",
        content=content or _markup(entry.get("summary_detail", {})),
        tags=tag_names(tag.get("label") or tag.get("term") for tag in entry.get("tags", [])),
        language=language_code(entry.get("language")),
    )


def _content(entry: Any) -> str:
    """The longest HTML or text content of an entry; other media are left out."""
    parts = [part for part in entry.get("content", []) if _is_text(part)]
    return _markup(max(parts, key=lambda part: len(part.get("value") or ""), default={}))


def _is_text(part: Any) -> bool:
    """Whether a content element is HTML or text, by its type, or because it was HTML in base64."""
    kind = part.get("type", "")
    decoded = kind == "application/octet-stream" and "<" in (part.get("value") or "")
    return kind.startswith(("text/", "application/xhtml")) or decoded


def _markup(part: Any) -> str:
    """The HTML of a text construct; without any tag it is plain text, whatever its type says."""
    text = part.get("value") or ""
    if part.get("type") == "text/plain":
        return to_paragraphs(text)
    return text if "<" in text else to_paragraphs(html.unescape(text))


def _authors(entry: Any) -> tuple[str, ...]:
    return author_names(author.get("name") for author in entry.get("authors", [])) or author_names(
        [entry.get("author")]
    )


def _history(parsed: Any, index_page: IndexPage) -> tuple[IndexRequest, ...]:
    """The previous archive or the next page of RFC 5005, both of which lead to older entries.

    The feeds of Substack are not paged; their archive is an API.
    """
    since = index_page.since.astimezone(UTC).timetuple()[:6] if index_page.since else None
    if since and parsed.entries and all(() != _day(entry) < since for entry in parsed.entries):
        return ()
    for rel in ("prev-archive", "next"):
        for link in parsed.feed.get("links", []):
            if link.get("rel") == rel and is_further_index(link.get("href", ""), index_page, _site_urls(parsed)):
                return (IndexRequest(link["href"], "feed"),)
    if plain_text(parsed.feed.get("generator"), 40).lower() == "substack":
        return (IndexRequest(substack.api_url(index_page.page.final_url), "substack", optional=True),)
    return ()
