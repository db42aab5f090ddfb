"""The pipeline with its store, fetcher and workers, opened and closed together; one writer a database."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from ingest import schedule
from ingest.errors import StoreError
from ingest.fetch.browser.renderer import Renderer
from ingest.fetch.client import Fetcher
from ingest.run.context import no_progress
from ingest.run.pipeline import Pipeline
from ingest.run.workers import Workers
from ingest.store import Store
from ingest.store.thread import StoreThread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from ingest.model import Settings, Source
    from ingest.run.report import SourceReport


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
    on_progress: Callable[[SourceReport], None] = no_progress,
) -> AsyncIterator[Runtime]:
    """Opens everything for these sources. Raises `StoreError` if the database cannot be used or is in use.

    ``jobs`` is the number of worker processes. At the end, or when cancelled, fetches are dropped, workers are ended
    and what was handed to the store is committed.
    """
    with _only_writer(database):
        store = StoreThread(database)
        try:
            await store(Store.configure, sources, datetime.now(UTC), schedule.starts_over)
            with Workers(jobs) as workers:
                async with (
                    Fetcher(settings, backpressure=workers.backpressure) as fetcher,
                    Renderer(settings, fetcher) as browser,
                ):
                    fetcher.restore_pauses(await store(Store.pauses, datetime.now(UTC)))
                    yield Runtime(Pipeline(store, fetcher, workers, browser, on_progress=on_progress), store, workers)
        finally:
            store.close()


def _only_writer(database: Path) -> FileLock:
    """A lock beside the database; the kernel lets go of it when the process dies, however it dies."""
    lock = FileLock(database.with_name(database.name + ".lock"), timeout=0)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise StoreError(f"{database}: another ingest is writing to it; stop that one, or name another --db") from error
    except OSError as error:
        raise StoreError(f"{database}: cannot be written ({error.strerror}); name another place with --db") from error
    return lock
