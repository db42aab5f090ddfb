"""The sources that a service follows: plans them, runs those that are due, and ends their runs."""

from __future__ import annotations

import asyncio
import logging
import random
from typing import TYPE_CHECKING

import structlog

from ingest import schedule
from ingest.errors import DamagedError, StoreError, first_error
from ingest.service.outage import Outage
from ingest.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ingest.model import Source
    from ingest.run.runtime import Runtime
    from ingest.service.clock import Clock

log = structlog.get_logger()

#: A source whose run ended with a bug, or was cancelled, is due again after so many seconds.
_WAIT_AFTER_BUG = 600.0


class Following:
    """Due times are kept in the database as times of day, and here as seconds of a clock that never jumps.

    Why: docs/decisions/0027-two-clocks.md. ``on_damage`` is called when a run has met damage in the database.
    """

    def __init__(self, runtime: Runtime, clock: Clock, on_damage: Callable[[DamagedError], object]) -> None:
        self.runtime = runtime
        self.sources: dict[str, Source] = {}
        self.outage = Outage(runtime.store)
        self._clock = clock
        self._on_damage = on_damage
        self._plan = schedule.Plan(random.random)
        self._runs: set[asyncio.Task[None]] = set()

    async def apply(self, sources: Iterable[Source]) -> None:
        """Plans the sources that are new or polled differently, and drops those that are gone.

        The others keep their due times. A source that is running is planned when its run ends.
        """
        stored, now = await self.runtime.store(Store.due_times), self._clock.now()
        before, self.sources = self.sources, {source.name: source for source in sources}
        waits = {}
        for name, source in self.sources.items():
            if name not in self._plan.running and _is_polled_differently(source, before.get(name)):
                due = None if name in before else stored.get(name)
                waits[name] = (due - now).total_seconds() if due else 0.0
        self._plan.drop_all_but(self.sources)
        self._plan.add(waits, self._clock.elapsed())

    def start_due(self) -> None:
        """Starts the sources that are due, unless the database is out of use; called once a second."""
        if self.outage.reason:
            self._plan.hold(self._clock.elapsed())
            return
        for name in self._plan.start(self._clock.elapsed()):
            run = asyncio.create_task(self._run(name))
            self._runs.add(run)
            run.add_done_callback(self._runs.discard)

    async def stop(self, seconds: float) -> None:
        """Starts nothing more, lets running sources finish for some ``seconds``, and cancels the others.

        Links that a cancelled run has not read are still queued in the database.
        """
        self.sources = {}
        self.outage.close()
        if self._runs:
            log.info("stopping", running=len(self._runs))
            _, late = await asyncio.wait(self._runs, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, name: str) -> None:
        wait = _WAIT_AFTER_BUG
        try:
            report = await self.runtime.pipeline.run_source(self.sources[name])
            counts = {key: value for key, value in report.as_json().items() if value and key not in {"name", "outcome"}}
            level = logging.WARNING if report.outcome == "failed" else logging.INFO
            log.log(level, "ran", source=name, outcome=report.outcome, **counts)
            state = await self.runtime.store(Store.source_state, name)
            # Both were written in one moment, so that their difference is right whatever the clock says by now.
            if state.next_due and state.last_run:
                wait = (state.next_due - state.last_run).total_seconds()
            self.outage.store_worked()
        except asyncio.CancelledError:
            log.info("stopped in the middle, the rest stays queued", source=name)
        except Exception as error:
            if damage := first_error(error, DamagedError):
                self._on_damage(damage)
            elif outage := first_error(error, StoreError):
                self.outage.begin(outage)
                wait = 0.0
            else:
                log.exception("source set aside for a while", source=name)
        finally:
            # However a run ends, its source is due again: a source is never given up.
            self._plan.end(name, self._clock.elapsed() + wait if name in self.sources else None)


def _is_polled_differently(source: Source, before: Source | None) -> bool:
    """Whether a reload should poll the source at once: it is new, or its address, kind or interval has changed."""
    return before is None or (source.url, source.kind, source.every) != (before.url, before.kind, before.every)
