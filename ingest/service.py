"""The service behind `ingest serve`: starts each source when it is due, reloads sources.yaml, and shuts down.

The pipeline knows what a run does. Due times are kept in the database; APScheduler only holds one job in memory, which
wakes the service once a second (docs/decisions/0012-one-job-for-all-sources.md).
"""

from __future__ import annotations

import asyncio
import random
import signal
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from ingest import schedule
from ingest.errors import DamagedError, SourcesError, first_error
from ingest.model import Settings
from ingest.run.runtime import Runtime, open_runtime
from ingest.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ingest.model import Source
    from ingest.sources import Configuration

log = structlog.get_logger()

#: Seconds that running sources get to finish after SIGTERM. Container runtimes kill after ten; the rest is for closing.
_SECONDS_TO_FINISH = 6.0
#: A source whose run ended with a bug, or was cancelled, is due again after this.
_WAIT_AFTER_BUG = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _RunningSource:
    started: datetime
    task: asyncio.Task[None]


class Service:
    """Follows all sources of a configuration until it is stopped.

    ``load`` reads sources.yaml; it is called at the start and at each SIGHUP, when mistakes in the file leave the
    configuration as it is.
    """

    def __init__(self, load: Callable[[], Configuration], database: Path) -> None:
        self._load = load
        self._database = database
        self._settings = Settings()
        self._sources: dict[str, Source] = {}
        # By name of source. A source is in one of these two, unless it left sources.yaml while it was running.
        self._due: dict[str, datetime] = {}
        self._running: dict[str, _RunningSource] = {}
        self._stop = asyncio.Event()
        self._damage: DamagedError | None = None
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            executors={"default": AsyncIOExecutor()},
            # By default a wake-up that is late by more than a second is skipped.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    async def run(self) -> None:
        """Serves until SIGTERM or SIGINT. Raises `SourcesError` or `StoreError` if it cannot start.

        Raises `DamagedError` as soon as a run meets damage in the database.
        """
        configuration = self._load()
        self._settings = configuration.settings
        reload = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, reload.set)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        settings, sources = configuration.settings, configuration.sources
        async with open_runtime(settings, sources, self._database, seconds_to_notify=0) as runtime:
            await self._apply(configuration, runtime)
            self._scheduler.add_job(
                self._start_due, "interval", seconds=1, args=(runtime,), next_run_time=datetime.now(UTC)
            )
            self._scheduler.start()
            log.info("serving", sources=len(self._sources), database=str(self._database))
            await self._until_stopped(reload, runtime)
            await self._shut_down()
        if self._damage:
            raise self._damage
        log.info("stopped")

    async def _until_stopped(self, reload: asyncio.Event, runtime: Runtime) -> None:
        stopped = asyncio.create_task(self._stop.wait())
        while not stopped.done():
            woken = asyncio.create_task(reload.wait())
            await asyncio.wait({stopped, woken}, return_when=asyncio.FIRST_COMPLETED)
            woken.cancel()
            if reload.is_set() and not self._stop.is_set():
                reload.clear()
                await self._reload(runtime)

    async def _reload(self, runtime: Runtime) -> None:
        try:
            # In a thread, so that fetches go on: thousands of sources take seconds to read.
            configuration = await asyncio.to_thread(self._load)
        except SourcesError as error:
            for mistake in error.mistakes:
                log.warning("sources.yaml is wrong, going on with the old one", mistake=str(mistake))
            return
        if configuration.settings != self._settings:
            log.warning("settings have changed, which takes effect at the next start")
        sources, now = configuration.sources, datetime.now(UTC)
        await runtime.store(Store.configure, sources, now, schedule.starts_over)
        await runtime.store(lambda store: store.notifications.subscribe(self._settings.notify, sources, now))
        await self._apply(configuration, runtime)
        log.info("reloaded", sources=len(self._sources))

    async def _apply(self, configuration: Configuration, runtime: Runtime) -> None:
        """Plans the sources that are new or polled differently, and drops those that are gone.

        The others keep their due times. A source that is running is planned when its run ends.
        """
        before, self._sources = self._sources, {source.name: source for source in configuration.sources}
        due_times = await runtime.store(Store.due_times)
        to_plan = {
            name: None if name in before else due_times.get(name)
            for name, source in self._sources.items()
            if name not in self._running and _is_polled_differently(source, before.get(name))
        }
        self._due = {name: due for name, due in self._due.items() if name in self._sources}
        self._due |= schedule.first_due(to_plan, datetime.now(UTC), random.random)

    async def _start_due(self, runtime: Runtime) -> None:
        """Starts the sources that are due. A coroutine, because APScheduler runs plain functions in threads."""
        now = datetime.now(UTC)
        for name in schedule.next_starts(self._due, [run.started for run in self._running.values()], now):
            del self._due[name]
            self._running[name] = _RunningSource(now, asyncio.create_task(self._run_source(name, runtime)))

    async def _run_source(self, name: str, runtime: Runtime) -> None:
        due = datetime.now(UTC) + _WAIT_AFTER_BUG
        try:
            report = await runtime.pipeline.run_source(self._sources[name])
            counts = {key: value for key, value in report.as_json().items() if value and key not in {"name", "outcome"}}
            log.info("ran", source=name, outcome=report.outcome, **counts)
            state = await runtime.store(Store.source_state, name)
            due = state.next_due or due
        except asyncio.CancelledError:
            log.info("stopped in the middle, the rest stays queued", source=name)
        except Exception as error:
            self._damage = self._damage or first_error(error, DamagedError)
            if self._damage:
                self._stop.set()
            else:
                log.exception("source set aside for a while", source=name)
        finally:
            del self._running[name]
            # However a run ends, its source is due again: a source is never given up.
            if name in self._sources:
                self._due[name] = due

    async def _shut_down(self) -> None:
        """Starts nothing more, lets running sources finish for a few seconds, and cancels the others.

        Links that a cancelled run has not read are still queued in the database.
        """
        self._sources = {}
        self._scheduler.pause()
        tasks = {run.task for run in self._running.values()}
        if tasks:
            log.info("stopping", running=len(tasks))
            _, late = await asyncio.wait(tasks, timeout=_SECONDS_TO_FINISH)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._scheduler.shutdown(wait=False)


def _is_polled_differently(source: Source, before: Source | None) -> bool:
    """Whether a reload should poll the source at once: it is new, or its address, kind or interval has changed."""
    return before is None or (source.url, source.kind, source.every) != (before.url, before.kind, before.every)
