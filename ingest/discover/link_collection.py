"""From what an index page names to links: one form per URL, each once, the site's own; the rest with a reason."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.dedup import hosts, urls
from ingest.discover.article_urls import looks_like_article
from ingest.errors import DiscoverError, ExtractError
from ingest.extraction.markup import charset, limits
from ingest.model import NO_HINTS, Hints, Link, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ingest.discover.index_model import IndexPage

_BREAKS = re.compile(r"<(?:br|/?(?:p|div|li|ul|ol|h[1-6]|tr|td|blockquote))\b[^<>]*+>", re.IGNORECASE)
_TAGS = re.compile(r"<[A-Za-z/!][^<>]*+>")
#: What is no text although it stands between tags: how it begins, and how it ends.
_UNSEEN = tuple(
    (re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (("<!--", "-->"), (r"<script\b", r"</script\b[^<>]*+>?"), (r"<style\b", r"</style\b[^<>]*+>?"))
)


#: How pictures, films, archives, programs and PDFs begin, whatever their Content-Type says.
_BINARY = re.compile(
    rb"\x89PNG|GIF8|\xff\xd8\xff|RIFF....(?:WEBP|WAVE|AVI)|%PDF-|PK\x03\x04|\x1f\x8b|7z\xbc\xaf|Rar!|\x28\xb5\x2f\xfd"
    rb"|\x7fELF|MZ[\x00-\xff]{2}\x00|OggS|ID3[\x02-\x04]|\x1a\x45\xdf\xa3|....ftyp|\x00\x00\x01\x00"
    rb"|SQLite format 3\x00|wOF[F2]",
    re.DOTALL,
)

#: An entry's title and summary are cut to these; what is longer is no title.
MAX_TITLE = 1_000
MAX_SUMMARY = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as an index page names it. The first of ``urls`` that may be followed is its address."""

    urls: tuple[str, ...]
    hints: Hints = NO_HINTS
    base: str = ""


@dataclass(slots=True)
class CollectedLinks:
    links: list[Link] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def collect_links(
    entries: Iterable[Entry], index_page: IndexPage, *, homes: Iterable[str] = (), strict: bool = False
) -> CollectedLinks:
    """Links in the order of ``entries``.

    An address is the site's own if its registered domain is that of the source, of where the index page was found, or
    of one of ``homes`` (what the index page says it belongs to). ``strict`` also refuses what does not look like an
    article; for indexes that name every page of a site.
    """
    page, source = index_page.page, index_page.source
    own = frozenset(filter(None, map(_site, (source.url, page.url, page.final_url, *homes))))
    userinfo = urls.split(source.url).userinfo
    collected = CollectedLinks()
    seen: set[str] = set()
    for entry in entries:
        url, reason = _address(entry, page.final_url, own, userinfo)
        # What has no address at all is named by where it stands.
        url = url or f"{index_page.request.url}#{entry.hints.title}"
        if not reason and strict and not looks_like_article(url):
            reason = "not_an_article"
        if url in seen:
            continue
        seen.add(url)
        if reason:
            collected.refused.append((url, reason))
        else:
            collected.links.append(Link(url, source.name, index_page.request.url, entry.hints))
    return collected


def _site(url: str) -> str:
    try:
        return hosts.registrable_domain(urls.split(url).host)
    except urls.BadURL:
        return ""


def is_further_index(url: str, index_page: IndexPage, homes: Iterable[str]) -> bool:
    """Whether an index page may name ``url`` as its next one: another page, of its own site or of one of ``homes``."""
    own = (index_page.source.url, index_page.page.final_url, *homes)
    return url != index_page.page.final_url and any(urls.same_site(url, home) for home in own)


def _address(entry: Entry, page_url: str, own: frozenset[str], userinfo: str) -> tuple[str, str]:
    """The first address of an entry that can be followed and "", or its first address and why it is refused."""
    first = ("", "bad_url")
    for url in entry.urls:
        answer = _checked(url, entry.base or page_url, own, userinfo)
        if not answer[1]:
            return answer
        if first == ("", "bad_url"):
            first = answer
    return first


def _checked(url: str, base: str, own: frozenset[str], userinfo: str) -> tuple[str, str]:
    try:
        parts = urls.split(url, base)
    except urls.BadURL as error:
        return url.strip()[: urls.MAX_LENGTH], error.code
    address = str(parts)
    if not url.strip():
        return "", "bad_url"
    if parts.path.startswith("/cdn-cgi/") or address == base:
        return address, "not_an_article"
    if hosts.registrable_domain(parts.host) not in own:
        return address, "foreign_host"
    # Credentials in a link are nobody's own; those of the source itself are the operator's.
    if parts.userinfo and parts.userinfo != userinfo:
        return address, "bad_url"
    return address, ""


def decode(page: Page) -> str:
    """The characters of an index page; `DiscoverError` ``not_a_feed`` for a picture or the like, or ``encoding``."""
    if _BINARY.match(page.content):
        raise DiscoverError(page.url, "not_a_feed", "the answer is a picture, an archive or another file, no text")
    try:
        return charset.decode(page.content, page.headers.get("content-type", ""))
    except ExtractError as error:
        raise DiscoverError(page.url, "encoding", error.message) from error


def decode_html(page: Page) -> str:
    """The same of a page of HTML, fit to be parsed; `DiscoverError` ``parse`` for one that would take too long."""
    try:
        return limits.bounded(decode(page), page.url)
    except ExtractError as error:
        raise DiscoverError(page.url, "parse", error.message) from error


def plain(markup: object, limit: int = MAX_TITLE) -> str:
    """HTML, or text with the odd tag in it, as one line of text of at most ``limit`` characters; "" for no string."""
    if not isinstance(markup, str):
        return ""
    text = markup[: limit * 20]
    if "<" in text:
        text = _TAGS.sub("", _BREAKS.sub(" ", _readable(text)))
    text = " ".join((html.unescape(text) if "&" in text else text).split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _readable(markup: str) -> str:
    """Without comments, scripts and styles. One that does not end hides only its own tag."""
    for begin, end in _UNSEEN:
        kept: list[str] = []
        at = 0
        while (start := begin.search(markup, at)) and (stop := end.search(markup, start.end())):
            kept.append(markup[at : start.start()])
            at = stop.end()
        markup = "".join([*kept, markup[at:]])
    return markup


def paragraphs(text: str) -> str:
    """Plain text as HTML; blank lines part paragraphs."""
    return "".join(f"<p>{html.escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def strings(values: Iterable[object]) -> Iterator[str]:
    """The non-empty ones of some values, as plain text, each once."""
    yield from dict.fromkeys(text for value in values if (text := plain(value)))
