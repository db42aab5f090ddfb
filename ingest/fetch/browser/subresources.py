"""What a page in the browser asks for, answered by our own fetcher: same guard, pace and caps. Shows nothing.

The browser opens no connection itself; a request that is not answered here leads nowhere.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.async_api import Error as PlaywrightError

from ingest.errors import FetchError
from ingest.fetch.http.budget import Budget

if TYPE_CHECKING:
    from playwright.async_api import Request, Route

    from ingest.fetch.client import Fetcher
    from ingest.fetch.http.response_head import ResponseHead
    from ingest.model import Page, Settings, Source

#: Requests of one page, and how many of them at a time.
_AT_MOST = 150
_AT_A_TIME = 6
#: All that a page loads may weigh this many times what one answer may.
_ANSWERS_WEIGHT = 3
#: What a page's text can depend on. Pictures, fonts, media, beacons and streams are not asked for.
_WANTED = frozenset({"script", "xhr", "fetch"})
#: Stands for a server that says nothing about sharing, where Playwright would else say yes for it.
_SHARED_WITH_NOBODY = "https://nobody.invalid"
_SHELF_BYTES = 32 << 20
_SHELF_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Errand:
    """An answer as the browser gets it."""

    content: bytes
    content_type: str
    shared_with: str = _SHARED_WITH_NOBODY


_EMPTY_STYLE = Errand(b"", "text/css", "*")


class Shelf:
    """Scripts that several pages load, kept for ten minutes, so that no server is asked for them with each page."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[float, Errand]] = OrderedDict()
        self._weight = 0

    def get(self, url: str) -> Errand | None:
        until, errand = self._kept.get(url, (0.0, None))
        return errand if until > time.monotonic() else None

    def put(self, url: str, errand: Errand) -> None:
        self._drop(url)
        self._kept[url] = (time.monotonic() + _SHELF_SECONDS, errand)
        self._weight += len(errand.content)
        while self._weight > _SHELF_BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, url: str) -> None:
        if url in self._kept:
            self._weight -= len(self._kept.pop(url)[1].content)


class Errands:
    """The requests of one page. ``document`` is what its next navigation is answered with."""

    def __init__(self, fetcher: Fetcher, settings: Settings, source: Source, shelf: Shelf) -> None:
        self.document: Page | None = None
        self.leads_to = ""
        """Where a script, or a refresh in the page's head, wants to go next."""
        self._fetcher = fetcher
        self._settings = settings
        self._source = source
        self._shelf = shelf
        self._places = asyncio.Semaphore(_AT_A_TIME)
        self._asked = 0
        self._weight = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way: dict[Request, Budget | None] = {}

    @property
    def waiting(self) -> bool:
        """A request waits for its turn at a host, or for one of our places."""
        return any(budget is None or budget.stretch is None for budget in self._under_way.values())

    @property
    def quiet(self) -> bool:
        return not self._under_way

    def slow(self, seconds: float) -> bool:
        """Everything that is still under way has kept us waiting for so long."""
        stretches = [budget.stretch if budget else None for budget in self._under_way.values()]
        return all(stretch is not None and stretch >= seconds for stretch in stretches)

    def check_weight(self) -> None:
        """FetchError ``too_large`` if the page loads more than it may."""
        if self._weight > self._most:
            raise FetchError("", "too_large", f"the page loads more than {self._most} bytes")

    def take(self, route: Route) -> None:
        """Handles one request of the page."""
        task = asyncio.create_task(self._handle(route))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def aclose(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def _most(self) -> int:
        return _ANSWERS_WEIGHT * self._settings.max_bytes

    async def _handle(self, route: Route) -> None:
        try:
            errand = await self._answer(route.request)
            if not errand:
                await route.abort("aborted")
                return
            headers = {"content-type": errand.content_type, "access-control-allow-origin": errand.shared_with}
            await route.fulfill(status=200, headers=headers, body=errand.content)
        except PlaywrightError:
            return  # The page was closed, or has crashed, and waits for nothing.

    async def _answer(self, request: Request) -> Errand | None:
        """None for what is refused, not had, or not needed."""
        if request.method != "GET" or not request.url.startswith(("http://", "https://")):
            return None
        if request.is_navigation_request():
            return self._navigate(request)
        if request.frame.parent_frame:
            return None
        if request.resource_type == "stylesheet":
            # Scripts wait for their styles, and text has none.
            return _EMPTY_STYLE
        if request.resource_type not in _WANTED:
            return None
        return self._shelf.get(request.url) or await self._fetch(request)

    def _navigate(self, request: Request) -> Errand | None:
        if request.frame.parent_frame:
            return None
        document, self.document = self.document, None
        if document:
            return Errand(document.content, document.headers.get("content-type", "text/html"))
        self.leads_to = request.url
        return None

    async def _fetch(self, request: Request) -> Errand | None:
        if self._asked >= _AT_MOST or self._weight > self._most:
            return None
        self._asked += 1
        self._under_way[request] = None
        try:
            async with self._places:
                # Half the time of the page: what hangs must not take it all.
                budget = self._under_way[request] = Budget(self._settings.deadline / 2, request.url)
                head, content = await self._load(request, budget)
        except FetchError:
            return None
        finally:
            del self._under_way[request]
        self._weight += len(content)
        shared_with = head.first("access-control-allow-origin") or _SHARED_WITH_NOBODY
        errand = Errand(content, head.first("content-type"), shared_with)
        if request.resource_type == "script" and _may_be_kept(head):
            self._shelf.put(request.url, errand)
        return errand

    async def _load(self, request: Request, budget: Budget) -> tuple[ResponseHead, bytes]:
        sent = {name: value for name in ("accept", "origin") if (value := request.headers.get(name))}
        headers = {name.title().encode(): value.encode("ascii", "ignore") for name, value in sent.items()}
        limit = self._settings.max_bytes
        try:
            return await self._fetcher.load(request.url, self._source, budget, limit=limit, headers=headers)
        except FetchError as failure:
            self._weight += limit if failure.code == "too_large" else 0
            raise


def _may_be_kept(head: ResponseHead) -> bool:
    control = head.joined("cache-control").lower()
    return not any(word in control for word in ("no-store", "no-cache", "private"))
