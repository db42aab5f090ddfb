"""The URLs at which most sites publish, requested where a site declares nothing. None of them need exist."""

from __future__ import annotations

from ingest.dedup import urls
from ingest.discover.index_model import IndexRequest

#: Where feeds are that nobody declares, the commonest first.
_FEED_PATHS = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")


def guesses(url: str) -> list[IndexRequest]:
    """The robots.txt of the host of ``url``, which may name sitemaps, then its customary feeds."""
    return [robots_txt(url), *feeds(url)]


def feeds(url: str) -> list[IndexRequest]:
    """Where most blog software has its feed."""
    return [IndexRequest(urls.canonical(path, url), "feed", optional=True) for path in _FEED_PATHS]


def robots_txt(url: str) -> IndexRequest:
    """The robots.txt of the host of ``url``, requested for the sitemaps that it names."""
    return IndexRequest(urls.canonical("/robots.txt", url), "robots", optional=True)


def sitemap(url: str) -> IndexRequest:
    """Where a host has its sitemap if its robots.txt names none."""
    return IndexRequest(urls.canonical("/sitemap.xml", url), "sitemap", optional=True)
