"""The thread in which the store lives: answers after the commit, and an operation that fails fails alone."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from damaging import lose_root

from ingest import schedule
from ingest.errors import DamagedError, StoreError
from ingest.model import Source
from ingest.store import Store
from ingest.store.thread import StoreThread

NOW = datetime(2026, 3, 4, tzinfo=UTC)
SOURCES = [Source("news", "https://news.example/feed")]


def _committed(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM sources").fetchone()[0])


def test_what_is_acknowledged_is_in_the_file(path: Path) -> None:
    store = StoreThread(path)

    async def run() -> int:
        await store(Store.configure, SOURCES, NOW, schedule.starts_over)
        return _committed(path)

    try:
        assert asyncio.run(run()) == 1
    finally:
        store.close()


def test_operations_that_wait_together_each_get_their_own_answer(path: Path) -> None:
    store = StoreThread(path)

    def fail(_: Store) -> None:
        raise LookupError("mine alone")

    async def run() -> list[object]:
        return await asyncio.gather(
            store(Store.configure, SOURCES, NOW, schedule.starts_over),
            store(fail),
            store(Store.due_times),
            return_exceptions=True,
        )

    try:
        configured, failure, due = asyncio.run(run())
    finally:
        store.close()
    assert configured is None
    assert isinstance(failure, LookupError)
    assert due == {"news": None}


def test_an_operation_that_fails_is_undone_and_the_others_of_its_commit_stay(path: Path) -> None:
    store = StoreThread(path)

    def half(store: Store) -> None:
        with store.transaction():
            store.configure([Source("half", "https://half.example/")], NOW, schedule.starts_over)
            raise LookupError

    async def run() -> list[str]:
        await asyncio.gather(
            store(Store.configure, SOURCES, NOW, schedule.starts_over), store(half), return_exceptions=True
        )
        return list(await store(Store.due_times))

    try:
        assert asyncio.run(run()) == ["news"]
    finally:
        store.close()


def test_closing_commits_what_was_handed_in(path: Path) -> None:
    store = StoreThread(path)

    async def run() -> None:
        task = asyncio.ensure_future(store(Store.configure, SOURCES, NOW, schedule.starts_over))
        await asyncio.sleep(0)
        task.cancel()
        store.close()

    asyncio.run(run())
    assert _committed(path) == 1


def test_a_database_that_cannot_be_used_is_an_error_at_once(path: Path) -> None:
    path.write_bytes(b"Dear diary, " * 1_000)
    with pytest.raises(StoreError, match="not an SQLite database"):
        StoreThread(path)


def test_nothing_is_written_after_damage_was_met(path: Path) -> None:
    store = StoreThread(path)
    written = Source("other", "https://other.example/feed")

    async def run() -> list[object]:
        await store(Store.configure, SOURCES, NOW, schedule.starts_over)
        lose_root(path, "links_turn")
        met = store(Store.due_links, "news", NOW, 10)
        together = await asyncio.gather(
            store(Store.configure, [written], NOW, schedule.starts_over), met, return_exceptions=True
        )
        after = await asyncio.gather(
            store(Store.configure, [written], NOW, schedule.starts_over), return_exceptions=True
        )
        return [*together, *after]

    try:
        results = asyncio.run(run())
    finally:
        store.close()
    assert [type(result) for result in results] == [DamagedError] * 3
    assert _committed(path) == 1


def test_closing_does_not_wait_for_the_lock_of_another_process(path: Path) -> None:
    store = StoreThread(path)

    async def run() -> None:
        waiting = asyncio.ensure_future(store(Store.configure, SOURCES, NOW, schedule.starts_over))
        await asyncio.sleep(0.2)
        began = time.monotonic()
        await asyncio.to_thread(store.close)
        assert time.monotonic() - began < 5
        with pytest.raises(StoreError, match="another process has been writing"):
            await waiting

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asyncio.run(run())
        other.execute("ROLLBACK")
    assert _committed(path) == 0


def test_a_lock_of_another_process_that_ends_in_time_is_waited_for(path: Path) -> None:
    store = StoreThread(path)

    async def run() -> None:
        waiting = asyncio.ensure_future(store(Store.configure, SOURCES, NOW, schedule.starts_over))
        await asyncio.sleep(3)
        assert not waiting.done()
        other.execute("ROLLBACK")
        await asyncio.wait_for(waiting, 10)

    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        asyncio.run(run())
    store.close()
    assert _committed(path) == 1
