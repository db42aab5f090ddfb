"""URL → `Page`: every request of ingest to a foreign server is made here. The content of a page is not interpreted.

Only the transport interface of httpx is used. Its client would add a cookie store, redirects, and credentials and
proxies from the environment, none of which may happen by itself here.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Self

import httpx

from ingest.errors import FetchError
from ingest.fetch.http import request_url, response_head
from ingest.fetch.http.address_guard import AddressGuard
from ingest.fetch.http.content_coding import ContentDecoder
from ingest.fetch.http.cookies import ChainCookies
from ingest.fetch.http.deadline import Deadline
from ingest.fetch.http.printable import printable_line
from ingest.fetch.http.resolver import Resolver, SystemResolver
from ingest.fetch.http.response_head import ResponseHead
from ingest.fetch.http.transport import Transport
from ingest.fetch.pace import Pace, no_backpressure
from ingest.fetch.robots import ROBOTS_BYTES, UNREACHABLE_SECONDS, RobotsCache
from ingest.model import Page, Settings, Source, Validators

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping
    from types import TracebackType

    from ingest.fetch.pace import Backpressure

_MOST_REDIRECTS = 10
_MOST_ROBOTS_REDIRECTS = 5
#: The body of a redirect or an error is read up to these limits so that the connection can be reused; never decoded.
_DRAIN_BYTES = 8 * 1024
_DRAIN_SECONDS = 1.0
_ACCEPT = (
    b"text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    b"application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8"
)
_FIELD_VALUE = re.compile(r"[\x21-\x7e\x80-\xff](?:[\x20-\x7e\x80-\xff]{0,1022}[\x21-\x7e\x80-\xff])?")

Scope = Literal["host", "source"]
_UNCONDITIONAL = Validators()


@dataclass(frozen=True, slots=True)
class _FetchOptions:
    """The settings of one fetch, the same for each of its redirects."""

    deadline: Deadline
    limit: int
    """Largest size of the decoded body in bytes."""
    validators: Validators = _UNCONDITIONAL
    source: str = ""
    retry_scope: Scope = "host"
    check_robots: bool = True
    truncate: bool = False
    """A body over the limit is cut there; without it, the fetch fails as ``too_large``."""
    headers: Mapping[bytes, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Redirect:
    url: httpx.URL
    permanent: bool


@dataclass(frozen=True, slots=True)
class _Response:
    head: ResponseHead
    content: bytes


class Fetcher:
    """Fetches pages for all sources, within one event loop. An async context manager; else call `aclose`.

    ``resolver`` and ``tls`` replace the system's name lookup and trusted certificates. Each request first awaits
    ``backpressure``, with which a slow consumer of pages delays further requests.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        resolver: Resolver | None = None,
        tls: ssl.SSLContext | None = None,
        backpressure: Backpressure = no_backpressure,
    ) -> None:
        self._settings = settings
        self._pace = Pace(
            delay=settings.delay,
            per_host=settings.connections_per_host,
            overall=settings.concurrency,
            backpressure=backpressure,
        )
        self._robots = RobotsCache(settings.user_agent, self._load_robots)
        self._transport = Transport(AddressGuard(settings.allow_addresses), resolver or SystemResolver(), tls)
        self._headers = {
            b"User-Agent": printable_line(settings.user_agent).strip().encode(),
            b"Accept": _ACCEPT,
            b"Accept-Encoding": b"gzip, deflate, br, zstd",
        }

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._robots.aclose()
        await self._transport.aclose()

    async def get(
        self, url: str, *, validators: Validators = _UNCONDITIONAL, source: str = "", retry_scope: Scope = "host"
    ) -> Page:
        """The page at a URL, after redirects, fetched when robots.txt and the pace of the host allow it.

        With ``validators`` the request is conditional, and the page may be ``not_modified``. A host that answers with
        Retry-After is paused for all sources, or with ``retry_scope="source"`` only for this ``source``.
        Raises FetchError for every response that is not a page, with ``url`` as the URL of the error.
        """
        deadline = Deadline(self._settings.deadline, url)
        options = _FetchOptions(deadline, self._settings.max_bytes, validators, source, retry_scope)
        try:
            response, final_url, permanent = await self._follow(request_url.parse(url), options, _MOST_REDIRECTS)
        except FetchError as failure:
            raise failure.restated(url) from failure.bare()
        return Page(
            url=url,
            final_url=str(final_url),
            status=response.head.status,
            content=response.content,
            headers=response.head.kept,
            fetched_at=datetime.now(UTC),
            not_modified=response.head.status == 304,
            elapsed_ms=deadline.spent_ms,
            permanent_url=str(final_url) if permanent else "",
        )

    async def get_subresource(
        self, url: str, source: Source, deadline: Deadline, *, limit: int, headers: Mapping[bytes, bytes]
    ) -> tuple[ResponseHead, bytes]:
        """Head and decoded body (at most ``limit`` bytes) of a script or data that a page in the browser requests.

        The rules of `get` apply. ``headers`` replace ours of the same name. Raises FetchError as `get` does.
        """
        options = _FetchOptions(deadline, limit, source=source.name, retry_scope=source.retry_scope, headers=headers)
        response, _, _ = await self._follow(request_url.parse(url), options, _MOST_REDIRECTS)
        return response.head, response.content

    def pauses(self) -> dict[tuple[str, str], float]:
        """Hosts that asked for a pause: (host, source, or "" for all sources) → seconds that remain."""
        return self._pace.pauses()

    def restore_pauses(self, pauses: Mapping[tuple[str, str], float]) -> None:
        """Applies the `pauses` that an earlier process had saved."""
        for (host, source), seconds in pauses.items():
            self._pace.pause(host, seconds, source)

    async def _follow(
        self, url: httpx.URL, options: _FetchOptions, redirects: int
    ) -> tuple[_Response, httpx.URL, bool]:
        """The last response of a redirect chain, its URL, and whether every redirect to it was a permanent one."""
        cookies = ChainCookies()
        seen: set[tuple[str, str]] = set()
        permanent: list[bool] = []
        for _ in range(redirects + 1):
            step = (str(url), cookies.header(_origin(url)))
            if step in seen:
                raise FetchError(str(url), "too_many_redirects", "the redirects lead in a circle")
            seen.add(step)
            response = await self._request(url, options, cookies)
            if isinstance(response, _Response):
                return response, url, bool(permanent) and all(permanent)
            permanent.append(response.permanent)
            url = response.url
        raise FetchError(str(url), "too_many_redirects", f"more than {redirects} redirects")

    async def _request(self, url: httpx.URL, options: _FetchOptions, cookies: ChainCookies) -> _Response | _Redirect:
        """One request, sent when robots.txt and the pace of the host allow it."""
        # `url.host` raises on labels that only look like punycode, as of some emoji.
        host = url.raw_host.decode("ascii")
        if options.check_robots:
            rules = await self._robots.rules(_origin(url), str(url))
            if not rules.allow(str(url)):
                raise FetchError(str(url), "robots", "robots.txt does not allow this URL to us")
            self._pace.set_crawl_delay(host, rules.crawl_delay)
        async with self._pace.slot(host, str(url), options.source), options.deadline:
            try:
                response = await self._send(url, options, cookies)
            except FetchError as failure:
                if failure.code == "rate_limited":
                    source = options.source if options.retry_scope == "source" else ""
                    self._pace.pause(host, failure.retry_after, source)
                raise
            self._pace.reset_backoff(host)
            return response

    async def _send(self, url: httpx.URL, options: _FetchOptions, cookies: ChainCookies) -> _Response | _Redirect:
        origin = _origin(url)
        common = {b"Host": url.netloc, **self._headers, **options.headers}
        headers = [*common.items(), *_conditional_headers(options.validators, cookies.header(origin))]
        on_connect = {"on_connect": options.deadline.mark_connected}
        request = httpx.Request("GET", url, headers=headers, extensions=on_connect)
        response = await self._transport.handle_async_request(request)
        try:
            head = ResponseHead.of(response.status_code, response.headers.raw)
            conditional = options.validators != _UNCONDITIONAL
            response_head.raise_for_status(head, str(url), conditional=conditional, now=datetime.now(UTC))
            if head.status in response_head.REDIRECTS:
                cookies.store(origin, head.fields.get("set-cookie", []))
                await _drain(response)
                permanent = head.status in response_head.PERMANENT_REDIRECTS
                return _Redirect(request_url.resolve(url, head.location), permanent)
            return _Response(head, await _read_body(response, head, options))
        except FetchError as failure:
            if failure.status is not None:
                await _drain(response)
            raise
        finally:
            await response.aclose()

    async def _load_robots(self, url: str) -> bytes | None:
        deadline = Deadline(self._settings.deadline, url)
        options = _FetchOptions(deadline, ROBOTS_BYTES, check_robots=False, truncate=True)
        try:
            response, _, _ = await self._follow(httpx.URL(url), options, _MOST_ROBOTS_REDIRECTS)
        except FetchError as failure:
            if _means_no_rules(failure):
                return None
            unconnected = failure.code == "timeout" and not deadline.connected
            if failure.code == "rate_limited" or (
                failure.url == url and (failure.error_class.unreachable or unconnected)
            ):
                raise
            message = f"robots.txt is unreachable, which means no for now ({failure})"
            raise FetchError(
                url, "robots", message, status=failure.status, retry_after=UNREACHABLE_SECONDS
            ) from failure
        return response.content


def _means_no_rules(failure: FetchError) -> bool:
    """RFC 9309 §2.3.1: after a 4xx or too many redirects, a host has no rules. A 429 asks us to come back instead."""
    if failure.code in {"too_many_redirects", "bad_url", "bad_scheme"}:
        return True
    return failure.status is not None and failure.status < 500 and failure.code != "rate_limited"


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii').lower()}"


def _conditional_headers(validators: Validators, cookie: str) -> list[tuple[bytes, bytes]]:
    """Validators and cookie as header fields. A value that cannot be in a field was never sent by a server: omitted."""
    pairs = {b"If-None-Match": validators.etag, b"If-Modified-Since": validators.last_modified, b"Cookie": cookie}
    return [(name, value.encode("latin-1")) for name, value in pairs.items() if _FIELD_VALUE.fullmatch(value)]


async def _read_body(response: httpx.Response, head: ResponseHead, options: _FetchOptions) -> bytes:
    """The decoded body. Over the limit it is cut with ``options.truncate``, and FetchError ``too_large`` without."""
    decoder = ContentDecoder(head.joined("content-encoding"), options.limit)
    if head.length > options.limit and not options.truncate:
        raise FetchError("", "too_large", f"{head.length} bytes are announced, {options.limit} are read at most")
    try:
        async for data in response.aiter_raw():
            decoder.feed(data)
        return decoder.finish()
    except FetchError as failure:
        if failure.code == "too_large" and options.truncate:
            return decoder.decoded[: options.limit]
        raise


async def _drain(response: httpx.Response) -> None:
    """Reads what is left of the body, so that the connection can be reused.

    A long or slow rest is left unread: closing the response then drops the connection.
    """
    received = 0
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for data in response.aiter_raw():
                received += len(data)
                if received > _DRAIN_BYTES:
                    return
    except (TimeoutError, FetchError):
        return
