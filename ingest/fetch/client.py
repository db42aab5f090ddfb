"""The one place that asks other people's servers for something: URL → `Page`. Reads no page.

httpx is used by its transport interface. What its client adds (a cookie store, redirects, credentials and proxies from
the environment) is what must not happen here by itself.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Self

import httpx

from ingest.errors import FetchError
from ingest.fetch.http import response_head, target
from ingest.fetch.http.address_guard import Guard
from ingest.fetch.http.budget import Budget
from ingest.fetch.http.content_coding import Decoder
from ingest.fetch.http.cookies import Cookies
from ingest.fetch.http.resolver import Resolver, SystemResolver
from ingest.fetch.http.response_head import ResponseHead
from ingest.fetch.http.transport import Transport
from ingest.fetch.pace import Pace, no_backpressure
from ingest.fetch.robots import ROBOTS_BYTES, UNREACHABLE_SECONDS, Robots
from ingest.model import Page, Settings, Source, Validators

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping
    from types import TracebackType

    from ingest.fetch.pace import Backpressure

_REDIRECTS_AT_MOST = 10
_ROBOTS_REDIRECTS_AT_MOST = 5
#: The body of a redirect or an error is read this far, and this long, to keep the connection; never decoded.
_LEFTOVER_BYTES = 8 * 1024
_LEFTOVER_SECONDS = 1.0
_ACCEPT = (
    b"text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    b"application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8"
)
_FIELD_VALUE = re.compile(r"[\x21-\x7e\x80-\xff](?:[\x20-\x7e\x80-\xff]{0,1022}[\x21-\x7e\x80-\xff])?")

Scope = Literal["host", "source"]
_UNCONDITIONAL = Validators()


@dataclass(frozen=True, slots=True)
class _Job:
    """What stays the same over the hops of one fetch."""

    budget: Budget
    limit: int
    validators: Validators = _UNCONDITIONAL
    source: str = ""
    scope: Scope = "host"
    robots: bool = True
    cut: bool = False
    headers: Mapping[bytes, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Redirect:
    to: httpx.URL
    permanent: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    head: ResponseHead
    content: bytes


class Fetcher:
    """Fetches pages for all sources, within one event loop. Use it as an async context manager, or `aclose` it.

    ``resolver`` and ``tls`` replace the system's name lookup and trusted certificates. Each request first awaits
    ``backpressure``, by which a slow reader of pages holds the fetching back.
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
        self._robots = Robots(settings.user_agent, self._load_robots)
        self._transport = Transport(Guard(settings.allow_addresses), resolver or SystemResolver(), tls)
        self._headers = {
            b"User-Agent": target.one_line(settings.user_agent).strip().encode(),
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
        """The page at a URL, redirects followed, if robots.txt and the host's pace allow.

        With ``validators`` the answer may be a page that is ``not_modified``. With ``retry_scope="source"`` a host
        that says "come back later" is left alone by this ``source`` only. FetchError for everything else.
        """
        budget = Budget(self._settings.deadline, url)
        job = _Job(budget, self._settings.max_bytes, validators, source, retry_scope)
        try:
            first = target.read(url)
            reply, last, moved = await self._follow(first, job, _REDIRECTS_AT_MOST)
        except FetchError as failure:
            raise failure.restated(url) from failure.bare()
        return Page(
            url=url,
            final_url=str(last),
            status=reply.head.status,
            content=reply.content,
            headers=reply.head.kept,
            fetched_at=datetime.now(UTC),
            not_modified=reply.head.status == 304,
            elapsed_ms=budget.spent_ms,
            permanent_url=str(last) if moved else "",
        )

    async def load(
        self, url: str, source: Source, budget: Budget, *, limit: int, headers: Mapping[bytes, bytes]
    ) -> tuple[ResponseHead, bytes]:
        """What a page in a browser asks for besides itself, by the same rules as `get`, decoded to ``limit`` bytes.

        ``headers`` are sent in place of ours where they have the same name. FetchError as of `get`.
        """
        job = _Job(budget, limit, source=source.name, scope=source.retry_scope, headers=headers)
        reply, _, _ = await self._follow(target.read(url), job, _REDIRECTS_AT_MOST)
        return reply.head, reply.content

    def pauses(self) -> dict[tuple[str, str], float]:
        """Who asked to be left alone: host, and source or "" for all of them → seconds that are left of it."""
        return self._pace.pauses()

    def leave_alone(self, pauses: Mapping[tuple[str, str], float]) -> None:
        """Goes on with the `pauses` of an earlier process."""
        for (host, source), seconds in pauses.items():
            self._pace.pause(host, seconds, source)

    async def _follow(self, url: httpx.URL, job: _Job, redirects: int) -> tuple[_Answer, httpx.URL, bool]:
        """The last answer of a chain, where it came from, and whether every step there was a permanent redirect."""
        cookies = Cookies()
        seen: set[tuple[str, str]] = set()
        moved: list[bool] = []
        for _ in range(redirects + 1):
            step = (str(url), cookies.header(_origin(url)))
            if step in seen:
                raise FetchError(str(url), "too_many_redirects", "the redirects lead in a circle")
            seen.add(step)
            reply = await self._hop(url, job, cookies)
            if isinstance(reply, _Answer):
                return reply, url, bool(moved) and all(moved)
            moved.append(reply.permanent)
            url = reply.to
        raise FetchError(str(url), "too_many_redirects", f"more than {redirects} redirects")

    async def _hop(self, url: httpx.URL, job: _Job, cookies: Cookies) -> _Answer | _Redirect:
        """One request, when its turn has come."""
        # `url.host` fails where a punycode label is none, as of some emoji.
        host = url.raw_host.decode("ascii")
        if job.robots:
            rules = await self._robots.rules(_origin(url), str(url))
            if not rules.allow(str(url)):
                raise FetchError(str(url), "robots", "robots.txt does not allow this URL to us")
            self._pace.slow_down(host, rules.crawl_delay)
        async with self._pace.turn(host, str(url), job.source), job.budget:
            try:
                reply = await self._exchange(url, job, cookies)
            except FetchError as failure:
                if failure.code == "rate_limited":
                    self._pace.pause(host, failure.retry_after, job.source if job.scope == "source" else "")
                raise
            self._pace.welcome(host)
            return reply

    async def _exchange(self, url: httpx.URL, job: _Job, cookies: Cookies) -> _Answer | _Redirect:
        origin = _origin(url)
        common = {b"Host": url.netloc, **self._headers, **job.headers}
        headers = [*common.items(), *_conditions(job.validators, cookies.header(origin))]
        request = httpx.Request("GET", url, headers=headers, extensions={"connected": job.budget.connect})
        response = await self._transport.handle_async_request(request)
        try:
            head = ResponseHead.of(response.status_code, response.headers.raw)
            response_head.check(head, str(url), conditional=job.validators != _UNCONDITIONAL, now=datetime.now(UTC))
            if head.status in response_head.REDIRECTS:
                cookies.learn(origin, head.fields.get("set-cookie", []))
                await _read_leftover(response)
                return _Redirect(target.join(url, head.location), head.status in response_head.PERMANENT_REDIRECTS)
            return _Answer(head, await _read(response, head, job))
        except FetchError as failure:
            if failure.status is not None:
                await _read_leftover(response)
            raise
        finally:
            await response.aclose()

    async def _load_robots(self, url: str) -> bytes | None:
        job = _Job(Budget(self._settings.deadline, url), ROBOTS_BYTES, robots=False, cut=True)
        try:
            reply, _, _ = await self._follow(httpx.URL(url), job, _ROBOTS_REDIRECTS_AT_MOST)
        except FetchError as failure:
            if _says_none(failure):
                return None
            unconnected = failure.code == "timeout" and not job.budget.connected
            if failure.code == "rate_limited" or (
                failure.url == url and (failure.error_class.unreachable or unconnected)
            ):
                raise
            message = f"robots.txt is unreachable, which means no for now ({failure})"
            raise FetchError(
                url, "robots", message, status=failure.status, retry_after=UNREACHABLE_SECONDS
            ) from failure
        return reply.content


def _says_none(failure: FetchError) -> bool:
    """RFC 9309 §2.3.1: a 4xx, or redirects without end, mean that there are no rules. 429 means "later"."""
    if failure.code in {"too_many_redirects", "bad_url", "bad_scheme"}:
        return True
    return failure.status is not None and failure.status < 500 and failure.code != "rate_limited"


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii').lower()}"


def _conditions(validators: Validators, cookie: str) -> list[tuple[bytes, bytes]]:
    """What changes from request to request. A validator that no server can have sent is left out."""
    pairs = {b"If-None-Match": validators.etag, b"If-Modified-Since": validators.last_modified, b"Cookie": cookie}
    return [(name, value.encode("latin-1")) for name, value in pairs.items() if _FIELD_VALUE.fullmatch(value)]


async def _read(response: httpx.Response, head: ResponseHead, job: _Job) -> bytes:
    """The decoded body. Beyond the limit it fails as ``too_large``, or is cut there for a job that allows it."""
    decoder = Decoder(head.joined("content-encoding"), job.limit)
    if head.length > job.limit and not job.cut:
        raise FetchError("", "too_large", f"{head.length} bytes are announced, {job.limit} are read at most")
    try:
        async for data in response.aiter_raw():
            decoder.feed(data)
        return decoder.finish()
    except FetchError as failure:
        if failure.code == "too_large" and job.cut:
            return decoder.so_far[: job.limit]
        raise


async def _read_leftover(response: httpx.Response) -> None:
    """So that the connection can serve again. A long or slow rest is not worth it: closing drops the connection."""
    received = 0
    try:
        async with asyncio.timeout(_LEFTOVER_SECONDS):
            async for data in response.aiter_raw():
                received += len(data)
                if received > _LEFTOVER_BYTES:
                    return
    except (TimeoutError, FetchError):
        return
