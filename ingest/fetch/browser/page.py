"""One page in a browser: shown until it has settled, then read as HTML. Decides no request: see `browser_errands`.

What is asked of the page is asked in a world of its own, where the page's scripts cannot change the answers.
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
    from ingest.fetch.browser.subresources import Errands
    from ingest.model import Page, Settings, Source

_TICK_SECONDS = 0.1
#: A page has settled when nothing of it changes and nothing is under way for so long,
_STILL_SECONDS = 0.8
#: or nothing of it changes for so long, while some server keeps it waiting.
_STILL_THOUGH_WAITING_SECONDS = 3.0
#: A page that is complete and answers, but never stands still, is read after this share of its time.
_RESTLESS_SHARE = 0.8
#: Waiting for the turns of its requests is not counted; but a page has at most so many deadlines in all.
_DEADLINES = 4
_CLOSE_SECONDS = 2.0

_NO_WAY_OUT = """
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


class View:
    """A page and its errands, in a context that nothing enters from other pages and nothing leaves."""

    def __init__(self, chromium: Chromium, tab: Tab, session: CDPSession, errands: Errands, settings: Settings) -> None:
        self._chromium = chromium
        self._tab = tab
        self._session = session
        self._errands = errands
        self._settings = settings
        self._world = 0
        self._spent = self._total = 0.0
        self._crashed = asyncio.Event()
        tab.on("crash", lambda _: self._crashed.set())

    async def show(self, document: Page) -> str:
        """Where the page leads to by itself, or "" when it has settled. Raises `FetchError` and PlaywrightError."""
        self._errands.document, self._errands.leads_to = document, ""
        await self._in_time(self._open(document.final_url))
        return self._errands.leads_to

    async def html(self) -> bytes:
        """The page as it stands, in UTF-8. Raises `FetchError` and PlaywrightError."""
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
        self._world = world["executionContextId"]
        await self._settle()

    async def _settle(self) -> None:
        before: object = None
        changed = time.monotonic()
        while not self._errands.leads_to:
            self._errands.check_weight()
            state = await self._evaluate(_STATE)
            if state != before:
                before, changed = state, time.monotonic()
            if self._is_settled(state[0] if state else "loading", time.monotonic() - changed):
                return
            await asyncio.sleep(_TICK_SECONDS)

    def _is_settled(self, ready: str, still: float) -> bool:
        if ready == "loading" or self._errands.waiting:
            return False
        if self._spent > _RESTLESS_SHARE * self._settings.deadline:
            return True
        if ready == "complete" and self._errands.quiet:
            return still >= _STILL_SECONDS
        slow = self._errands.slow(_STILL_THOUGH_WAITING_SECONDS)
        return still >= _STILL_THOUGH_WAITING_SECONDS and slow

    async def _evaluate(self, expression: str) -> Any:
        asked = {"expression": expression, "contextId": self._world, "returnByValue": True}
        answer = await self._session.send("Runtime.evaluate", asked)
        return answer["result"].get("value")

    async def _in_time(self, work: Coroutine[Any, Any, Any]) -> Any:
        """The result of the work, if it comes within what is left of the page's time and the page lives so long."""
        task = asyncio.ensure_future(work)
        crash = asyncio.ensure_future(self._crashed.wait())
        try:
            while not task.done():
                began = time.monotonic()
                await asyncio.wait({task, crash}, timeout=_TICK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                self._count(time.monotonic() - began)
                if crash.done():
                    raise self._crash()
            return task.result()
        finally:
            crash.cancel()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _crash(self) -> FetchError:
        if self._chromium.outgrown:
            self._chromium.outgrown = False
            return FetchError("", "too_large", "the page took more memory in the browser than it may")
        return FetchError("", "protocol", "the browser's process for the page crashed")

    def _count(self, seconds: float) -> None:
        deadline = self._settings.deadline
        self._total += seconds
        self._spent += 0.0 if self._errands.waiting else seconds
        if self._spent > deadline or self._total > _DEADLINES * deadline:
            raise FetchError("", "timeout", f"the page did not settle in the browser within {deadline:g} s")


@asynccontextmanager
async def viewing(chromium: Chromium, errands: Errands, settings: Settings, source: Source) -> AsyncIterator[View]:
    """A view in a fresh context, which is gone afterwards. Raises PlaywrightError if there can be none."""
    context = await chromium.connected.new_context(
        user_agent=settings.user_agent,
        service_workers="block",
        accept_downloads=False,
        timezone_id=source.time_zone,
        locale=source.language or None,
        viewport={"width": 1280, "height": 2000},
    )
    try:
        await context.add_init_script(_NO_WAY_OUT)
        tab = await context.new_page()
        context.on("page", _close)
        await tab.route("**/*", errands.take)
        yield View(chromium, tab, await context.new_cdp_session(tab), errands, settings)
    finally:
        await errands.aclose()
        await _end(context, chromium)


async def _close(popup: Tab) -> None:
    with suppress(PlaywrightError):
        await popup.close()


async def _end(context: BrowserContext, chromium: Chromium) -> None:
    """Closing ends the page's processes, also those that hang; a browser that cannot do that any more is ended."""
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            await context.close()
    except (TimeoutError, PlaywrightError):
        chromium.kill()
