"""The pages of a corpus as a web on loopback: a site for each domain, with an RSS feed or a sitemap."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from ingest.dedup import urls

_DRIP_SECONDS = 0.2


@dataclass
class Site:
    """One domain. ``pages`` maps paths (with query) to gzipped pages, ``number`` gives its address.

    A site that ``drips`` sends a byte of its pages now and then, for as long as anyone listens.
    """

    name: str
    number: int
    kind: str
    pages: dict[str, Path] = field(default_factory=dict)
    drips: bool = False

    @property
    def address(self) -> str:
        return f"127.1.{self.number // 250}.{self.number % 250 + 1}"

    @property
    def index(self) -> str:
        return "replay-feed.xml" if self.kind == "feed" else "replay-sitemap.xml"

    def origin(self, port: int) -> str:
        return f"http://{self.address}:{port}"

    def index_page(self, port: int) -> bytes:
        links = [escape(self.origin(port) + path) for path in self.pages]
        if self.kind == "feed":
            items = "".join(f"<item><link>{link}</link><guid>{link}</guid></item>" for link in links)
            return f'<rss version="2.0"><channel><title>{escape(self.name)}</title>{items}</channel></rss>'.encode()
        urls = "".join(f"<url><loc>{link}</loc></url>" for link in links)
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def load_sites(corpus: Path, limit: int | None = None) -> list[Site]:
    """The sites of all sets of the corpus, pages at the paths they had on the web."""
    by_domain: dict[str, dict[str, Path]] = defaultdict(dict)
    for truth, row in islice(_rows(corpus), limit):
        parts = urls.split(_address(row))
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        pages = by_domain[parts.host]
        # Pages that share an address in the corpus (other versions of one page) get addresses of their own.
        while path in pages:
            path += ("&" if "?" in path else "?") + f"zcopy{len(pages)}=1"
        pages[path] = truth.parent / row["html"]
    domains = sorted(by_domain)
    return [
        Site(domain, number, ("feed", "sitemap")[number % 2], by_domain[domain])
        for number, domain in enumerate(domains)
    ]


def filled_sites(corpus: Path, count: int, pages: int) -> list[Site]:
    """``count`` sites of ``pages`` each: the corpus's articles in turn, and from the first again when all were used."""
    articles = cycle(
        truth.parent / row["html"]
        for truth, row in _rows(corpus)
        if row["truth"].get("page_type", "article") == "article"
    )
    return [
        Site(f"site-{number}", number, ("feed", "sitemap")[number % 2], _filled(number, pages, articles))
        for number in range(count)
    ]


def _filled(number: int, pages: int, articles: Iterator[Path]) -> dict[str, Path]:
    return {f"/2026/03/{number}-{place}-story.html": next(articles) for place in range(pages)}


def _address(row: dict[str, Any]) -> str:
    """The page's canonical URL; the corpus has a few that are none."""
    try:
        return urls.canonical(row["url"])
    except urls.BadURL:
        return urls.canonical(f"http://unnamed.example/{row['id']}")


def _rows(corpus: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for truth in sorted(corpus.glob("*/truth.jsonl")):
        with truth.open(encoding="utf-8") as lines:
            yield from ((truth, json.loads(line)) for line in lines)


def serve(sites: list[Site], port: int, ready: Event) -> None:
    """Serves until it is terminated."""
    asyncio.run(_serve({site.address: site for site in sites}, port, ready))


async def _serve(sites: dict[str, Site], port: int, ready: Event) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        site = sites[writer.get_extra_info("sockname")[0]]
        try:
            while head := await _request(reader):
                writer.write(_answer(site, head, port))
                await writer.drain()
                while site.drips and "/replay-" not in head:
                    await asyncio.sleep(_DRIP_SECONDS)
                    writer.write(b" ")
                    await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "0.0.0.0", port, backlog=512)
    ready.set()
    await server.serve_forever()


async def _request(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return ""


def _answer(site: Site, head: str, port: int) -> bytes:
    path = head.split(" ", 2)[1]
    if path == f"/{site.index}":
        return _response(head, site.index_page(port), "application/xml", "")
    if path in site.pages and site.drips:
        return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n"
    if path in site.pages:
        return _response(head, site.pages[path].read_bytes(), "text/html", "Content-Encoding: gzip\r\n")
    return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def _response(head: str, body: bytes, kind: str, more: str) -> bytes:
    etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
    if f"if-none-match: {etag}" in head.lower():
        return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
    lines = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nETag: {etag}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return lines.encode() + body
