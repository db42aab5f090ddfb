"""Turns the entries of an index page into links: canonical, each URL once, of the source's own site only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.dedup import hosts, urls
from ingest.discover.article_urls import looks_like_article
from ingest.model import NO_HINTS, Hints, Link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.discover.index_model import IndexPage


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as an index page names it. Its link is the first of ``urls`` that can be followed."""

    urls: tuple[str, ...]
    hints: Hints = NO_HINTS
    base: str = ""
    """What relative ``urls`` are relative to, if not to the URL of the index page."""


@dataclass(slots=True)
class CollectedLinks:
    """The links of an index page, and the URLs that are not followed, each with its error class."""

    links: list[Link] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def collect_links(
    entries: Iterable[Entry], index_page: IndexPage, *, site_urls: Iterable[str] = (), strict: bool = False
) -> CollectedLinks:
    """The links of ``entries``, in their order.

    A URL is followed if its registrable domain is that of the source, of the index page (as requested or as redirected)
    or of one of ``site_urls`` (what the index page says it belongs to); others are refused as ``foreign_host``.
    ``strict`` also refuses what does not look like an article, for indexes that name every page of a site.
    """
    page, source = index_page.page, index_page.source
    own = frozenset(filter(None, map(_domain, (source.url, page.url, page.final_url, *site_urls))))
    userinfo = urls.split(source.url).userinfo
    collected = CollectedLinks()
    seen: set[str] = set()
    for entry in entries:
        url, reason = _first_followable(entry, page.final_url, own, userinfo)
        # An entry without any URL gets one, under which the refusal is recorded.
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


def _domain(url: str) -> str:
    try:
        return hosts.registrable_domain(urls.split(url).host)
    except urls.BadURL:
        return ""


def is_further_index(url: str, index_page: IndexPage, site_urls: Iterable[str]) -> bool:
    """Whether ``url`` can be the index page after this one: another URL, of its site or of one of ``site_urls``."""
    own = (index_page.source.url, index_page.page.final_url, *site_urls)
    return url != index_page.page.final_url and any(urls.same_site(url, home) for home in own)


def _first_followable(entry: Entry, page_url: str, own: frozenset[str], userinfo: str) -> tuple[str, str]:
    """The first URL of an entry that can be followed and "", or its first URL and the error class that refuses it."""
    first = ("", "bad_url")
    for url in entry.urls:
        checked = _checked(url, entry.base or page_url, own, userinfo)
        if not checked[1]:
            return checked
        if first == ("", "bad_url"):
            first = checked
    return first


def _checked(url: str, base: str, own: frozenset[str], userinfo: str) -> tuple[str, str]:
    try:
        parts = urls.split(url, base)
    except urls.BadURL as error:
        return url.strip()[: urls.MAX_LENGTH], error.code
    canonical = str(parts)
    if not url.strip():
        return "", "bad_url"
    if parts.path.startswith("/cdn-cgi/") or canonical == base:
        return canonical, "not_an_article"
    if hosts.registrable_domain(parts.host) not in own:
        return canonical, "foreign_host"
    # Credentials in a link are nobody's own; those of the source itself are the operator's.
    if parts.userinfo and parts.userinfo != userinfo:
        return canonical, "bad_url"
    return canonical, ""
