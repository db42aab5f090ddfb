"""May we ask for a URL, by the host's robots.txt (RFC 9309)? Remembers the answers; the fetching is handed to it."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import lru_cache

from protego import Protego

from ingest.errors import FetchError

#: RFC 9309 §2.5: at least 500 KiB have to be read.
ROBOTS_BYTES = 512_000
_DAY_SECONDS = 86_400.0
#: How long a robots.txt that could not be had stands for "no": short, because hosts come back.
UNREACHABLE_SECONDS = 60.0
#: What is remembered is the text, 1 KB for most; the parsed form of 50 rules takes 70 KB.
_CHARACTERS_KEPT = 64_000_000
_CHARACTERS_AN_ORIGIN = 500
_PARSED_KEPT = 128
#: Nobody means a longer one.
_LONGEST_DELAY_MEANT = 86_400.0

_PRODUCT = re.compile(r"[A-Za-z0-9_-]+")
_COMPATIBLE = re.compile(r"compatible;\s{0,8}([A-Za-z0-9_-]+)")
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*(?::\s*|\s)([^\s/;#]*)", re.IGNORECASE)
_RULE_LINE = re.compile(r"\s*(?:allow|dis+al|diasl|crawl)", re.IGNORECASE)

#: URL of a robots.txt → its bytes; None if the host has none (4xx, too many redirects). FetchError otherwise:
#: ``robots`` if the host is there but its robots.txt is not to be had, which means "no" (RFC 9309 §2.3.1.4).
Load = Callable[[str], Awaitable[bytes | None]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us. ``crawl_delay`` is in seconds, 0 if it asks for none."""

    crawl_delay: float = 0.0
    text: str = field(default="", repr=False)

    def allow(self, url: str) -> bool:
        return not self.text or bool(_parsed(self.text).can_fetch(url, "*"))


@dataclass(frozen=True, slots=True)
class _Known:
    until: float
    rules: Rules = Rules()
    failure: FetchError | None = None

    @property
    def size(self) -> int:
        return _CHARACTERS_AN_ORIGIN + len(self.rules.text)


class Robots:
    """Answers for one user agent, each kept for a day, per scheme, host and port; the oldest go when room is short."""

    def __init__(self, user_agent: str, load: Load) -> None:
        self._product = product(user_agent)
        self._load = load
        self._known: dict[str, _Known] = {}
        self._size = 0
        self._asking: dict[str, asyncio.Task[_Known]] = {}

    async def rules(self, origin: str, url: str) -> Rules:
        """The rules of an origin ("https://example.org:8443"). FetchError if it cannot be known whether we may ask."""
        known = self._known.get(origin)
        if known is None or known.until < time.monotonic():
            known = await self._ask(origin)
        if known.failure:
            raise known.failure.restated(url)
        return known.rules

    async def aclose(self) -> None:
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    async def _ask(self, origin: str) -> _Known:
        """One request for all who wait; shielded, because the one who asked first may be cancelled."""
        task = self._asking.get(origin)
        if task is None:
            task = self._asking[origin] = asyncio.create_task(self._learn(origin))
            task.add_done_callback(lambda _: self._asking.pop(origin, None))
        return await asyncio.shield(task)

    async def _learn(self, origin: str) -> _Known:
        try:
            content = await self._load(f"{origin}/robots.txt")
        except FetchError as failure:
            known = _Known(time.monotonic() + _unreachable_seconds(failure), failure=failure.restated(origin))
        else:
            rules = Rules() if content is None else parse(content, self._product)
            known = _Known(time.monotonic() + _DAY_SECONDS, rules)
        self._remember(origin, known)
        return known

    def _remember(self, origin: str, known: _Known) -> None:
        self._forget(origin)
        self._known[origin] = known
        self._size += known.size
        while self._size > _CHARACTERS_KEPT:
            self._forget(next(iter(self._known)))

    def _forget(self, origin: str) -> None:
        known = self._known.pop(origin, None)
        self._size -= known.size if known else 0


def product(user_agent: str) -> str:
    """The product token that robots.txt files name: ``ingest`` of "ingest/0.1 (+https://…)"."""
    found = _COMPATIBLE.search(user_agent)
    if found:
        return found[1]
    first = _PRODUCT.match(user_agent.strip())
    return first[0] if first else "*"


def parse(content: bytes, product: str) -> Rules:
    """Rules for a product token. A page of HTML served as robots.txt has none."""
    text = content[:ROBOTS_BYTES].decode("utf-8-sig", "replace")
    if text.lstrip().startswith("<"):
        return Rules()
    group = group_for(text, product)
    if not group:
        return Rules()
    delay = _parsed(group).crawl_delay("*") or 0.0
    return Rules(delay if delay <= _LONGEST_DELAY_MEANT else 0.0, group)


@lru_cache(maxsize=_PARSED_KEPT)
def _parsed(group: str) -> Protego:
    return Protego.parse(group)


def group_for(text: str, product: str) -> str:
    """The lines meant for a product token, or for everybody if none are, as one group ``*``; "" if there are none.

    RFC 9309 §2.2.1: the token has to be equal, not contained, and groups of one token are joined. It also keeps
    Protego, which copies each rule for each agent, from quadratic work on hostile files.
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
