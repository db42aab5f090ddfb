"""A small web on loopback, served over real HTTP, that a test can change while it runs."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Tests are imported one by one, so that what they share has to be found by its folder.
sys.path.insert(0, str(Path(__file__).parent))

# A shell in the background starts its programs deaf to SIGINT, and so would be the commands that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Hypothesis's own bounds are of the wall clock, which a busy machine passes whatever is tested.
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")


@dataclass
class Answer:
    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: threading.Event | None = None
    """If given, the answer is held back until the event is set."""


class Web:
    """``pages`` maps paths to what they answer; ``asked`` lists the paths in the order they were asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                web.asked.append(self.path)
                answer = web.pages.get(self.path, Answer(b"nothing here", status=404))
                if answer.wait:
                    answer.wait.wait(20)
                etag = f'"{hash(answer.body)}"'
                unchanged = answer.status == 200 and self.headers.get("If-None-Match") == etag
                self.send_response(304 if unchanged else answer.status)
                self.send_header("ETag", etag)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if not unchanged:
                    self.send_header("Content-Type", answer.content_type)
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if not unchanged:
                    self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                """Tests read `asked`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def article(self, path: str, title: str, *paragraphs: str, **answer: object) -> None:
        """A plain news page."""
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        html = (
            f'<!doctype html><html lang="en"><head><title>{title}</title></head><body><nav><a href="/">Home</a></nav>'
            f"<main><article><h1>{title}</h1>{text}</article></main><footer>All rights reserved</footer></body></html>"
        )
        self.pages[path] = Answer(html.encode(), **answer)  # type: ignore[arg-type]

    def text(self, path: str, text: str, content_type: str = "text/plain") -> None:
        self.pages[path] = Answer(text.encode(), content_type)

    def feed(self, path: str, *items: str, dates: dict[str, str] | None = None) -> None:
        """An RSS feed of these paths; ``dates`` says when each was published."""
        entries = "".join(
            f"<item><title>Story {item}</title><link>{self.origin}{item}</link><guid>{self.origin}{item}</guid>"
            f"<pubDate>{(dates or {}).get(item, formatdate(1_770_000_000 + number * 60))}</pubDate></item>"
            for number, item in enumerate(items)
        )
        body = f'<rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'
        self.pages[path] = Answer(body.encode(), "application/rss+xml")

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.close()
