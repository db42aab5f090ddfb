"""Scripts and data that a page in the browser requests, fetched by our own fetcher: same guard, pace and limits.

The browser opens no connection itself; a request that is not answered here fails.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.async_api import Error as PlaywrightError

from ingest.errors import FetchError
from ingest.fetch.http.deadline import Deadline

if TYPE_CHECKING:
    from playwright.async_api import Request, Route

    from ingest.fetch.client import Fetcher
    from ingest.fetch.http.response_head import ResponseHead
    from ingest.model import Page, Settings, Source

#: Requests of one page, and how many of them run at a time.
_MOST_REQUESTS = 150
_PARALLEL_REQUESTS = 6
#: All subresources of a page together may have this many times `settings.max_bytes`.
_TOTAL_PER_MAX_BYTES = 3
#: The types that the text of a page can depend on. Images, fonts, media, beacons and event streams are not fetched.
_FETCHED_TYPES = frozenset({"script", "xhr", "fetch"})
#: Sent when a server sends no Access-Control-Allow-Origin: without one, Playwright would allow every origin.
_NO_ORIGIN = "https://nobody.invalid"
_CACHE_BYTES = 32 << 20
_CACHE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Subresource:
    """A response as the browser receives it."""

    content: bytes
    content_type: str
    allowed_origin: str = _NO_ORIGIN
    """Value of Access-Control-Allow-Origin."""


_EMPTY_STYLE = Subresource(b"", "text/css", "*")


class ScriptCache:
    """Scripts that several pages load, kept for ten minutes, so that they are not requested for each page."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[float, Subresource]] = OrderedDict()
        self._size = 0

    def get(self, url: str) -> Subresource | None:
        expires, script = self._kept.get(url, (0.0, None))
        return script if expires > time.monotonic() else None

    def put(self, url: str, script: Subresource) -> None:
        self._drop(url)
        self._kept[url] = (time.monotonic() + _CACHE_SECONDS, script)
        self._size += len(script.content)
        while self._size > _CACHE_BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, url: str) -> None:
        if url in self._kept:
            self._size -= len(self._kept.pop(url)[1].content)


class SubresourceLoader:
    """Answers the requests of one page. ``document`` is the response to its next navigation."""

    def __init__(self, fetcher: Fetcher, settings: Settings, source: Source, scripts: ScriptCache) -> None:
        self.document: Page | None = None
        self.navigates_to = ""
        """URL to which a script or a meta refresh of the page navigates, "" for none."""
        self._fetcher = fetcher
        self._settings = settings
        self._source = source
        self._scripts = scripts
        self._slots = asyncio.Semaphore(_PARALLEL_REQUESTS)
        self._requests = 0
        self._bytes = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_flight: dict[Request, Deadline | None] = {}

    @property
    def waiting(self) -> bool:
        """A request waits for the pace of its host, or for one of the parallel slots."""
        return any(deadline is None or deadline.running_seconds is None for deadline in self._in_flight.values())

    @property
    def idle(self) -> bool:
        return not self._in_flight

    def slower_than(self, seconds: float) -> bool:
        """Every request in flight was sent at least so many seconds ago."""
        running = [deadline.running_seconds if deadline else None for deadline in self._in_flight.values()]
        return all(elapsed is not None and elapsed >= seconds for elapsed in running)

    def check_size(self) -> None:
        """Raises FetchError ``too_large`` if all subresources together are over the limit."""
        if self._bytes > self._most_bytes:
            raise FetchError("", "too_large", f"the page loads more than {self._most_bytes} bytes")

    def handle(self, route: Route) -> None:
        """Answers or aborts one request of the page, in a task of its own."""
        task = asyncio.create_task(self._handle(route))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def aclose(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def _most_bytes(self) -> int:
        return _TOTAL_PER_MAX_BYTES * self._settings.max_bytes

    async def _handle(self, route: Route) -> None:
        try:
            response = await self._response(route.request)
            if not response:
                await route.abort("aborted")
                return
            headers = {
                "content-type": response.content_type,
                "access-control-allow-origin": response.allowed_origin,
            }
            await route.fulfill(status=200, headers=headers, body=response.content)
        except PlaywrightError:
            return  # The page was closed or has crashed.

    async def _response(self, request: Request) -> Subresource | None:
        """None for a request that is refused, failed, or not needed for the text."""
        if request.method != "GET" or not request.url.startswith(("http://", "https://")):
            return None
        if request.is_navigation_request():
            return self._navigate(request)
        if request.frame.parent_frame:
            return None
        if request.resource_type == "stylesheet":
            # Scripts wait until style sheets are loaded, but the text does not depend on them.
            return _EMPTY_STYLE
        if request.resource_type not in _FETCHED_TYPES:
            return None
        return self._scripts.get(request.url) or await self._fetch(request)

    def _navigate(self, request: Request) -> Subresource | None:
        if request.frame.parent_frame:
            return None
        document, self.document = self.document, None
        if document:
            return Subresource(document.content, document.headers.get("content-type", "text/html"))
        self.navigates_to = request.url
        return None

    async def _fetch(self, request: Request) -> Subresource | None:
        if self._requests >= _MOST_REQUESTS or self._bytes > self._most_bytes:
            return None
        self._requests += 1
        self._in_flight[request] = None
        try:
            async with self._slots:
                # Half the time of the page, so that a server that hangs does not take all of it.
                deadline = self._in_flight[request] = Deadline(self._settings.deadline / 2, request.url)
                head, content = await self._load(request, deadline)
        except FetchError:
            return None
        finally:
            del self._in_flight[request]
        self._bytes += len(content)
        allowed_origin = head.first("access-control-allow-origin") or _NO_ORIGIN
        response = Subresource(content, head.first("content-type"), allowed_origin)
        if request.resource_type == "script" and _is_cacheable(head):
            self._scripts.put(request.url, response)
        return response

    async def _load(self, request: Request, deadline: Deadline) -> tuple[ResponseHead, bytes]:
        sent = {name: value for name in ("accept", "origin") if (value := request.headers.get(name))}
        headers = {name.title().encode(): value.encode("ascii", "ignore") for name, value in sent.items()}
        limit = self._settings.max_bytes
        try:
            return await self._fetcher.get_subresource(
                request.url, self._source, deadline, limit=limit, headers=headers
            )
        except FetchError as failure:
            self._bytes += limit if failure.code == "too_large" else 0
            raise


def _is_cacheable(head: ResponseHead) -> bool:
    control = head.joined("cache-control").lower()
    return not any(word in control for word in ("no-store", "no-cache", "private"))
