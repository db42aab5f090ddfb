"""May we ask for a URL, by the host's robots.txt (RFC 9309)? Remembers the answers; the fetching is handed to it."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from protego import Protego

from ingest.errors import FetchError
from ingest.fetch.answer import restated

#: RFC 9309 §2.5: at least 500 KiB have to be read.
ROBOTS_BYTES = 512_000
_DAY_SECONDS = 86_400.0
#: How long a robots.txt that could not be had stands for "no": short, because hosts come back.
_UNREACHABLE_SECONDS = 60.0
_ORIGINS_KEPT = 5_000
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
    _parsed: Protego | None = field(default=None, repr=False)

    def allow(self, url: str) -> bool:
        return self._parsed is None or bool(self._parsed.can_fetch(url, "*"))


@dataclass(frozen=True, slots=True)
class _Known:
    until: float
    rules: Rules = Rules()
    failure: FetchError | None = None


class Robots:
    """Answers for one user agent, each kept for a day, per scheme, host and port."""

    def __init__(self, user_agent: str, load: Load) -> None:
        self._product = product(user_agent)
        self._load = load
        self._known: dict[str, _Known] = {}
        self._asking: dict[str, asyncio.Task[_Known]] = {}

    async def rules(self, origin: str, url: str) -> Rules:
        """The rules of an origin ("https://example.org:8443"). FetchError if it cannot be known whether we may ask."""
        known = self._known.get(origin)
        if known is None or known.until < time.monotonic():
            known = await self._ask(origin)
        if known.failure:
            raise restated(known.failure, url)
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
            known = _Known(time.monotonic() + _unreachable_seconds(failure), failure=restated(failure, origin))
        else:
            rules = Rules() if content is None else parse(content, self._product)
            known = _Known(time.monotonic() + _DAY_SECONDS, rules)
        if len(self._known) >= _ORIGINS_KEPT:
            self._known.clear()
        self._known[origin] = known
        return known


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
    parsed = Protego.parse(group_for(text, product))
    delay = parsed.crawl_delay("*") or 0.0
    return Rules(delay if delay <= _LONGEST_DELAY_MEANT else 0.0, parsed)


def group_for(text: str, product: str) -> str:
    """The lines meant for a product token, or for everybody if none are, as one group ``*``.

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
    return "User-agent: *\n" + "\n".join(groups.get(product.lower(), groups.get("*", [])))


def _unreachable_seconds(failure: FetchError) -> float:
    return _UNREACHABLE_SECONDS if failure.retry_after is None else failure.retry_after
