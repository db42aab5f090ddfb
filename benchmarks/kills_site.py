"""The site of `kills.py`: stories that are published and edited, named by feeds and by sitemaps."""

from __future__ import annotations

import random
import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SOURCES = 3
#: New stories of a round, and edits of earlier ones.
GROWTH, EDITS = 30, 15
_TEXT = (
    "harbour lighthouse captain ferry island council bridge market winter river engine school garden ticket letter"
    " station museum orchard window violin mayor budget storm anchor pilot vessel cargo customs notary bakery tunnel"
)
_WORDS = _TEXT.split()


class Site:
    """Stories by number, each with an edition that grows when it is edited, named by feeds and by sitemaps."""

    def __init__(self, seed: int) -> None:
        self.editions: dict[int, int] = {}
        self._changed: list[int] = []
        self._random = random.Random(seed)
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                kind, body = site.answer(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """The harness prints its own table."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """A client that is killed says nothing more."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def publish(self) -> None:
        """New stories, and edits of earlier ones."""
        first = len(self.editions)
        edited = self._random.sample(range(first), min(EDITS, first))
        self.editions |= {number: self.editions[number] + 1 for number in edited}
        self.editions |= dict.fromkeys(range(first, first + GROWTH), 0)
        self._changed = [*self._changed, *edited, *range(first, first + GROWTH)][-600:]

    def answer(self, path: str) -> tuple[str, bytes]:
        name = path.strip("/").partition(".")[0]
        what, _, number = name.partition("-")
        if what == "story" and number.isdecimal() and int(number) in self.editions:
            return "text/html; charset=utf-8", self._story(int(number)).encode()
        if what in {"feed", "sitemap"}:
            return "application/xml", (self._feed(int(number)) if what == "feed" else self._sitemap(number)).encode()
        return "text/plain", b""

    def _story(self, number: int) -> str:
        own = random.Random(number)
        lines = [self._sentence(own) for _ in range(24)]
        # An edit adds a sentence in the middle: a correction that is news.
        lines[12:12] = [self._sentence(random.Random(f"{number} {edit}")) for edit in range(self.editions[number])]
        text = "".join(f'<p class="line-{at}">{line}</p>' for at, line in enumerate(lines))
        title = f"Story {number} of the {own.choice(_WORDS)}"
        body = f"<main><article><h1>{title}</h1>{text}</article></main>"
        return f"<html lang=en><title>{title}</title><body>{body}</body></html>"

    @staticmethod
    def _sentence(chance: random.Random) -> str:
        return f"The {' '.join(chance.choices(_WORDS, k=14))} was seen {chance.randrange(10**6)} times."

    def _feed(self, source: int) -> str:
        named = [number for number in dict.fromkeys(self._changed) if number % SOURCES == source]
        items = "".join(
            f"<item><title>Story {number}, edition {self.editions[number]}</title>"
            f"<link>{self.origin}/story-{number}</link>"
            f"<pubDate>{formatdate(1_770_000_000 + number * 60)}</pubDate></item>"
            for number in named
        )
        return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'

    def _sitemap(self, number: str) -> str:
        if not number:
            count = len(self.editions) // 20 + 1
            named = "".join(f"<sitemap><loc>{self.origin}/sitemap-{at}.xml</loc></sitemap>" for at in range(count))
            return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</sitemapindex>'
        urls = "".join(
            f"<url><loc>{self.origin}/story-{at}</loc><lastmod>{2000 + self.editions[at]}-01-01</lastmod></url>"
            for at in range(int(number) * 20, int(number) * 20 + 20)
            if at in self.editions
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
