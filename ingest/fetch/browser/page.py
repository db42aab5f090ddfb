"""One page in a browser: loaded until it has settled, then read as HTML. Its requests are answered by `subresources`.

The page is inspected from an isolated JavaScript world, where its own scripts cannot change the results.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as PlaywrightError

from ingest.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from playwright.async_api import BrowserContext, CDPSession
    from playwright.async_api import Page as Tab

    from ingest.fetch.browser.process import Chromium
    from ingest.fetch.browser.subresources import SubresourceLoader
    from ingest.model import Page, Settings, Source

_POLL_SECONDS = 0.1
#: A page has settled when it does not change, and has no request in flight, for so long,
_STABLE_SECONDS = 0.8
#: or when it does not change for so long while servers are slow to answer its requests.
_STABLE_WITH_REQUESTS_SECONDS = 3.0
#: A page that keeps changing is read after this share of `settings.deadline`.
_UNSTABLE_SHARE = 0.8
#: Waiting for the pace of hosts does not count towards the deadline, but a page has at most so many deadlines in all.
_TOTAL_PER_DEADLINE = 4
_CLOSE_SECONDS = 2.0

_DISABLE_CONNECTIONS = """
window.open = () => null;
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "WebSocketStream"])
  delete window[name];
"""
_STATE = "[document.readyState, document.getElementsByTagName('*').length, document.documentElement.textContent.length]"
_HTML = """(() => {
  const root = document.documentElement;
  const html = root ? root.outerHTML : "";
  const kind = document.doctype ? `<!DOCTYPE ${document.doctype.name}>` : "";
  return html.length > LIMIT ? html.length : kind + html;
})()"""


class BrowserPage:
    """A tab in a browser context of its own: no cookie or storage is shared with other pages, and none is kept."""

    def __init__(
        self, chromium: Chromium, tab: Tab, session: CDPSession, loader: SubresourceLoader, settings: Settings
    ) -> None:
        self._chromium = chromium
        self._tab = tab
        self._session = session
        self._loader = loader
        self._settings = settings
        self._world_id = 0
        self._spent = self._total = 0.0
        self._crashed = asyncio.Event()
        tab.on("crash", lambda _: self._crashed.set())

    async def load(self, document: Page) -> str:
        """The URL that the page navigates to by itself, or "" when it has settled.

        Raises FetchError and PlaywrightError.
        """
        self._loader.document, self._loader.navigates_to = document, ""
        await self._in_time(self._open(document.final_url))
        return self._loader.navigates_to

    async def html(self) -> bytes:
        """The HTML of the page as it is now, in UTF-8. Raises FetchError and PlaywrightError."""
        limit = self._settings.max_bytes
        written = await self._in_time(self._evaluate(_HTML.replace("LIMIT", str(limit))))
        content = written.encode("utf-8", "replace") if isinstance(written, str) else b""
        if len(content) > limit or not isinstance(written, str):
            raise FetchError("", "too_large", f"the page has become larger than {limit} bytes")
        return content

    async def _open(self, url: str) -> None:
        await self._tab.goto(url, wait_until="commit", timeout=0)
        frames = await self._session.send("Page.getFrameTree")
        frame = frames["frameTree"]["frame"]["id"]
        world = await self._session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "ingest"})
        self._world_id = world["executionContextId"]
        await self._settle()

    async def _settle(self) -> None:
        before: object = None
        changed = time.monotonic()
        while not self._loader.navigates_to:
            self._loader.check_size()
            state = await self._evaluate(_STATE)
            if state != before:
                before, changed = state, time.monotonic()
            if self._is_settled(state[0] if state else "loading", time.monotonic() - changed):
                return
            await asyncio.sleep(_POLL_SECONDS)

    def _is_settled(self, ready_state: str, stable: float) -> bool:
        if ready_state == "loading" or self._loader.waiting:
            return False
        if self._spent > _UNSTABLE_SHARE * self._settings.deadline:
            return True
        if ready_state == "complete" and self._loader.idle:
            return stable >= _STABLE_SECONDS
        slow = self._loader.slower_than(_STABLE_WITH_REQUESTS_SECONDS)
        return stable >= _STABLE_WITH_REQUESTS_SECONDS and slow

    async def _evaluate(self, expression: str) -> Any:
        parameters = {"expression": expression, "contextId": self._world_id, "returnByValue": True}
        response = await self._session.send("Runtime.evaluate", parameters)
        return response["result"].get("value")

    async def _in_time(self, work: Coroutine[Any, Any, Any]) -> Any:
        """The result of ``work``. Raises FetchError if the time of the page runs out before, or its process crashes."""
        task = asyncio.ensure_future(work)
        crash = asyncio.ensure_future(self._crashed.wait())
        try:
            while not task.done():
                started = time.monotonic()
                await asyncio.wait({task, crash}, timeout=_POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                self._add_time(time.monotonic() - started)
                if crash.done():
                    raise self._crash_error()
            return task.result()
        finally:
            crash.cancel()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _crash_error(self) -> FetchError:
        if self._chromium.memory_exceeded:
            self._chromium.memory_exceeded = False
            return FetchError("", "too_large", "the page took more memory in the browser than it may")
        return FetchError("", "protocol", "the browser's process for the page crashed")

    def _add_time(self, seconds: float) -> None:
        deadline = self._settings.deadline
        self._total += seconds
        self._spent += 0.0 if self._loader.waiting else seconds
        if self._spent > deadline or self._total > _TOTAL_PER_DEADLINE * deadline:
            raise FetchError("", "timeout", f"the page did not settle in the browser within {deadline:g} s")


@asynccontextmanager
async def open_page(
    chromium: Chromium, loader: SubresourceLoader, settings: Settings, source: Source
) -> AsyncIterator[BrowserPage]:
    """A page in a fresh browser context, which is closed at the end. Raises PlaywrightError if it cannot be opened."""
    context = await chromium.browser.new_context(
        user_agent=settings.user_agent,
        service_workers="block",
        accept_downloads=False,
        timezone_id=source.time_zone,
        locale=source.language or None,
        viewport={"width": 1280, "height": 2000},
    )
    try:
        await context.add_init_script(_DISABLE_CONNECTIONS)
        tab = await context.new_page()
        context.on("page", _close_popup)
        await tab.route("**/*", loader.handle)
        yield BrowserPage(chromium, tab, await context.new_cdp_session(tab), loader, settings)
    finally:
        await loader.aclose()
        await _close_context(context, chromium)


async def _close_popup(popup: Tab) -> None:
    with suppress(PlaywrightError):
        await popup.close()


async def _close_context(context: BrowserContext, chromium: Chromium) -> None:
    """Closing the context ends the processes of its page, also hanging ones. If that fails, the browser is killed."""
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            await context.close()
    except (TimeoutError, PlaywrightError):
        chromium.kill()
