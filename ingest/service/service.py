"""The long run: wakes once a second to start what is due, takes up a changed sources.yaml, and shuts down."""

from __future__ import annotations

import asyncio
import signal
from functools import partial
from typing import TYPE_CHECKING

import structlog

from ingest.errors import DamagedError, SourcesError, StoreError
from ingest.model import Finding
from ingest.run.monitoring import monitoring
from ingest.run.runtime import CONFIGURATION, configure, open_runtime
from ingest.run.signals import stop_on_signal
from ingest.service.clock import Clock
from ingest.service.configuration_file import QuietChange, signature
from ingest.service.following import Following
from ingest.service.ticks import every_second
from ingest.sources import load
from ingest.store import Store

if TYPE_CHECKING:
    import socket
    from collections.abc import Coroutine
    from datetime import datetime
    from pathlib import Path
    from typing import Any

    from ingest.errors import Mistake
    from ingest.model import Settings

log = structlog.get_logger()

#: Seconds that running sources get to finish after SIGTERM. Container runtimes kill after ten; the rest is for closing.
_SECONDS_TO_FINISH = 5.0
#: Seconds after SIGTERM at which the kernel ends a service that is not done, because the machine is overloaded.
_SECONDS_TO_END = 9.0
#: Seconds by which the time of day has to be set for that to be noticed; time servers correct less all the time.
_CLOCK_STEP = 30.0


class Service:
    """Follows all sources of a sources.yaml until it is stopped.

    The file is read at the start, when it has changed, and at SIGHUP. Mistakes in it leave the configuration as it is
    and are a finding until the file is right again.
    ``listening`` is a bound socket for ``/health`` and ``/metrics``.
    """

    def __init__(
        self,
        sources_file: Path,
        database: Path,
        *,
        listening: socket.socket | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._file = sources_file
        self._database = database
        self._listening = listening
        self._clock = clock or Clock()
        self._file_change = QuietChange(signature(sources_file))
        self._clock_offset = self._clock.offset()
        self._reload = False
        self._wrong_since: datetime | None = None
        self._stop = asyncio.Event()
        self._damage: DamagedError | None = None
        self._chore: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Serves until SIGTERM or SIGINT. Raises `SourcesError` or `StoreError` if it cannot start.

        Raises `DamagedError` as soon as a run meets damage in the database.
        """
        configuration = load(self._file)
        stop_on_signal(self._stop.set)
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._reload_soon)
        settings, sources = configuration.settings, configuration.sources
        try:
            async with open_runtime(
                settings, sources, self._database, clock=self._clock.now, seconds_to_notify=0
            ) as runtime:
                following = Following(runtime, self._clock, self._stop_for)
                await following.apply(sources)
                scheduler = every_second(partial(self._tick, following, settings), self._clock.elapsed)
                scheduler.start()
                log.info("serving", sources=len(sources), database=str(self._database))
                with monitoring(self._listening, runtime, lambda: following.outage.reason):
                    await self._stop.wait()
                signal.setitimer(signal.ITIMER_REAL, _SECONDS_TO_END)
                scheduler.shutdown(wait=False)
                if self._chore:
                    self._chore.cancel()
                await following.stop(_SECONDS_TO_FINISH)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if self._damage:
            raise self._damage
        log.info("stopped")

    def _stop_for(self, damage: DamagedError) -> None:
        self._damage = damage
        self._stop.set()

    def _reload_soon(self) -> None:
        self._reload = True

    async def _tick(self, following: Following, settings: Settings) -> None:
        following.runtime.pipeline.counters.beat()
        following.start_due()
        if following.outage.reason or (self._chore and not self._chore.done()):
            return
        found = signature(self._file)
        if self._reload or self._file_change.is_due(found, self._clock.elapsed()):
            self._reload = False
            self._file_change.take_up(found)
            self._chore = asyncio.create_task(self._attempt(self._take_up_file(following, settings), following))
        elif abs(self._clock.offset() - self._clock_offset) > _CLOCK_STEP:
            self._chore = asyncio.create_task(self._attempt(self._take_up_clock(following), following))

    async def _attempt(self, work: Coroutine[Any, Any, None], following: Following) -> None:
        try:
            await work
        except DamagedError as damage:
            self._stop_for(damage)
        except StoreError as error:
            following.outage.begin(error)
            self._reload = True
        except Exception:
            log.exception("going on without")

    async def _take_up_file(self, following: Following, settings: Settings) -> None:
        try:
            # In a thread, so that fetches go on: thousands of sources take seconds to read.
            configuration = await asyncio.to_thread(load, self._file)
        except SourcesError as error:
            await self._report(error.mistakes, following)
            return
        if configuration.settings != settings:
            log.warning("settings have changed, which takes effect at the next start")
        await configure(following.runtime.store, settings, configuration.sources, self._clock.now())
        await following.apply(configuration.sources)
        self._wrong_since = None
        log.info("reloaded", sources=len(configuration.sources))

    async def _report(self, mistakes: list[Mistake], following: Following) -> None:
        for mistake in mistakes:
            log.warning("sources.yaml is wrong, going on with the old one", mistake=str(mistake))
        more = f" (and {len(mistakes) - 1} more; `ingest check` lists them)" if len(mistakes) > 1 else ""
        message = f"The service goes on with an old sources.yaml, because the new one is wrong: {mistakes[0]}{more}"
        now = self._clock.now()
        self._wrong_since = self._wrong_since or now
        finding = Finding("", CONFIGURATION, self._wrong_since, message)
        await following.runtime.store(Store.open_finding, finding, now)

    async def _take_up_clock(self, following: Following) -> None:
        """The time of day was set: what is stored with the old one must not wait for it to come again."""
        offset = self._clock.offset()
        log.warning("the time of day was set", seconds=round(offset - self._clock_offset))
        sources = tuple(following.sources.values())
        await following.runtime.store(Store.bring_back, sources, self._clock.now())
        self._clock_offset = offset
