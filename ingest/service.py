"""The long run: one scheduled job a source, signals, reload, shutdown. What a job does is the pipeline's.

The due times are ours and live in the database; APScheduler only wakes us, and its job store is memory.
"""

from __future__ import annotations

import asyncio
import random
import signal
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from ingest.engine import Engine, running
from ingest.errors import SourcesError
from ingest.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ingest.model import Source
    from ingest.sources import Configuration

log = structlog.get_logger()

#: Seconds that running sources get to finish after SIGTERM; the rest of the ten is for closing.
GRACE = 6.0
#: Sources that are due at the start begin within this many seconds, not all at once,
_SPREAD = 30.0
#: and no more than this many in a second.
_STARTS_A_SECOND = 20
_AFTER_BUG = timedelta(minutes=10)


class Service:
    """``load`` reads sources.yaml anew at each SIGHUP; its mistakes leave the running configuration as it is."""

    def __init__(self, load: Callable[[], Configuration], database: Path) -> None:
        self._load = load
        self._database = database
        self._sources: dict[str, Source] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            executors={"default": AsyncIOExecutor()},
            # The default grace of one second skips runs without a word.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    async def run(self) -> None:
        """Serves until SIGTERM or SIGINT. Raises `SourcesError` or `StoreError` if it cannot begin."""
        configuration = self._load()
        stop, reload = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, reload.set)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        async with running(configuration.settings, configuration.sources, self._database) as engine:
            # Paused, or it would wake up for each of thousands of jobs.
            self._scheduler.start(paused=True)
            await self._follow(configuration, engine)
            self._scheduler.resume()
            log.info("serving", sources=len(self._sources), database=str(self._database))
            await self._until_stopped(stop, reload, engine)
            await self._wind_down()
        log.info("stopped")

    async def _until_stopped(self, stop: asyncio.Event, reload: asyncio.Event, engine: Engine) -> None:
        stopped = asyncio.create_task(stop.wait())
        while not stopped.done():
            woken = asyncio.create_task(reload.wait())
            await asyncio.wait({stopped, woken}, return_when=asyncio.FIRST_COMPLETED)
            woken.cancel()
            if reload.is_set() and not stop.is_set():
                reload.clear()
                await self._reload(engine)

    async def _reload(self, engine: Engine) -> None:
        try:
            configuration = self._load()
        except SourcesError as error:
            for mistake in error.mistakes:
                log.warning("sources.yaml is wrong, going on with the old one", mistake=str(mistake))
            return
        await engine.store(Store.configure, configuration.sources, datetime.now(UTC))
        await self._follow(configuration, engine)
        log.info("reloaded", sources=len(self._sources))

    async def _follow(self, configuration: Configuration, engine: Engine) -> None:
        """Schedules new and changed sources at their due times, forgets those that are gone."""
        wanted = {source.name: source for source in configuration.sources}
        for name in self._sources.keys() - wanted.keys():
            if self._scheduler.get_job(name):
                self._scheduler.remove_job(name)
        fresh = [source for name, source in wanted.items() if self._sources.get(name) != source]
        self._sources = wanted
        states = await engine.store(Store.source_states)
        now = datetime.now(UTC)
        dues = {source.name: state.next_due if (state := states.get(source.name)) else None for source in fresh}
        waiting = sum(due is None or due <= now for due in dues.values())
        spread = max(min(_SPREAD, waiting / 2), waiting / _STARTS_A_SECOND)
        for name, due in dues.items():
            soon = now + timedelta(seconds=random.uniform(0, spread))  # noqa: S311 — no secret
            self._schedule(name, due if due and due > now else soon, engine)

    def _schedule(self, name: str, due: datetime, engine: Engine) -> None:
        self._scheduler.add_job(
            self._run_source, "date", run_date=due, args=(name, engine), id=name, name=name, replace_existing=True
        )

    async def _run_source(self, name: str, engine: Engine) -> None:
        task = asyncio.current_task()
        assert task
        self._running.add(task)
        due = datetime.now(UTC) + _AFTER_BUG
        try:
            report = await engine.pipeline.run_source(self._sources[name])
            counts = {key: value for key, value in report.as_json().items() if value and key not in {"name", "outcome"}}
            log.info("ran", source=name, outcome=report.outcome, **counts)
            state = await engine.store(Store.source_state, name)
            due = state.next_due or due
        except asyncio.CancelledError:
            log.info("stopped in the middle, the rest stays queued", source=name)
        except Exception:
            log.exception("source set aside for a while", source=name)
        finally:
            self._running.discard(task)
            # A job that ends in any way but a shutdown is scheduled again: a source is never given up.
            if name in self._sources and self._scheduler.running:
                self._schedule(name, due, engine)

    async def _wind_down(self) -> None:
        """No new runs; running ones get their grace, then are cancelled: what they had not done is still queued."""
        self._sources = {}
        self._scheduler.pause()
        tasks = set(self._running)
        if tasks:
            log.info("stopping", running=len(tasks))
            _, late = await asyncio.wait(tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        # Not before: it cancels what is running at once.
        self._scheduler.shutdown(wait=False)
