"""A hostile server, and a renderer that may fetch from it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hostile_server import ALLOW, BEHAVIOURS, Behaviour, HostileServer, Visit

from ingest.errors import FetchError
from ingest.fetch.browser.renderer import Renderer, missing_requirement
from ingest.fetch.client import Fetcher
from ingest.model import Page, Settings, Source

#: Mark of tests that need the real thing.
NEEDED = pytest.mark.skipif(bool(missing_requirement(Settings())), reason=missing_requirement(Settings()))

SOURCE = Source("islands", "http://127.0.0.1/", render=True)
STORY = "The ferry to the island leaves at noon, weather permitting."


def html(body: str, *headers: str) -> Behaviour:
    async def behaviour(visit: Visit) -> None:
        page = f"<!doctype html><title>Ferry</title><body>{body}</body>".replace(
            "PORT", visit.origin.rpartition(":")[2]
        )
        await visit.answer(page.encode(), "200 OK", "Content-Type: text/html; charset=utf-8", *headers)

    return behaviour


def script(code: str, *headers: str) -> Behaviour:
    """Not to be kept, unless ``headers`` say how."""

    async def behaviour(visit: Visit) -> None:
        kept = headers or ("Cache-Control: no-store",)
        await visit.answer(code.encode(), "200 OK", "Content-Type: text/javascript", *kept)

    return behaviour


def writes(code: str) -> Behaviour:
    """A page whose script can ``say`` something; what it has said stands in the page, behind the story."""
    said = "const say = words => document.body.append(' [' + words + ']');"
    return html(f"<p>{STORY}</p><script>{said}{code}</script>")


@asynccontextmanager
async def browsing(
    *, settings: dict[str, Any] | None = None, **routes: Behaviour
) -> AsyncIterator[tuple[HostileServer, Renderer]]:
    chosen = {"delay": 0.0, "deadline": 20.0, "allow_addresses": ALLOW, "max_bytes": 300_000} | (settings or {})
    there = Settings(**chosen)
    named = {name.replace("_", "-"): behaviour for name, behaviour in routes.items()}
    async with HostileServer(**named) as server, Fetcher(there) as fetcher, Renderer(there, fetcher) as browser:
        yield server, browser


def visiting(
    scenario: Callable[[HostileServer, Renderer], Awaitable[Any]],
    *,
    settings: dict[str, Any] | None = None,
    **routes: Behaviour,
) -> Any:
    async def run() -> Any:
        async with browsing(settings=settings, **routes) as (server, browser):
            return await scenario(server, browser)

    return asyncio.run(run())


class SharedRenderer:
    """A server and a renderer for many pages: starting a browser takes longer than showing a page."""

    def __init__(self, **settings: Any) -> None:
        self._runner = asyncio.Runner()
        self._context = browsing(settings=settings)
        self._server, self._browser = self._runner.run(self._context.__aenter__())

    def shown(self, behaviour: Behaviour, **routes: Behaviour) -> tuple[HostileServer, Page]:
        """The server after the fetch, and the page at ``/page`` as the browser shows it."""
        self._server.routes = dict(BEHAVIOURS) | routes | {"page": behaviour}
        self._server.visits.clear()
        page = self._runner.run(self._browser.get(f"{self._server.origin}/page", SOURCE))
        assert self._server.forbidden == []
        return self._server, page

    def close(self) -> None:
        self._runner.run(self._context.__aexit__(None, None, None))
        self._runner.close()


def failure(behaviour: Behaviour, *, settings: dict[str, Any] | None = None) -> str:
    """The error class of ``/page``."""

    async def visit(server: HostileServer, browser: Renderer) -> str:
        with pytest.raises(FetchError) as caught:
            await browser.get(f"{server.origin}/page", SOURCE)
        return caught.value.code

    return visiting(visit, settings=settings, page=behaviour)


def text(page: Page) -> str:
    return page.content.decode()


def chromiums(folder: Path) -> list[int]:
    """The browsers that have their home below a folder, by their process ids."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command, environment = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
        except OSError:
            continue
        if f"HOME={folder}/".encode() in environment and b"--type=" not in command and b"--headless" in command:
            found.append(int(process.name))
    return found
