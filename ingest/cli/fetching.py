"""Opens the HTTP client and the browser for commands that fetch single pages; nothing is stored."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.cli.configuration import load_if_present
from ingest.fetch.browser.renderer import Renderer
from ingest.fetch.client import Fetcher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from ingest.cli.options import Options
    from ingest.model import Page, Settings, Source


@dataclass(frozen=True, slots=True)
class PageClient:
    """Fetches pages outside a run: nothing is stored, and nothing is remembered of a host that wants a pause."""

    fetcher: Fetcher
    renderer: Renderer

    async def get(self, url: str, source: Source | None = None) -> Page:
        """Fetches the page, through the browser if the source wants its pages rendered. Raises `FetchError`."""
        return await (self.renderer.get(url, source) if source and source.render else self.fetcher.get(url))


@asynccontextmanager
async def page_client(settings: Settings) -> AsyncIterator[PageClient]:
    """Opens a client that is closed at the end of the block; a browser is started when the first page needs it."""
    async with Fetcher(settings) as fetcher, Renderer(settings, fetcher) as renderer:
        yield PageClient(fetcher, renderer)


def fetch_page(url: str, options: Options, source: Source | None = None) -> Page:
    """Fetches one page, by the settings of sources.yaml if there is one. Raises `FetchError` and `SourcesError`."""

    async def get() -> Page:
        async with page_client(load_if_present(options.sources).settings) as client:
            return await client.get(url, source)

    return asyncio.run(get())
