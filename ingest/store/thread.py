"""The one thread that uses the store, and its group commit.

Operations that wait while a commit is under way share the next one. A caller gets its result after the commit, so what
is acknowledged is in the file. Once an operation met damage in the file no further one is run: each gets that error.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ingest.errors import DamagedError
from ingest.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

P = ParamSpec("P")
T = TypeVar("T")

_MOST_TOGETHER = 100


@dataclass(slots=True)
class _Operation:
    run: Callable[[Store], Any]
    done: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop

    def resolve(self, result: Any, error: BaseException | None) -> None:
        self.loop.call_soon_threadsafe(self._resolve, result, error)

    def _resolve(self, result: Any, error: BaseException | None) -> None:
        if self.done.cancelled():
            return
        if error:
            self.done.set_exception(error)
        else:
            self.done.set_result(result)


class StoreThread:
    """Opens the store at ``path`` in a thread of its own. Raises `StoreError` at once if the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._operations: queue.SimpleQueue[_Operation | None] = queue.SimpleQueue()
        self._opened: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        self._store: Store | None = None
        self._thread = threading.Thread(target=self._serve, args=(path,), name="store")
        self._thread.start()
        failure = self._opened.get()
        if failure:
            self._thread.join()
            raise failure

    async def __call__(self, operation: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs ``operation(store, …)`` in the thread; returns after the commit that holds it."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._operations.put(_Operation(lambda store: operation(store, *args, **kwargs), done, loop))
        return await done

    def close(self) -> None:
        """Commits the operations that wait, unless another process holds them up for longer, and closes the files."""
        if self._store:
            self._store.closing.set()
        self._operations.put(None)
        self._thread.join()

    def _serve(self, path: Path) -> None:
        try:
            store = Store.open(path)
        except BaseException as error:  # noqa: BLE001 — raised again in the calling thread
            self._opened.put(error)
            return
        self._store = store
        self._opened.put(None)
        try:
            damage: DamagedError | None = None
            while batch := self._next_batch():
                if damage is None:
                    damage = _commit(store, batch)
                else:
                    _refuse(batch, damage)
        finally:
            store.close()

    def _next_batch(self) -> list[_Operation]:
        """The next operation and those that wait behind it; empty once the thread is to end."""
        batch: list[_Operation] = []
        while len(batch) < _MOST_TOGETHER:
            try:
                operation = self._operations.get(block=not batch)
            except queue.Empty:
                break
            if operation is None:
                if batch:
                    self._operations.put(None)
                break
            batch.append(operation)
        return batch


def _commit(store: Store, batch: list[_Operation]) -> DamagedError | None:
    """Runs the operations in one transaction. Returns the damage that was met; then none of them is committed."""
    results: list[tuple[Any, BaseException | None]] = []
    try:
        with store.transaction():
            results.extend(_attempt(store, operation) for operation in batch)
    except DamagedError as damage:
        _refuse(batch, damage)
        return damage
    except Exception as lost:  # noqa: BLE001 — raised in every caller whose commit is lost
        results = [(None, lost)] * len(batch)
    for operation, (result, failure) in zip(batch, results, strict=True):
        operation.resolve(result, failure)
    return None


def _refuse(batch: list[_Operation], damage: DamagedError) -> None:
    for operation in batch:
        operation.resolve(None, damage)


def _attempt(store: Store, operation: _Operation) -> tuple[Any, BaseException | None]:
    """The transaction of an operation is a savepoint in that of its batch: its failure undoes it alone."""
    try:
        return operation.run(store), None
    except DamagedError:
        raise
    except Exception as error:  # noqa: BLE001 — raised again where the operation was called
        return None, error
