"""The pipeline with its store, fetcher and workers, opened and closed together; one writer a database."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from ingest import schedule
from ingest.fetch.browser.renderer import Renderer
from ingest.fetch.client import Fetcher
from ingest.run.context import no_progress, utc_now
from ingest.run.notifying import notifying
from ingest.run.pipeline import Pipeline
from ingest.run.workers import Workers
from ingest.store import Store
from ingest.store.lock import only_writer
from ingest.store.thread import StoreThread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from ingest.model import Settings, Source
    from ingest.run.report import SourceReport

log = structlog.get_logger()

#: The kind of the finding that sources.yaml is wrong.
CONFIGURATION = "configuration"

#: Seconds at the end of a command for notifications that wait.
_SECONDS_TO_NOTIFY = 5.0


@dataclass(frozen=True, slots=True)
class Runtime:
    """A pipeline that is ready to run, and the parts of it that are also used by themselves."""

    pipeline: Pipeline
    store: StoreThread
    workers: Workers


@asynccontextmanager
async def open_runtime(
    settings: Settings,
    sources: Sequence[Source],
    database: Path,
    *,
    jobs: int | None = None,
    clock: Callable[[], datetime] = utc_now,
    on_progress: Callable[[SourceReport], None] = no_progress,
    seconds_to_notify: float = _SECONDS_TO_NOTIFY,
) -> AsyncIterator[Runtime]:
    """Opens everything for these sources. Raises `StoreError` if the database cannot be used or is in use.

    ``jobs`` is the number of worker processes, ``clock`` returns aware UTC times. At the end, or when cancelled,
    fetches are dropped, workers are ended and what was handed to the store is committed. Before that,
    ``seconds_to_notify`` are for notifications that wait.
    """
    with only_writer(database):
        store = StoreThread(database)
        try:
            await configure(store, settings, sources, clock())
            with Workers(jobs) as workers:
                async with (
                    Fetcher(settings, backpressure=workers.backpressure) as fetcher,
                    Renderer(settings, fetcher) as browser,
                    notifying(store, settings.notify, clock, seconds_to_notify),
                ):
                    fetcher.restore_pauses(await store(Store.pauses, clock()))
                    pipeline = Pipeline(store, fetcher, workers, browser, clock=clock, on_progress=on_progress)
                    yield Runtime(pipeline, store, workers)
        finally:
            store.close()


async def configure(store: StoreThread, settings: Settings, sources: Sequence[Source], now: datetime) -> None:
    """Writes down what is followed from now on, and brings back due times that were written by a wrong clock.

    The configuration has no mistakes: a finding that it has some is closed.
    """
    await store(Store.configure, sources, now, schedule.starts_over)
    await store(lambda store: store.notifications.subscribe(settings.notify, sources, now))
    await store(Store.close_finding, "", CONFIGURATION, now)
    brought_back = await store(Store.bring_back, sources, now)
    if brought_back:
        log.warning("due times in the far future were brought back; did the clock run ahead?", rows=brought_back)
