"""The store, fetcher, workers and clock that every step of a run is given, and a fetch with its row in the log."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from ingest.errors import FetchError, HostPausedError
from ingest.health.counters import Counters
from ingest.model import Page, Source, Validators
from ingest.store import Fetch, Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.fetch.browser.renderer import Renderer
    from ingest.fetch.client import Fetcher
    from ingest.run.report import SourceReport
    from ingest.run.workers import Workers
    from ingest.store.thread import StoreThread

log = structlog.get_logger()

_UNCONDITIONAL = Validators()


def utc_now() -> datetime:
    return datetime.now(UTC)


def no_progress(_: SourceReport) -> None:
    """Default progress callback; does nothing."""


@dataclass(frozen=True, slots=True)
class RunContext:
    """What every step of a run works with. ``clock`` returns aware UTC times, ``random`` numbers between 0 and 1.

    ``on_progress`` is called with a source's report whenever it has changed.
    """

    store: StoreThread
    fetcher: Fetcher
    workers: Workers
    browser: Renderer
    clock: Callable[[], datetime] = utc_now
    random: Callable[[], float] = random.random
    on_progress: Callable[[SourceReport], None] = no_progress
    counters: Counters = field(default_factory=Counters)

    async def fetch(
        self, source: Source, url: str, validators: Validators = _UNCONDITIONAL, *, keep: bool = False
    ) -> Page:
        """Fetches a page and logs the fetch; ``keep`` keeps the raw page as the source says. Raises `FetchError`."""
        began = self.clock()
        try:
            page = await self.get(source, url, validators)
        except HostPausedError:
            raise
        except FetchError as error:
            spent = (self.clock() - began) // timedelta(milliseconds=1)
            self._note_fetch(source, url, spent, error=error.code, status=error.status)
            await self.store(Store.log_fetch, Fetch(source.name, url, began, error.status, 0, spent, error.code))
            if error.code == "rate_limited":
                await self.store(Store.keep_pauses, self.fetcher.pauses(), self.clock())
            raise
        fetch = Fetch(source.name, page.url, began, page.status, len(page.content), page.elapsed_ms)
        self._note_fetch(source, url, page.elapsed_ms, len(page.content), status=page.status)
        await self.store(Store.keep_page, page, source.keep_raw if keep else "none", fetch)
        return page

    def _note_fetch(self, source: Source, url: str, ms: int, size: int = 0, **said: object) -> None:
        self.counters.add_fetch(ms / 1000, size)
        log.debug("fetched", source=source.name, url=url, ms=ms, bytes=size, **said)

    async def get(self, source: Source, url: str, validators: Validators = _UNCONDITIONAL) -> Page:
        """Fetches a page, in the browser if the source says so, without logging it. Raises `FetchError`."""
        if source.render:
            return await self.browser.get(url, source, validators=validators)
        return await self.fetcher.get(url, validators=validators, source=source.name, retry_scope=source.retry_scope)
