"""The processes in which untrusted bytes are parsed, each with a deadline at which it is killed.

A page that hangs a parser costs one worker and its own outcome; the other pages do not notice.
"""

from __future__ import annotations

import asyncio
import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import time
import weakref
from concurrent.futures import TimeoutError as DeadlineError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import TYPE_CHECKING, Any, Self, TypeVar

import structlog
from pebble import ProcessExpired, ProcessPool

from ingest import discover
from ingest.discover import autodetect
from ingest.errors import DiscoverError, ExtractError
from ingest.model import NO_HINTS, Article, Hints, Page, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from datetime import datetime
    from types import TracebackType

    from ingest.discover import IndexRequest, IndexResult
    from ingest.discover.proposals import Proposal

log = structlog.get_logger()

T = TypeVar("T")

#: Seconds for one page or one index page.
DEADLINE = 10.0
#: A worker is replaced after this many pages, so that no parser's leak grows for ever.
TASKS_PER_WORKER = 5_000
_MEMORY = 2 << 30
#: More than the one process that fetches and writes can keep busy (docs/performance.md); each takes about 100 MB.
_WORKERS_AT_MOST = 4
#: Bytes of pages that wait to be parsed, beyond which none is fetched: a second of work for any number of sources.
_UNREAD_AT_MOST = 16 << 20
#: Seconds between two looks at whether a page has passed its deadline.
_GLANCE = 0.5
_PR_SET_PDEATHSIG = 1


class Workers:
    """A pool of worker processes. ``jobs`` is their number (default: one a core, at most 4)."""

    def __init__(self, jobs: int | None = None, *, deadline: float = DEADLINE) -> None:
        self.deadline = deadline
        self._jobs = jobs or min(os.cpu_count() or 1, _WORKERS_AT_MOST)
        # Starting it unblocks the interrupts that are to stay blocked while workers are started.
        resource_tracker.ensure_running()
        self._pool = _Pool(self._jobs)
        self.restarts = 0
        """How often a worker died or was killed, or all of them were replaced."""
        self._unread = 0
        self._relief = asyncio.Event()

    async def backpressure(self) -> None:
        """Backpressure: waits until fewer than 16 MB of pages are unread."""
        while self._unread > _UNREAD_AT_MOST:
            self._relief.clear()
            await self._relief.wait()

    async def read_index(
        self, page: Page, request: IndexRequest, source: Source, since: datetime | None = None
    ) -> IndexResult:
        """`discover.parse` in a worker. Raises `DiscoverError`."""
        return await self._read(DiscoverError, page, _read_index, request, source, since)

    async def propose(self, page: Page) -> list[Proposal]:
        """`autodetect.proposals` in a worker. Raises `DiscoverError`."""
        return await self._read(DiscoverError, page, _propose)

    async def read_article(self, page: Page, source: Source, hints: Hints = NO_HINTS) -> Article:
        """`extract.extract_page` in a worker. Raises `ExtractError`."""
        return await self._read(ExtractError, page, _read_article, source, hints)

    async def read_entry(self, url: str, source: Source, hints: Hints) -> Article:
        """`extract.extract_entry` in a worker. Raises `ExtractError`."""
        return await self._run(ExtractError, url, _read_entry, url, source, hints)

    async def _read(
        self, failure: type[DiscoverError | ExtractError], page: Page, job: Callable[..., T], *args: Any
    ) -> T:
        self._unread += len(page.content)
        try:
            return await self._run(failure, page.url, job, page, *args)
        finally:
            self._unread -= len(page.content)
            self._relief.set()

    async def _run(self, failure: type[DiscoverError | ExtractError], url: str, job: Callable[..., T], *args: Any) -> T:
        pool = self._pool
        try:
            try:
                result: T = await self._schedule(job, args)
            except BrokenProcessPool:
                # pebble's pool ends for good when an idle worker dies, as when the kernel kills it for its memory.
                if self._pool is pool:
                    log.warning("the worker processes died and are replaced")
                    self.restarts += 1
                    self._pool = _Pool(self._jobs)
                    await asyncio.to_thread(pool.end)
                result = await self._schedule(job, args)
        except DeadlineError as error:
            self.restarts += 1
            raise failure(url, "parse", f"not read within {self.deadline:g} s") from error
        except (ProcessExpired, MemoryError) as error:
            self.restarts += isinstance(error, ProcessExpired)
            raise failure(url, "parse", "the reading process died of it") from error
        return result

    async def _schedule(self, job: Callable[..., T], args: tuple[Any, ...]) -> T:
        try:
            with _interrupts_blocked():
                future: Future[T] = self._pool.schedule(job, args=args)
        except RuntimeError as error:
            raise BrokenProcessPool(str(error)) from error
        try:
            return await self._within_deadline(future)
        except (asyncio.CancelledError, DeadlineError):
            # The pool kills the worker.
            future.cancel()
            raise

    async def _within_deadline(self, future: Future[T]) -> T:
        """Counts from when a worker has begun, and by a clock that nobody sets, as the pool's own deadline does not."""
        result = asyncio.wrap_future(future)
        begun = None
        while not result.done():
            await asyncio.wait({result}, timeout=min(_GLANCE, self.deadline / 4))
            if begun is None and future.running():
                begun = time.monotonic()
            if begun is not None and time.monotonic() - begun > self.deadline and not result.done():
                raise DeadlineError
        return result.result()

    def close(self) -> None:
        """Ends all workers. The links of the pages that they were parsing are still queued."""
        self._pool.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Pool(ProcessPool):
    """A pool that ends every worker it has started.

    pebble's own forgets one that its thread starts while it is being stopped: that worker would go on starting, find
    that the locks of its parent are gone, and print a traceback.
    """

    def __init__(self, jobs: int) -> None:
        self._started = _StartedProcesses()
        super().__init__(max_workers=jobs, max_tasks=TASKS_PER_WORKER, initializer=_begin, context=self._started)

    def end(self) -> None:
        self.stop()  # type: ignore[no-untyped-call]
        self.join()
        for process in self._started.processes:
            if process.is_alive():
                process.kill()
                process.join()


class _StartedProcesses(SpawnContext):
    """Remembers the processes that it has made. Spawned ones: forking a process that runs threads can deadlock it."""

    def __init__(self) -> None:
        self.processes: weakref.WeakSet[SpawnProcess] = weakref.WeakSet()

    def Process(self, *args: Any, **settings: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802 — its name
        process = SpawnProcess(*args, **settings)
        self.processes.add(process)
        return process


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Processes and threads that are started in the block are deaf to Ctrl-C from the first moment on.

    A worker that is still importing would answer it with a traceback.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """The kernel ends this process when its parent dies, even in the middle of a page that has no end (Linux).

    Elsewhere it ends once it has read its page, because nobody sends it another one.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent and os.getppid() != parent.pid:
        # It died before it could be watched.
        os._exit(1)


def _begin() -> None:
    """Runs first in each worker: ignores Ctrl-C, which is the main process's to handle, and limits the memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # pebble ends workers with SIGTERM. Its handler in Python prints a traceback if the worker is about to exit anyway.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _read_index(page: Page, request: IndexRequest, source: Source, since: datetime | None) -> IndexResult:
    return discover.parse(page, request, source, since=since)


def _propose(page: Page) -> list[Proposal]:
    return autodetect.proposals(page)


def _read_article(page: Page, source: Source, hints: Hints) -> Article:
    from ingest.run.extract import extract_page  # noqa: PLC0415 — only the workers need the extractors

    content_type = page.headers.get("content-type", "")
    article = extract_page(page.content, page.final_url, content_type=content_type, source=source, hints=hints)
    article.body.prepare()
    return article


def _read_entry(url: str, source: Source, hints: Hints) -> Article:
    from ingest.run.extract import extract_entry  # noqa: PLC0415 — only the workers need the extractors

    article = extract_entry(url, source, hints)
    article.body.prepare()
    return article
