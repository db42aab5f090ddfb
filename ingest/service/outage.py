"""A database that cannot be used for a while: the disk is full, or another program holds its lock.

Nothing is lost meanwhile: what was not stored is still queued. No source is blamed, and none is started.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from ingest.errors import StoreError
from ingest.store import Store

if TYPE_CHECKING:
    from ingest.store.thread import StoreThread

log = structlog.get_logger()

_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 2.0, 20.0


class Outage:
    """Whether the database is out of use, and when it is to be tried again."""

    def __init__(self, store: StoreThread) -> None:
        self._store = store
        self._wait = _FIRST_WAIT_SECONDS
        self._recovery: asyncio.Task[None] | None = None
        self.reason = ""
        """Why the database cannot be used; empty while it can."""

    def begin(self, error: StoreError) -> None:
        """The database could not be used: logs it once, and tries it again until it can be."""
        if not self.reason:
            self.reason = str(error)
            self._recovery = asyncio.create_task(self._until_usable())
            log.warning(
                "the database cannot be used; nothing is lost, and sources wait until it can", reason=self.reason
            )

    def store_worked(self) -> None:
        """A run has stored what it found: the next outage begins with a short wait again."""
        self._wait = _FIRST_WAIT_SECONDS

    def close(self) -> None:
        """Stops trying."""
        if self._recovery:
            self._recovery.cancel()

    async def _until_usable(self) -> None:
        while True:
            await asyncio.sleep(self._wait)
            # Also from one outage to the next: a disk with room for one page must not be filled again each second.
            self._wait = min(self._wait * 2, _LONGEST_WAIT_SECONDS)
            try:
                await self._store(Store.check_writable)
            except StoreError as error:
                self.reason = str(error)
                continue
            self.reason = ""
            log.info("the database can be used again")
            return
