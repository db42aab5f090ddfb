"""The peers of `throughput.py`: Scrapy, and a plain httpx loop, each with trafilatura, writing to SQLite.

    python throughput_peers.py scrapy|httpx DATABASE URL…

Runs with an interpreter that has scrapy, httpx and trafilatura; knows nothing of ingest. Each URL is a feed or a
sitemap; all pages it names are fetched, extracted with metadata, and stored. Both extract in the process that fetches,
as their tutorials do, and ask for no robots.txt.
"""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import sys
from html import unescape
from typing import Any

import trafilatura

_LINKS = re.compile(r"<item><link>([^<]+)</link>|<loc>([^<]+)</loc>")
_TABLE = (
    "CREATE TABLE articles (url TEXT PRIMARY KEY, title TEXT, author TEXT, date TEXT, sitename TEXT, tags TEXT,"
    " text TEXT NOT NULL)"
)
_TOGETHER = 50
_CONNECTIONS = 64


class Articles:
    """One table, a commit for so many articles."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute(_TABLE)
        self._waiting = 0

    def add(self, url: str, html: str) -> None:
        found = trafilatura.bare_extraction(html, url=url, with_metadata=True)
        if found is None or not found.text:
            return
        tags = json.dumps(found.tags)
        row = [url, found.title, found.author, found.date, found.sitename, tags, found.text]
        self._db.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._waiting += 1
        if self._waiting == _TOGETHER:
            self._db.commit()
            self._waiting = 0

    def close(self) -> None:
        self._db.commit()
        self._db.close()


def links(index: str) -> list[str]:
    return [unescape(feed or sitemap) for feed, sitemap in _LINKS.findall(index)]


async def by_httpx(articles: Articles, indexes: list[str]) -> None:
    import httpx  # noqa: PLC0415 - Scrapy's run does not need it

    places = asyncio.Semaphore(_CONNECTIONS)
    async with httpx.AsyncClient(timeout=30, limits=httpx.Limits(max_connections=_CONNECTIONS)) as client:

        async def text(url: str) -> str:
            async with places:
                response = await client.get(url)
            return response.raise_for_status().text

        async def bring(url: str) -> None:
            articles.add(url, await text(url))

        async def follow(index: str) -> None:
            await asyncio.gather(*map(bring, links(await text(index))))

        await asyncio.gather(*map(follow, indexes))


def by_scrapy(articles: Articles, indexes: list[str]) -> None:
    from scrapy import Request, Spider  # noqa: PLC0415 - httpx's run does not need it
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415

    class Sites(Spider):
        name = "sites"
        start_urls = indexes

        def parse(self, response: Any, **_: Any) -> Any:
            yield from (Request(url, self.parse_page) for url in links(response.text))

        def parse_page(self, response: Any) -> None:
            articles.add(response.url, response.text)

    settings = {
        "CONCURRENT_REQUESTS": _CONNECTIONS,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "DOWNLOAD_DELAY": 0,
        "ROBOTSTXT_OBEY": False,
        "LOG_LEVEL": "WARNING",
        "TELNETCONSOLE_ENABLED": False,
    }
    process = CrawlerProcess(settings)
    process.crawl(Sites)
    process.start()


def main() -> None:
    peer, database, *indexes = sys.argv[1:]
    articles = Articles(database)
    if peer == "scrapy":
        by_scrapy(articles, indexes)
    else:
        asyncio.run(by_httpx(articles, indexes))
    articles.close()


if __name__ == "__main__":
    main()
