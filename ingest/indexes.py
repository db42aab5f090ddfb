"""The index pages of a source: asked for, read, their links queued. Brings in no link."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.discover import Ask, Found
from ingest.model import Link, Source, Validators
from ingest.store import Store
from ingest.walk import keyed, refusals, walk

if TYPE_CHECKING:
    from datetime import datetime

    from ingest.means import Means
    from ingest.report import SourceReport


async def discover(means: Means, source: Source, report: SourceReport, since: datetime | None) -> float | None:
    """Queues the links of the source's index pages; returns its TTL in seconds, if it names one.

    Raises `PageError` if none of them could be read.
    """
    ttls: list[float] = []

    async def queue(ask: Ask) -> Found:
        found = await _record(means, source, ask, since)
        report.found += len(found.links)
        ttls.extend([found.ttl] if found.ttl else [])
        means.watch(report)
        return found

    failures = await walk(source, queue)
    if failures:
        report.error, report.message = failures[0].code, f"{failures[0].url}: {failures[0].message}"
    return max(ttls, default=None)


async def read(means: Means, source: Source, ask: Ask, since: datetime | None) -> Found:
    """One index page, whether it has changed or not; nothing of it is stored. Raises `PageError`."""
    page = await means.fetch(source, ask.url)
    return await means.workers.read_index(page, ask, source, since)


async def preview(means: Means, source: Source) -> list[Link]:
    """The links that a run would queue now. Stores nothing. Raises `PageError` if no index can be read."""
    links: dict[str, Link] = {}

    async def look(ask: Ask) -> Found:
        page = await means.ask(source, ask.url)
        found = await means.workers.read_index(page, ask, source)
        links.update(keyed(found, source))
        return found

    await walk(source, look)
    held = await means.store(Store.held_links, tuple(links))
    return [link for key, link in links.items() if key not in held]


async def _record(means: Means, source: Source, ask: Ask, since: datetime | None) -> Found:
    validators = await means.store(Store.validators, source.name, ask.url)
    known_before = (await means.store(Store.source_state, source.name)).last_ok is not None
    page = await means.fetch(source, ask.url, validators)
    if page.not_modified:
        return Found(links=())
    found = await means.workers.read_index(page, ask, source, since)
    # An index that leads to others is read anew each time: a 304 for it would say nothing of them.
    vouched = Validators() if found.asks else page.validators
    links, refused = keyed(found, source), refusals(found)
    counts = await means.store(Store.record_index, source.name, ask.url, vouched, links, refused, means.clock())
    if known_before and found.links and counts.new == len(found.links):
        # Nothing in it is known: more was published since the last run than it holds, so older pages are read, too.
        return replace(found, asks=(*found.asks, *found.history))
    return found
