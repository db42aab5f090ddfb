"""The APScheduler job that wakes the service once a second, whatever happens to the time of day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from ingest.service.clock import ElapsedTime

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any


class _EverySecond(BaseTrigger):  # type: ignore[misc]
    """A second after the last time. APScheduler's own interval counts each second of a night that was slept through."""

    def get_next_fire_time(self, _: datetime | None, now: datetime) -> datetime:
        return now + timedelta(seconds=1)


def every_second(tick: Callable[[], Coroutine[Any, Any, None]], elapsed: Callable[[], float]) -> AsyncIOScheduler:
    """A scheduler, not yet started, that calls ``tick`` at once and then each second of ``elapsed``.

    ``tick`` is a coroutine function, because APScheduler runs plain functions in threads.
    """
    zone = ElapsedTime(elapsed)
    scheduler = AsyncIOScheduler(
        timezone=zone,
        executors={"default": AsyncIOExecutor()},
        # By default a wake-up that is late by more than a second is skipped.
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(tick, _EverySecond(), next_run_time=datetime.now(zone))
    return scheduler
