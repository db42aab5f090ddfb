"""The writer: one connection to each of the two files, and a method for each thing that a run writes or looks up."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from ingest.store import (
    articles,
    connection,
    fetches,
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
    url_shapes,
)  # fmt: skip
from ingest.store.backfill_writer import BackfillWriter
from ingest.store.kept_pages import KeptPages
from ingest.store.notification_queue import NotificationQueue
from ingest.store.source_writer import SourceWriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from sqlite_utils import Database

    from ingest.dedup.actions import Decider
    from ingest.discover.revalidation import IndexPageState
    from ingest.discover.shape_filter import ShapeCounts
    from ingest.errors import PageError
    from ingest.model import Decision, KeepRaw, Page, Validators
    from ingest.schedule.requeue import Requeuer
    from ingest.store.article_columns import Extracted
    from ingest.store.fetches import Fetch
    from ingest.store.index_pages import ReadIndex
    from ingest.store.links import IndexCounts, QueuedLink
    from ingest.store.reextracted import Reextracted


class Store(SourceWriter, BackfillWriter):
    """The database, opened for writing. `Reader` is the way to read it beside a run.

    Each method is one transaction, or a savepoint inside `transaction`. What it has written is durable against a killed
    process when it returns, or when the `transaction` around it ends. All raise `StoreError` when the file cannot be
    used. Not for two threads at once. Where something is to be decided between reading and writing, in one transaction,
    the method takes the function that decides (``decide``, ``requeue``, ``starts_over``).
    """

    def __init__(self, path: Path, articles: Database, pages: KeptPages) -> None:
        super().__init__(path, articles)
        self._pages = pages
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
