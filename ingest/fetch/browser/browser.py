"""Pages that only a browser shows: fetched by our fetcher, run in a Chromium of the system, handed on as they stand.

Playwright is imported with the first such page. Without it, or without a browser, every page fails as ``browser``.
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
from ingest.fetch.http.target import one_line
from ingest.model import Page, Settings, Source, Validators

if TYPE_CHECKING:
    from types import TracebackType

    from ingest.fetch.browser.page import View
    from ingest.fetch.browser.process import Chromium
    from ingest.fetch.browser.subresources import Shelf
    from ingest.fetch.client import Fetcher

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PAGES_AT_A_TIME = 3
#: A script may lead the page on as a redirect does, but not for ever.
_STEPS_AT_MOST = 5
#: A browser that nobody needed for so long, or that has shown so many pages, is ended; the next page starts one.
_IDLE_SECONDS = 60.0
_PAGES_A_BROWSER = 200
#: After a failed start the next one is tried only then.
_REFUSED_SECONDS = 60.0
_ADDRESSES_KEPT = 10_000
_HTML = re.compile(r"\s*(?:text/html|application/xhtml\+xml)\b", re.IGNORECASE)
#: Servers send feeds and sitemaps as text/html; to a browser they would be one paragraph.
_OTHER = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml|<rss|<feed|<rdf|<urlset|<sitemapindex|[{\[])", re.IGNORECASE)
_XHTML = re.compile(rb"<html[\s>]", re.IGNORECASE)
_UNCONDITIONAL = Validators()


class _Ended(Exception):  # noqa: N818 — no error: the page is shown again
    """The browser ended while it showed a page; another page may have been the reason."""


class Browser:
    """Renders pages of sources with ``render: true``, a few at a time. Use as an async context manager, or `aclose`."""

    def __init__(self, settings: Settings, fetcher: Fetcher) -> None:
        self._settings = settings
        self._fetcher = fetcher
        self._places = asyncio.Semaphore(_PAGES_AT_A_TIME)
        self._starting = asyncio.Lock()
        self._chromium: Chromium | None = None
        self._shelf: Shelf | None = None
        self._open = self._shown = 0
        self._refused: tuple[float, str] = (0.0, "")
        self._idle: asyncio.TimerHandle | None = None
        self._resting: asyncio.Task[None] | None = None
        self._not_rendered: set[str] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        if self._idle:
            self._idle.cancel()
        async with self._starting:
            await self._end()

    async def get(self, url: str, source: Source, *, validators: Validators = _UNCONDITIONAL) -> Page:
        """The page at a URL as it stands once its scripts have run; what is no HTML, as it came. FetchError.

        A rendered page has no validators, and ``validators`` are sent only where the last answer was no HTML: the
        frame of an application stays the same while what it shows changes.
        """
        lacking = missing(self._settings)
        if lacking:
            raise FetchError(url, "browser", lacking)
        document = await self._fetch(url, source, validators if url in self._not_rendered else _UNCONDITIONAL)
        if document.not_modified or not _is_html(document):
            return self._remembered(document)
        self._not_rendered.discard(url)
        try:
            async with self._places:
                return await self._render(document, source)
        except FetchError as failure:
            raise failure.restated(url) from failure.bare()

    async def _fetch(self, url: str, source: Source, validators: Validators = _UNCONDITIONAL) -> Page:
        return await self._fetcher.get(url, validators=validators, source=source.name, retry_scope=source.retry_scope)

    def _remembered(self, document: Page) -> Page:
        if len(self._not_rendered) >= _ADDRESSES_KEPT:
            self._not_rendered.clear()
        self._not_rendered.add(document.url)
        return document

    async def _render(self, document: Page, source: Source) -> Page:
        began = time.monotonic()
        try:
            page = await self._visit(document, source)
        except _Ended:
            try:
                page = await self._visit(document, source)
            except _Ended as error:
                raise FetchError(document.url, "protocol", "the browser crashed twice over the page") from error
        spent = round((time.monotonic() - began) * 1000)
        return replace(page, elapsed_ms=document.elapsed_ms + spent)

    async def _visit(self, document: Page, source: Source) -> Page:
        from playwright.async_api import Error as PlaywrightError  # noqa: PLC0415 — the extra is there, by now

        from ingest.fetch.browser.page import viewing  # noqa: PLC0415
        from ingest.fetch.browser.subresources import Errands  # noqa: PLC0415 — needs the extra

        chromium = await self._running(document.url)
        assert self._shelf
        errands = Errands(self._fetcher, self._settings, source, self._shelf)
        self._open, self._shown = self._open + 1, self._shown + 1
        try:
            async with viewing(chromium, errands, self._settings, source) as view:
                return await self._follow(view, document, source)
        except PlaywrightError as error:
            if not chromium.alive:
                raise _Ended from error
            raise FetchError(document.url, "protocol", f"the browser: {one_line(error.message)}") from error
        finally:
            self._open -= 1
            self._rest_later()

    async def _follow(self, view: View, document: Page, source: Source) -> Page:
        shown = document
        for _ in range(_STEPS_AT_MOST):
            leads_to = await view.show(shown)
            if not leads_to:
                return _rendered(document, shown, await view.html())
            shown = await self._fetch(leads_to, source)
            if not _is_html(shown):
                return replace(shown, url=document.url, permanent_url="")
        raise FetchError(
            document.url, "too_many_redirects", f"scripts led the page on more than {_STEPS_AT_MOST} times"
        )

    async def _running(self, url: str) -> Chromium:
        async with self._starting:
            worn = self._shown >= _PAGES_A_BROWSER and not self._open
            if self._chromium and self._chromium.alive and not worn:
                return self._chromium
            await self._end()
            until, why = self._refused
            if until > time.monotonic():
                raise FetchError(url, "browser", why)
            self._chromium = await self._start(url)
            return self._chromium

    async def _start(self, url: str) -> Chromium:
        from playwright.async_api import Error as PlaywrightError  # noqa: PLC0415 — the extra is there, by now

        from ingest.fetch.browser.process import Chromium  # noqa: PLC0415
        from ingest.fetch.browser.subresources import Shelf  # noqa: PLC0415 — needs the extra

        self._shelf = self._shelf or Shelf()
        program = _program(self._settings)
        try:
            return await Chromium.start(program)
        except (PlaywrightError, OSError) as error:
            why = f"{program} could not be started: {_said(str(error))}"
            self._refused = time.monotonic() + _REFUSED_SECONDS, why
            raise FetchError(url, "browser", why) from error

    async def _end(self) -> None:
        chromium, self._chromium, self._shown = self._chromium, None, 0
        if chromium:
            await chromium.aclose()

    def _rest_later(self) -> None:
        if self._idle:
            self._idle.cancel()
        self._idle = None if self._open else asyncio.get_running_loop().call_later(_IDLE_SECONDS, self._rest)

    def _rest(self) -> None:
        self._resting = asyncio.create_task(self._end_unless_needed())

    async def _end_unless_needed(self) -> None:
        async with self._starting:
            if not self._open:
                await self._end()


def missing(settings: Settings) -> str:
    """What has to be installed before pages can be rendered, in one line, or "" if nothing."""
    if not find_spec("playwright"):
        return "pages that need a browser want the extra `render`: python -m pip install '.[render]'"
    if _program(settings):
        return ""
    named = _named(settings)
    if named:
        return f"{one_line(named)} is no program: name Chromium or Chrome in settings.browser, or in INGEST_BROWSER"
    return "no browser was found: install Chromium or Chrome, or name its program in settings.browser"


def _program(settings: Settings) -> str:
    """The path of the browser's program, "" if there is none."""
    named = _named(settings)
    return next((path for name in ((named,) if named else _PROGRAMS) if (path := shutil.which(name))), "")


def _named(settings: Settings) -> str:
    return settings.browser or os.environ.get("INGEST_BROWSER", "")


def _said(error: str) -> str:
    """What the browser itself wrote, in one line; else what Playwright says of it."""
    lines = error.splitlines() or ["no answer"]
    written = [line.partition("[err]")[2].strip() for line in lines if "[err]" in line]
    return one_line(" ".join(filter(None, written)) or lines[0], 300)


def _is_html(page: Page) -> bool:
    declared = page.headers.get("content-type", "")
    if declared and not _HTML.match(declared):
        return False
    return not _OTHER.match(page.content) or bool(_XHTML.search(page.content[:2000]))


def _rendered(asked: Page, shown: Page, content: bytes) -> Page:
    """Where it was shown, not where its scripts say it is; without what the server vouched for."""
    unfit = {"etag", "last-modified", "content-type"}
    headers = {name: value for name, value in shown.headers.items() if name not in unfit}
    return replace(
        asked,
        final_url=shown.final_url,
        status=shown.status,
        content=content,
        headers=headers | {"content-type": "text/html; charset=utf-8"},
        permanent_url=asked.permanent_url if shown is asked else "",
    )
