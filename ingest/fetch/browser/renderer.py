"""Pages whose text is written by scripts: fetched by our fetcher, run in the system's Chromium, returned as HTML.

Playwright is imported for the first such page. Without it, or without a browser, every page fails as ``browser``.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import time
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Self

from ingest.errors import FetchError
from ingest.fetch.http.printable import printable_line
from ingest.model import Page, Settings, Source, Validators

if TYPE_CHECKING:
    from types import TracebackType

    from ingest.fetch.browser.page import BrowserPage
    from ingest.fetch.browser.process import Chromium
    from ingest.fetch.browser.subresources import ScriptCache
    from ingest.fetch.client import Fetcher

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PARALLEL_PAGES = 3
#: Scripts may navigate to another page, as redirects do, so many times.
_MOST_NAVIGATIONS = 5
#: A browser that was idle for so long, or has loaded so many pages, is ended; the next page starts a new one.
_IDLE_SECONDS = 60.0
_PAGES_PER_BROWSER = 200
#: After a failed start, pages fail at once for so long; then it is tried again.
_RETRY_SECONDS = 60.0
_URLS_KEPT = 10_000
_HTML = re.compile(r"\s*(?:text/html|application/xhtml\+xml)\b", re.IGNORECASE)
#: Servers send feeds and sitemaps as text/html; a browser would make one paragraph of them.
_XML_OR_JSON = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml|<rss|<feed|<rdf|<urlset|<sitemapindex|[{\[])", re.IGNORECASE
)
_XHTML = re.compile(rb"<html[\s>]", re.IGNORECASE)
_UNCONDITIONAL = Validators()


class _BrowserEnded(Exception):  # noqa: N818 — not an error yet: the page is loaded once more
    """The browser ended while it loaded a page, which another page may have caused."""


class Renderer:
    """Fetches pages of sources with ``render: true``, a few at a time. An async context manager; else call `aclose`."""

    def __init__(self, settings: Settings, fetcher: Fetcher) -> None:
        self._settings = settings
        self._fetcher = fetcher
        self._slots = asyncio.Semaphore(_PARALLEL_PAGES)
        self._start_lock = asyncio.Lock()
        self._chromium: Chromium | None = None
        self._scripts: ScriptCache | None = None
        self._open_pages = self._loaded_pages = 0
        self._failed_start: tuple[float, str] = (0.0, "")
        self._idle_timer: asyncio.TimerHandle | None = None
        self._idle_task: asyncio.Task[None] | None = None
        self._not_html: set[str] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        if self._idle_timer:
            self._idle_timer.cancel()
        async with self._start_lock:
            await self._end()

    async def get(self, url: str, source: Source, *, validators: Validators = _UNCONDITIONAL) -> Page:
        """The page at a URL after its scripts have run, as UTF-8 HTML; a response that is not HTML is unchanged.

        A rendered page has no validators, and ``validators`` are sent only if the last response from this URL was not
        HTML: the HTML of an application stays the same while the data that its scripts load changes.
        Raises FetchError as `Fetcher.get` does, and ``browser`` if no browser can be started.
        """
        requirement = missing_requirement(self._settings)
        if requirement:
            raise FetchError(url, "browser", requirement)
        document = await self._fetch(url, source, validators if url in self._not_html else _UNCONDITIONAL)
        if document.not_modified or not _is_html(document):
            return self._without_rendering(document)
        self._not_html.discard(url)
        try:
            async with self._slots:
                return await self._render(document, source)
        except FetchError as failure:
            raise failure.restated(url) from failure.bare()

    async def _fetch(self, url: str, source: Source, validators: Validators = _UNCONDITIONAL) -> Page:
        return await self._fetcher.get(url, validators=validators, source=source.name, retry_scope=source.retry_scope)

    def _without_rendering(self, document: Page) -> Page:
        if len(self._not_html) >= _URLS_KEPT:
            self._not_html.clear()
        self._not_html.add(document.url)
        return document

    async def _render(self, document: Page, source: Source) -> Page:
        started = time.monotonic()
        try:
            page = await self._load(document, source)
        except _BrowserEnded:
            try:
                page = await self._load(document, source)
            except _BrowserEnded as error:
                raise FetchError(document.url, "protocol", "the browser crashed twice over the page") from error
        spent = round((time.monotonic() - started) * 1000)
        return replace(page, elapsed_ms=document.elapsed_ms + spent)

    async def _load(self, document: Page, source: Source) -> Page:
        from playwright.async_api import Error as PlaywrightError  # noqa: PLC0415 — an extra, installed at this point

        from ingest.fetch.browser.page import open_page  # noqa: PLC0415 — needs the extra
        from ingest.fetch.browser.subresources import SubresourceLoader  # noqa: PLC0415 — needs the extra

        chromium = await self._running_browser(document.url)
        assert self._scripts
        loader = SubresourceLoader(self._fetcher, self._settings, source, self._scripts)
        self._open_pages, self._loaded_pages = self._open_pages + 1, self._loaded_pages + 1
        try:
            async with open_page(chromium, loader, self._settings, source) as page:
                return await self._follow(page, document, source)
        except PlaywrightError as error:
            if not chromium.alive:
                raise _BrowserEnded from error
            raise FetchError(document.url, "protocol", f"the browser: {printable_line(error.message)}") from error
        finally:
            self._open_pages -= 1
            self._restart_idle_timer()

    async def _follow(self, page: BrowserPage, document: Page, source: Source) -> Page:
        """The rendered page, after the navigations that its scripts start."""
        current = document
        for _ in range(_MOST_NAVIGATIONS):
            next_url = await page.load(current)
            if not next_url:
                return _rendered(document, current, await page.html())
            current = await self._fetch(next_url, source)
            if not _is_html(current):
                return replace(current, url=document.url, permanent_url="")
        raise FetchError(
            document.url, "too_many_redirects", f"scripts led the page on more than {_MOST_NAVIGATIONS} times"
        )

    async def _running_browser(self, url: str) -> Chromium:
        async with self._start_lock:
            worn_out = self._loaded_pages >= _PAGES_PER_BROWSER and not self._open_pages
            if self._chromium and self._chromium.alive and not worn_out:
                return self._chromium
            await self._end()
            until, reason = self._failed_start
            if until > time.monotonic():
                raise FetchError(url, "browser", reason)
            self._chromium = await self._start(url)
            return self._chromium

    async def _start(self, url: str) -> Chromium:
        from playwright.async_api import Error as PlaywrightError  # noqa: PLC0415 — an extra, installed at this point

        from ingest.fetch.browser.process import Chromium  # noqa: PLC0415 — needs the extra
        from ingest.fetch.browser.subresources import ScriptCache  # noqa: PLC0415 — needs the extra

        self._scripts = self._scripts or ScriptCache()
        program = _program(self._settings)
        try:
            return await Chromium.start(program)
        except (PlaywrightError, OSError) as error:
            reason = f"{program} could not be started: {_start_failure(str(error))}"
            self._failed_start = time.monotonic() + _RETRY_SECONDS, reason
            raise FetchError(url, "browser", reason) from error

    async def _end(self) -> None:
        chromium, self._chromium, self._loaded_pages = self._chromium, None, 0
        if chromium:
            await chromium.aclose()

    def _restart_idle_timer(self) -> None:
        if self._idle_timer:
            self._idle_timer.cancel()
        loop = asyncio.get_running_loop()
        self._idle_timer = None if self._open_pages else loop.call_later(_IDLE_SECONDS, self._on_idle)

    def _on_idle(self) -> None:
        self._idle_task = asyncio.create_task(self._end_if_idle())

    async def _end_if_idle(self) -> None:
        async with self._start_lock:
            if not self._open_pages:
                await self._end()


def missing_requirement(settings: Settings) -> str:
    """What has to be installed before pages can be rendered, in one line; "" if nothing is missing."""
    if not find_spec("playwright"):
        return "pages that need a browser want the extra `render`: python -m pip install '.[render]'"
    if _program(settings):
        return ""
    configured = _configured_program(settings)
    if configured:
        shown = printable_line(configured)
        return f"{shown} is no program: name Chromium or Chrome in settings.browser, or in INGEST_BROWSER"
    return "no browser was found: install Chromium or Chrome, or name its program in settings.browser"


def _program(settings: Settings) -> str:
    """The path of the browser's program; "" if there is none."""
    configured = _configured_program(settings)
    return next((path for name in ((configured,) if configured else _PROGRAMS) if (path := shutil.which(name))), "")


def _configured_program(settings: Settings) -> str:
    return settings.browser or os.environ.get("INGEST_BROWSER", "")


def _start_failure(error: str) -> str:
    """What the browser wrote to stderr, in one line; the first line of Playwright's error if it wrote nothing."""
    lines = error.splitlines() or ["no answer"]
    written = [line.partition("[err]")[2].strip() for line in lines if "[err]" in line]
    return printable_line(" ".join(filter(None, written)) or lines[0], 300)


def _is_html(page: Page) -> bool:
    declared = page.headers.get("content-type", "")
    if declared and not _HTML.match(declared):
        return False
    return not _XML_OR_JSON.match(page.content) or bool(_XHTML.search(page.content[:2000]))


def _rendered(requested: Page, loaded: Page, content: bytes) -> Page:
    """The page with rendered content, at the URL that was fetched last, without the validators of the raw content."""
    outdated = {"etag", "last-modified", "content-type"}
    headers = {name: value for name, value in loaded.headers.items() if name not in outdated}
    return replace(
        requested,
        final_url=loaded.final_url,
        status=loaded.status,
        content=content,
        headers=headers | {"content-type": "text/html; charset=utf-8"},
        permanent_url=requested.permanent_url if loaded is requested else "",
    )
