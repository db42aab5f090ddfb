"""The pages of a corpus as a web on loopback: a site for each domain, with an RSS feed or a sitemap."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape


@dataclass
class Site:
    """One domain. ``pages`` maps paths (with query) to gzipped pages, ``number`` gives its address."""

    name: str
    number: int
    kind: str
    pages: dict[str, Path] = field(default_factory=dict)

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
    count = 0
    for truth in sorted(corpus.glob("*/truth.jsonl")):
        for line in truth.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            parts = urlsplit(row["url"])
            # Pages that share an address in the corpus (other versions of one page) get addresses of their own.
            path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
                f"?{quote(parts.query, safe='=&%/?:@!$()*+,;~')}" if parts.query else ""
            )
            pages = by_domain[parts.hostname or "unnamed"]
            while path in pages:
                path += ("&" if "?" in path else "?") + f"copy={len(pages)}"
            pages[path] = truth.parent / row["html"]
            count += 1
            if limit and count >= limit:
                break
    domains = sorted(by_domain)
    return [
        Site(domain, number, ("feed", "sitemap")[number % 2], by_domain[domain])
        for number, domain in enumerate(domains)
    ]


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
    if path in site.pages:
        return _response(head, site.pages[path].read_bytes(), "text/html", "Content-Encoding: gzip\r\n")
    return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def _response(head: str, body: bytes, kind: str, more: str) -> bytes:
    etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
    if f"if-none-match: {etag}" in head.lower():
        return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
    lines = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nETag: {etag}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return lines.encode() + body
