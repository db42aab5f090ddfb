"""The pretend web over HTTP: each site has a port of its own at 127.0.0.1. `site_files` makes the responses."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

from ingest.demo.site_files import SITES, SiteFiles
from ingest.demo.sources import SETTINGS, demo_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.model import Settings, Source


class Web:
    """The pretend web while it is served."""

    def __init__(self, sites: dict[str, SiteFiles]) -> None:
        self._sites = sites

    @property
    def origins(self) -> dict[str, str]:
        """Site → origin, as ``http://127.0.0.1:40213``."""
        return {name: site.origin for name, site in self._sites.items()}

    @property
    def sources(self) -> list[Source]:
        """The sources that an operator would configure for it."""
        return demo_sources(self.origins)

    @property
    def settings(self) -> Settings:
        """Loopback addresses are allowed, and requests have no delay."""
        return SETTINGS

    def edit(self) -> None:
        """Serves the second version of the one article that its author has rewritten."""
        for site in self._sites.values():
            site.edited = True


class _Server(ThreadingHTTPServer):
    # The server waits for requests in flight when it ends, so that no socket is left open.
    daemon_threads = False
    files: SiteFiles


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "pretend-web"
    sys_version = ""
    timeout = 5
    server: _Server

    def do_GET(self) -> None:
        response = self.server.files.response(
            self.path,
            if_none_match=self.headers.get("If-None-Match", ""),
            if_modified_since=self.headers.get("If-Modified-Since", ""),
        )
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != 304:
            self.send_header("Content-Length", str(len(response.content)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.content)

    do_HEAD = do_GET  # noqa: N815 — the name that http.server calls

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 — the name is the base class's
        """Requests are not logged: they would disturb the output of the demo."""


@contextmanager
def serve() -> Iterator[Web]:
    """Serves the pretend web while the block runs, on ports that the system chooses."""
    with ExitStack() as open_servers:
        yield Web({name: open_servers.enter_context(_serving(name)) for name in SITES})


@contextmanager
def _serving(name: str) -> Iterator[SiteFiles]:
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.files = SiteFiles(name, f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name=f"demo-{name}")
        thread.start()
        try:
            yield server.files
        finally:
            server.shutdown()
            thread.join()
