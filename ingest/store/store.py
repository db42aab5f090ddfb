"""The writer: one connection to each of the two files, and a method for each thing that a run writes or looks up."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from ingest.store import (
    articles,
    backfills,
    connection,
    due_times,
    fetches,
    findings,
    gone,
    index_pages,
    later_pages,
    links,
    outcomes,
    pauses,
    reextracted,
    revert,
    schema,
    search,
    source_runs,
    sources,
    url_shapes,
)  # fmt: skip
from ingest.store.kept_pages import KeptPages
from ingest.store.notification_queue import NotificationQueue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from sqlite_utils import Database

    from ingest.dedup.decide import Decider
    from ingest.discover import IndexRequest
    from ingest.discover.revalidation import IndexPageState
    from ingest.discover.shape_filter import ShapeCounts
    from ingest.errors import PageError
    from ingest.model import Decision, Finding, KeepRaw, Page, Source, Validators
    from ingest.schedule.due import SourceState
    from ingest.schedule.requeue import Requeuer
    from ingest.store.article_columns import Extracted
    from ingest.store.backfills import Progress, Step
    from ingest.store.fetches import Fetch
    from ingest.store.findings import Changes, Judge
    from ingest.store.index_pages import ReadIndex
    from ingest.store.links import IndexCounts, QueuedLink
    from ingest.store.reextracted import Reextracted
    from ingest.store.source_runs import Run
    from ingest.store.sources import StartsOver


class Store:
    """The database, opened for writing. `Reader` is the way to read it beside a run.

    Each method is one transaction, or a savepoint inside `transaction`. What it has written is durable against a killed
    process when it returns, or when the `transaction` around it ends. All raise `StoreError` when the file cannot be
    used. Not for two threads at once. Where something is to be decided between reading and writing, in one transaction,
    the method takes the function that decides (``decide``, ``requeue``, ``starts_over``).
    """

    def __init__(self, path: Path, articles: Database, pages: KeptPages) -> None:
        self.path = path
        self._db = articles
        self._pages = pages
        self.closing = threading.Event()
        """Set by another thread, once nothing is worth waiting for another process any more."""
        self.notifications = NotificationQueue(path, articles)

    @classmethod
    def open(cls, path: Path) -> Store:
        """Opens or creates ``path`` and the file of raw pages (`connection.pages_path`). Raises `StoreError`.

        Without a file of raw pages that can be written, all but raw pages is stored.
        """
        is_known = path.exists()
        database = connection.open_file(path, schema.articles_file, cache=connection.LARGE_CACHE)
        try:
            with connection.store_errors(path), connection.transaction(database):
                search.index_versions(database)
            return cls(path, database, KeptPages(connection.pages_path(path), is_expected=is_known))
        except BaseException:
            database.conn.close()
            raise

    def close(self) -> None:
        """Closes both files. What was not committed is undone."""
        self._db.conn.close()
        self._pages.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Groups operations in one commit. One that raises undoes itself only; an error that leaves the block, all."""
        # The raw pages are committed first, so that an article that was acknowledged has its page.
        with self._writing(), self._pages.transaction():
            yield

    def check_writable(self) -> None:
        """Writes a page of each file. Raises `StoreError` if that fails, or if the disk is as good as full."""
        with self.transaction():
            connection.check_space(self.path)
            connection.rewrite_header(self._db)
            self._pages.check_writable()

    # Sources

    def configure(self, configured: Sequence[Source], now: datetime, starts_over: StartsOver) -> None:
        """Writes rows for the configured sources. Others are kept, marked inactive."""
        with self._writing():
            sources.configure(self._db, configured, now, starts_over)
            findings.close_inactive(self._db, now)

    def bring_back(self, configured: Sequence[Source], now: datetime) -> int:
        """Rewrites due times that only a wrong clock can have written, of the configured sources and all links.

        Returns how many there were.
        """
        with self._writing():
            return due_times.bring_back(self._db, configured, now)

    def due_times(self) -> dict[str, datetime | None]:
        """Returns, by name, when each source ever configured is next due; None for one that never ran."""
        with self._reading():
            return sources.due_times(self._db)

    def source_state(self, name: str) -> SourceState:
        """Returns what is remembered of a source; an empty state if it was never configured."""
        with self._reading():
            return sources.state(self._db, name)

    def publications(self, source: str, since: datetime, limit: int) -> list[tuple[datetime | None, datetime]]:
        """Returns when the newest articles of a source were published (None if unknown) and found."""
        with self._reading():
            return sources.publications(self._db, source, since, limit)

    def finish_run(self, after: SourceState, *, ok: bool, now: datetime, run: Run | None = None) -> None:
        """Saves a source's state after a run that ended at ``now``, and drops some old rows of the logs."""
        with self._writing():
            sources.finish_run(self._db, after, ok=ok, now=now)
            fetches.drop_old(self._db, now)
            if run:
                source_runs.note(self._db, after.name, run, now)
                outcomes.drop_old(self._db, after.name, now)

    # Health

    def judge(self, source: str, judge: Judge, now: datetime, *, has_outcomes: bool = True) -> Changes:
        """Opens, updates and closes the findings of a source as ``judge`` answers by its history."""
        with self._writing():
            return findings.judge(self._db, source, judge, now, has_outcomes=has_outcomes)

    def open_finding(self, finding: Finding, now: datetime) -> bool:
        """Opens a finding, or updates the open one of its source and kind. True if it was not open before."""
        with self._writing():
            return findings.hold(self._db, finding, now)

    def close_finding(self, source: str, kind: str, now: datetime) -> bool:
        """Closes the open finding of this source and kind. False if there is none."""
        with self._writing():
            return findings.close(self._db, source, kind, now)

    # Requests

    def log_fetch(self, fetch: Fetch) -> None:
        """Adds a row to the log of fetches."""
        with self._writing():
            fetches.log(self._db, fetch)

    def keep_page(self, page: Page, mode: KeepRaw, fetch: Fetch) -> bool:
        """Logs the fetch that brought the page, and keeps the raw page as ``mode`` says.

        False if there was no page to write (``none``, 304, the same content as before).
        """
        with self.transaction():
            fetches.log(self._db, fetch)
            return self._pages.keep(page, mode, fetch.source)

    def pauses(self, now: datetime) -> dict[tuple[str, str], float]:
        """Returns the hosts that are left alone for now: (host, source or "" for all) → seconds from ``now``."""
        with self._reading():
            return pauses.held(self._db, now)

    def keep_pauses(self, seconds: Mapping[tuple[str, str], float], now: datetime) -> None:
        """Saves what `pauses` returns. Pauses that are over are deleted."""
        with self._writing():
            pauses.keep(self._db, seconds, now)

    # Index pages

    def index_page(self, source: str, url: str) -> IndexPageState:
        """Returns what is remembered of an index page; an empty state if it was never read."""
        with self._reading():
            return index_pages.state(self._db, source, url)

    def save_index_page(self, source: str, url: str, after: IndexPageState, now: datetime) -> None:
        """Saves what is remembered of an index page whose response had no news."""
        with self._writing():
            index_pages.save(self._db, source, url, after, now)

    def record_index_page(self, read: ReadIndex, requeue: Requeuer, now: datetime) -> IndexCounts:
        """Queues the links that an index page named, and saves its validators, in one transaction."""
        with self._writing():
            return index_pages.record(self._db, read, requeue, now)

    def url_shapes(self, source: str) -> dict[str, ShapeCounts]:
        """Returns, by shape of URL, how many pages of a source were articles."""
        with self._reading():
            return url_shapes.seen(self._db, source)

    # Links and articles

    def held_links(self, keys: Sequence[str]) -> set[str]:
        """Returns those of ``keys`` that have a link already."""
        with self._reading():
            return links.held(self._db, keys)

    def due_links(self, source: str, now: datetime, limit: int, *, newest_first: bool = False) -> list[QueuedLink]:
        """Returns links of the source to fetch now: those never stored, then articles to check for edits.

        Oldest first, so that ids follow the order of publication; ``newest_first`` for a run that takes only some.
        """
        with self._reading():
            return links.due(self._db, source, now, limit, newest_first=newest_first)

    def save_article(
        self, extracted: Extracted, decide: Decider, now: datetime, next_check: datetime | None
    ) -> Decision:
        """Stores the article that a link led to and marks the link done, with the validators of its pages."""
        with self._writing():
            decision = articles.save_article(self._db, extracted, decide, now, next_check)
            outcomes.add_reading(self._db, extracted, decision, now)
            return decision

    def save_reextracted(
        self,
        extracted: Extracted,
        decide: Decider,
        now: datetime,
        next_check: datetime | None,
        *,
        dry_run: bool = False,
    ) -> Reextracted:
        """Stores what a kept page says today. Its link stays as it is, unless it leads to an article only now.

        With ``dry_run`` nothing is stored; the answer is what it would have been.
        """
        begun = connection.rolled_back if dry_run else connection.transaction
        with connection.store_errors(self.path), begun(self._db):
            return reextracted.save(self._db, extracted, decide, now, next_check)

    def revert(self, article_id: int, version_id: int, now: datetime) -> bool:
        """Makes a version the article, and the article a version. False if the article has no such version."""
        with self._writing():
            return revert.revert(self._db, article_id, version_id, now)

    def later_pages(self, article_id: int) -> list[tuple[str, Validators]]:
        """Returns URL and validators of the pages after the first that the article was joined from."""
        with self._reading():
            return later_pages.of_article(self._db, article_id)

    def queue_first(self, later: QueuedLink, key: str, url: str, requeue: Requeuer, now: datetime) -> None:
        """Queues the first page of the article that ``later`` turned out to be a page of."""
        with self._writing():
            later_pages.queue_first(self._db, later, key, url, requeue, now)

    def unchanged(
        self, queued: QueuedLink, now: datetime, next_check: datetime | None, given: Validators | None = None
    ) -> None:
        """Marks the link done: the server answered 304, or with the same page and new validators."""
        with self._writing():
            links.unchanged(self._db, queued, now, next_check, given or queued.validators)
            if queued.article_id is not None:
                gone.unmark(self._db, queued.article_id)

    def postpone(self, queued: QueuedLink, until: datetime) -> None:
        """The link was not requested; it is due again at ``until``."""
        with self._writing():
            links.postpone(self._db, queued, until)

    def fail(self, queued: QueuedLink, error: PageError, *, now: datetime, next_try: datetime | None) -> None:
        """The link failed; it is due again at ``next_try``, never if that is None."""
        with self._writing():
            links.fail(self._db, queued, error, now, next_try)
            outcomes.add(self._db, queued, "failed", error.code, now)

    def skip(
        self, queued: QueuedLink, code: str, reason: str, now: datetime, *, counts_for_shape: bool = False
    ) -> None:
        """The link is no article, or may not be fetched; it may count as one of its URL's shape that is no article."""
        with self._writing():
            links.skip(self._db, queued, (code, reason), now)
            outcomes.add(self._db, queued, "skipped", code, now)
            if counts_for_shape:
                url_shapes.count_other(self._db, queued.source, queued.url, now)

    def mark_gone(self, queued: QueuedLink, now: datetime, next_look: datetime | None) -> None:
        """The page was removed; it is asked for again at ``next_look``. An article that it led to stays, marked."""
        with self._writing():
            gone.mark(self._db, queued, next_look, now)
            if queued.article_id is None:
                outcomes.add(self._db, queued, "failed", "gone", now)

    # Backfills

    def begin_backfill(self, source: str, requests: Sequence[IndexRequest], now: datetime) -> bool:
        """Resumes the backfill that is unfinished, or begins a new one with ``requests``. True if it resumes."""
        with self._writing():
            return backfills.begin(self._db, source, requests, now)

    def next_step(self, source: str, after: int) -> Step | None:
        """Returns the first unread index page of the backfill behind the step numbered ``after``."""
        with self._reading():
            return backfills.next_step(self._db, source, after)

    def record_step(
        self, step: Step, read: ReadIndex, further: Sequence[IndexRequest], requeue: Requeuer, now: datetime
    ) -> IndexCounts:
        """Queues what an index page of a backfill named, marks it read and adds the index pages it leads to."""
        with self._writing():
            return backfills.record(self._db, step, read, further, requeue, now)

    def fail_step(
        self, source: str, step: Step, error: str, further: Sequence[IndexRequest], now: datetime, *, again: bool
    ) -> None:
        """The index page could not be read. With ``again`` it stays unread; ``further`` are requested in its place."""
        with self._writing():
            backfills.fail(self._db, source, step, error, further, now, again=again)

    def backfill_progress(self, source: str) -> Progress:
        """Returns how far the last backfill of the source has come."""
        with self._reading():
            return backfills.progress(self._db, source)

    def named_by(self, source: str, via: str) -> list[str]:
        """Returns URLs of articles that an index page of the source has named, the last ones first."""
        with self._reading():
            return links.named_by(self._db, source, via)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with connection.store_errors(self.path):
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with connection.store_errors(self.path), connection.transaction(self._db, self.closing.is_set):
            yield
