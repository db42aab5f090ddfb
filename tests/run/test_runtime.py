"""The pipeline and its parts, opened and closed together."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from in_process import SETTINGS, Town

from ingest.errors import StoreError
from ingest.run.runtime import Runtime, open_runtime


def test_a_second_process_is_told_that_the_database_is_in_use(town: Town) -> None:
    async def open_again(_: Runtime) -> None:
        async with open_runtime(SETTINGS, (), town.database):
            raise AssertionError("two writers")

    with pytest.raises(StoreError, match=r"another ingest .process \d+. is writing to it"):
        town.run(open_again)


def test_the_database_is_free_again_afterwards_even_after_a_failure(town: Town) -> None:
    async def fail(_: Runtime) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        town.run(fail)
    town.run(lambda runtime: asyncio.sleep(0))
    assert town.rows("SELECT name, active FROM sources") == [("town", 1)]


def test_sources_that_are_no_longer_configured_stay_inactive(town: Town) -> None:
    town.run(lambda _: asyncio.sleep(0))
    town.run(lambda _: asyncio.sleep(0), replace(town.source, name="village"))
    assert town.rows("SELECT name, active FROM sources ORDER BY name") == [("town", 0), ("village", 1)]
