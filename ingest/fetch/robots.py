"""robots.txt (RFC 9309): whether a URL may be fetched, and the Crawl-delay. The function that fetches is passed in."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import lru_cache

from protego import Protego

from ingest.errors import FetchError

#: RFC 9309 §2.5: a crawler has to read at least 500 KiB.
ROBOTS_BYTES = 512_000
_DAY_SECONDS = 86_400.0
#: How long nothing is fetched from a host whose robots.txt is unreachable. Short, because hosts come back.
UNREACHABLE_SECONDS = 60.0
#: The text is cached, 1 KB for most hosts; parsed, 50 rules take 70 KB.
_CACHE_CHARACTERS = 64_000_000
_CHARACTERS_PER_ORIGIN = 500
_PARSED_KEPT = 128
#: A longer Crawl-delay is taken for a mistake and ignored.
_LONGEST_CREDIBLE_DELAY = 86_400.0

_PRODUCT = re.compile(r"[A-Za-z0-9_-]+")
_COMPATIBLE = re.compile(r"compatible;\s{0,8}([A-Za-z0-9_-]+)")
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*(?::\s*|\s)([^\s/;#]*)", re.IGNORECASE)
_RULE_LINE = re.compile(r"\s*(?:allow|dis+al|diasl|crawl)", re.IGNORECASE)

#: URL of a robots.txt → its bytes; None if the host has none (4xx, too many redirects). Raises FetchError otherwise:
#: ``robots`` if the host answers but its robots.txt is unreachable, which disallows everything (RFC 9309 §2.3.1.4).
LoadRobots = Callable[[str], Awaitable[bytes | None]]


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """The rules of one robots.txt for our user agent. ``crawl_delay`` is in seconds, 0 for none."""

    crawl_delay: float = 0.0
    text: str = field(default="", repr=False)

    def allow(self, url: str) -> bool:
        return not self.text or bool(_parsed(self.text).can_fetch(url, "*"))


@dataclass(frozen=True, slots=True)
class _CacheEntry:
    expires: float
    rules: RobotsRules = RobotsRules()
    failure: FetchError | None = None

    @property
    def size(self) -> int:
        return _CHARACTERS_PER_ORIGIN + len(self.rules.text)


class RobotsCache:
    """The rules of each origin (scheme, host, port) for one user agent, kept for a day, the oldest dropped first.

    ``clock`` returns seconds that never go back.
    """

    def __init__(self, user_agent: str, load: LoadRobots, clock: Callable[[], float] = time.monotonic) -> None:
        self._product = product_token(user_agent)
        self._load = load
        self._clock = clock
        self._entries: dict[str, _CacheEntry] = {}
        self._size = 0
        self._loading: dict[str, asyncio.Task[_CacheEntry]] = {}

    async def rules(self, origin: str, url: str) -> RobotsRules:
        """The rules of an origin ("https://example.org:8443"). Raises FetchError, for ``url``, if they are unknown."""
        entry = self._entries.get(origin)
        if entry is None or entry.expires < self._clock():
            entry = await self._refresh(origin)
        if entry.failure:
            raise entry.failure.restated(url)
        return entry.rules

    async def aclose(self) -> None:
        for task in self._loading.values():
            task.cancel()
        await asyncio.gather(*self._loading.values(), return_exceptions=True)

    async def _refresh(self, origin: str) -> _CacheEntry:
        """One request for all callers that wait; shielded, because the first caller may be cancelled."""
        task = self._loading.get(origin)
        if task is None:
            task = self._loading[origin] = asyncio.create_task(self._fetch(origin))
            task.add_done_callback(lambda _: self._loading.pop(origin, None))
        return await asyncio.shield(task)

    async def _fetch(self, origin: str) -> _CacheEntry:
        try:
            content = await self._load(f"{origin}/robots.txt")
        except FetchError as failure:
            entry = _CacheEntry(self._clock() + _unreachable_seconds(failure), failure=failure.restated(origin))
        else:
            rules = RobotsRules() if content is None else parse(content, self._product)
            entry = _CacheEntry(self._clock() + _DAY_SECONDS, rules)
        self._store(origin, entry)
        return entry

    def _store(self, origin: str, entry: _CacheEntry) -> None:
        self._drop(origin)
        self._entries[origin] = entry
        self._size += entry.size
        while self._size > _CACHE_CHARACTERS:
            self._drop(next(iter(self._entries)))

    def _drop(self, origin: str) -> None:
        entry = self._entries.pop(origin, None)
        self._size -= entry.size if entry else 0


def product_token(user_agent: str) -> str:
    """The product token by which robots.txt files address us: ``ingest`` for "ingest/0.1 (+https://…)"."""
    found = _COMPATIBLE.search(user_agent)
    if found:
        return found[1]
    first = _PRODUCT.match(user_agent.strip())
    return first[0] if first else "*"


def parse(content: bytes, product: str) -> RobotsRules:
    """The rules of a robots.txt for a product token. An HTML page served as robots.txt has none."""
    text = content[:ROBOTS_BYTES].decode("utf-8-sig", "replace")
    if text.lstrip().startswith("<"):
        return RobotsRules()
    group = group_for(text, product)
    if not group:
        return RobotsRules()
    delay = _parsed(group).crawl_delay("*") or 0.0
    return RobotsRules(delay if delay <= _LONGEST_CREDIBLE_DELAY else 0.0, group)


@lru_cache(maxsize=_PARSED_KEPT)
def _parsed(group: str) -> Protego:
    return Protego.parse(group)


def group_for(text: str, product: str) -> str:
    """The lines for a product token, or else those for ``*``, as one group for ``*``; "" if there are neither.

    RFC 9309 §2.2.1: the token has to be equal, not contained, and all groups of one token are joined. Parsing one group
    only also keeps Protego, which copies each rule for each agent, from quadratic work on hostile files.
    """
    groups: dict[str, list[str]] = {}
    wanted = {product.lower(), "*"}
    named: set[str] = set()
    naming = False
    for line in text.splitlines():
        agent = _AGENT_LINE.match(line)
        if agent:
            named = (named if naming else set()) | ({agent[1].lower()} & wanted)
            naming = True
            for name in named:
                groups.setdefault(name, [])
            continue
        naming = naming and not _RULE_LINE.match(line)
        for name in named:
            groups[name].append(line)
    lines = groups.get(product.lower(), groups.get("*", []))
    return "\n".join(["User-agent: *", *lines]) if lines else ""


def _unreachable_seconds(failure: FetchError) -> float:
    return UNREACHABLE_SECONDS if failure.retry_after is None else failure.retry_after
