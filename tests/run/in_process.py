"""The steps of a run over real HTTP and a real database, with pages parsed in this process instead of a worker's."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from ingest import discover
from ingest.discover import IndexRequest, IndexResult
from ingest.discover.proposals import Proposal
from ingest.model import NO_HINTS, Article, Hints, Page, Settings, Source
from ingest.run import workers
from ingest.run.context import RunContext
from ingest.run.pipeline import Pipeline
from ingest.run.runtime import Runtime, open_runtime

T = TypeVar("T")

SETTINGS = Settings(delay=0, allow_addresses=("127.0.0.0/8",), deadline=5)
LINES = (
    "The ferry to the northern islands leaves at noon on every day of the week but Sunday, when nobody sails.",
    "Its captain has counted the lighthouses on the way for thirty years, and has found eleven of them so far.",
    "The twelfth is on every map, but the fog has never once lifted while the ferry was passing by the place.",
)


class InThisProcess:
    """What the workers do, without their processes and deadlines."""

    restarts = 0

    async def read_index(
        self, page: Page, request: IndexRequest, source: Source, since: datetime | None = None
    ) -> IndexResult:
        return discover.parse(page, request, source, since=since)

    async def propose(self, page: Page) -> list[Proposal]:
        return workers._propose(page)

    async def read_article(self, page: Page, source: Source, hints: Hints = NO_HINTS) -> Article:
        return workers._read_article(page, source, hints)

    async def read_entry(self, url: str, source: Source, hints: Hints) -> Article:
        return workers._read_entry(url, source, hints)


def in_this_process(runtime: Runtime) -> Runtime:
    context = runtime.pipeline._context
    parsers: Any = InThisProcess()
    return replace(
        runtime, workers=parsers, pipeline=Pipeline(context.store, context.fetcher, parsers, context.browser)
    )


@dataclass
class Town:
    """A site with a feed, and a database that it is read into."""

    web: Any
    database: Path

    @property
    def source(self) -> Source:
        return Source("town", f"{self.web.origin}/feed.xml", "feed")

    def write(self, *paths: str) -> None:
        """Articles at these paths, which the feed names."""
        self.web.feed("/feed.xml", *paths)
        for path in paths:
            self.web.article(path, f"Story of {path}", *(f"{line} ({path})" for line in LINES))

    def answer(self, path: str, body: bytes = b"", **said: Any) -> None:
        """What the site answers at a path; ``said`` are fields of its pages, such as ``status``."""
        self.web.pages[path] = replace(self.web.pages["/feed.xml"], body=body, **said)

    def run(self, work: Callable[[Runtime], Awaitable[T]], *sources: Source) -> T:
        """Opens a runtime for the sources and works with it."""

        async def run() -> T:
            async with open_runtime(SETTINGS, sources or (self.source,), self.database, jobs=1) as runtime:
                return await work(in_this_process(runtime))

        return asyncio.run(run())

    def step(self, work: Callable[[RunContext], Awaitable[T]], *sources: Source) -> T:
        return self.run(lambda runtime: work(runtime.pipeline._context), *sources)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as db:
            return db.execute(sql).fetchall()
