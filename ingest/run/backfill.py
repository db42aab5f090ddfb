"""The whole history of a source, an index page at a time. The pages still to be read stand in the database.

Each index page is marked read in the transaction that queues its links, and its articles are brought in before the next
one is asked for: whoever is interrupted, at any moment, goes on there.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from ingest import discover
from ingest.discover import article_urls
from ingest.discover.crawl import keyed_links, refused_with_reasons, retries_same_index
from ingest.discover.shape_filter import FilteredLinks
from ingest.errors import FetchError, PageError, StoreError
from ingest.extraction.metadata import dates
from ingest.run.report import SourceReport
from ingest.schedule.requeue import requeue
from ingest.store import ReadIndex, Store, backfills

if TYPE_CHECKING:
    from ingest.model import Link, Source
    from ingest.run.engine import Engine
    from ingest.store.backfills import Progress, Step

log = structlog.get_logger()


async def backfill(
    engine: Engine, source: Source, *, since: datetime | None = None, limit: int | None = None
) -> tuple[SourceReport, Progress]:
    """Goes on with the source's backfill, or begins one.

    ``since`` (aware) leaves what is older out; ``limit`` is articles asked for in this run. Index pages that fail for a
    while stay for the next run, others are given up and told.
    """
    run = _Run(engine, source, since, limit)
    await engine.store(Store.begin_backfill, source.name, discover.start(source), datetime.now(UTC))
    await run.drain()
    after = 0
    while run.wants_more():
        step = await engine.store(Store.next_step, source.name, after)
        if step is None:
            break
        await run.read(step)
        await run.drain()
        after = step.id
    run.report.close()
    return run.report, await engine.store(Store.backfill_progress, source.name)


class _Run:
    def __init__(self, engine: Engine, source: Source, since: datetime | None, limit: int | None) -> None:
        self._engine = engine
        self._source = source
        self._since = since
        self._limit = limit
        self.report = SourceReport(source.name)

    def wants_more(self) -> bool:
        return self._limit is None or self._asked < self._limit

    @property
    def _asked(self) -> int:
        return self.report.stored + self.report.failed + self.report.skipped

    async def drain(self) -> None:
        """Brings in what is queued of the source."""
        if self.wants_more():
            left = None if self._limit is None else self._limit - self._asked
            await self._engine.pipeline.drain(self._source, self.report, left)

    async def read(self, step: Step) -> None:
        """One index page to its links and to the pages it leads to."""
        try:
            found = await self._engine.pipeline.read_index(self._source, step.request, self._since)
        except PageError as error:
            await self._set_aside(step, error)
            return
        except StoreError:
            raise
        except Exception:
            log.exception("bug while reading an index page", source=self._source.name, url=step.request.url)
            bug = PageError(step.request.url, "extract", "a bug of ingest; its traceback is in the log")
            await self._set_aside(step, bug)
            return
        self.report.found += len(found.links)
        links = [(key, link) for key, link in keyed_links(found, self._source) if self._is_wanted(link)]
        if discover.is_wider_than_source(step.request, self._source):
            known = await self._engine.store(Store.named_by, self._source.name, self._source.url)
            folder = article_urls.section(known)
            links = [(key, link) for key, link in links if article_urls.within(link.url, folder)]
        further = [*found.requests, *found.history, *discover.archives(found, step.request, self._source)]
        followed = {request.url for request in further}
        refused = [refused for refused in refused_with_reasons(found) if refused[0] not in followed]
        read = ReadIndex(
            self._source.name, step.request.url, FilteredLinks(tuple(links)), refused, priority=backfills.PRIORITY
        )
        await self._engine.store(Store.record_step, step, read, further, requeue, datetime.now(UTC))

    async def _set_aside(self, step: Step, error: PageError) -> None:
        again = isinstance(error, FetchError) and error.error_class.next_backfill and not step.request.optional
        further = [] if again else discover.fallbacks(step.request, self._source, error)
        if not step.request.optional and not retries_same_index(step.request, further):
            self.report.fail(error)
        now = datetime.now(UTC)
        await self._engine.store(Store.fail_step, self._source.name, step, error.code, further, now, again=again)

    def _is_wanted(self, link: Link) -> bool:
        """Whether the link is not known to be older than asked for. No article was published after it was edited."""
        said = link.hints.published or link.hints.modified
        if self._since is None or not said:
            return True
        day = dates.parse(said, time_zone=self._source.time_zone, language=self._source.language)
        return day is None or day >= self._since
