"""The only writer: one connection to each file, one operation of the pipeline a method. Decides nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from ingest.store import articles, connection, later_pages, links, listings, raw_pages, schema, search, sources
from ingest.store.links import IndexCounts, NamedBy, QueuedLink
from ingest.store.sources import Fetch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from sqlite_utils import Database

    from ingest.discover.shape_filter import SkippedLink
    from ingest.errors import PageError
    from ingest.model import Decision, KeepRaw, Link, Page, Source, Validators
    from ingest.schedule.due import SourceState
    from ingest.store.articles import Extracted
    from ingest.store.listings import Headline, SourceStatus
    from ingest.store.raw_pages import RawPage
    from ingest.store.search import Hit


class Store:
    """The database. Every method that writes is one transaction, or a savepoint inside `transaction`.

    What a method has written is durable against a killed process when it returns, or when the `transaction` around
    it ends. All raise `StoreError` when the file cannot be used. Not for two threads at once.
    """

    def __init__(self, path: Path, articles: Database, pages_path: Path, pages: Database | None) -> None:
        self.path = path
        self._db = articles
        self._pages_path = pages_path
        self._pages_db = pages
        self._packer = raw_pages.compressor()

    @classmethod
    def open(cls, path: Path, *, pages: Path | None = None, read_only: bool = False) -> Store:
        """Opens or creates ``path`` and the file of raw pages. Raises `StoreError`.

        The pages stand in ``pages.db`` beside ``articles.db``, in ``x-pages.db`` beside any other ``x.db``.
        """
        pages = pages or path.with_name("pages.db" if path.stem == "articles" else f"{path.stem}-pages.db")
        articles = connection.open_file(path, schema.articles_file, cache=connection.LARGE_CACHE, read_only=read_only)
        try:
            there = not read_only or pages.is_file()
            kept = connection.open_file(pages, schema.pages_file, read_only=read_only) if there else None
        except BaseException:
            articles.conn.close()
            raise
        return cls(path, articles, pages, kept)

    def close(self) -> None:
        """Closes both files. What was not committed is undone."""
        self._db.conn.close()
        if self._pages_db:
            self._pages_db.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Groups operations in one commit. One that raises undoes itself only; an error that leaves the block, all."""
        # The pages are committed first: an article that was acknowledged has its page.
        with self._writing(), self._writing_pages():
            yield

    def configure(self, configured: Sequence[Source], now: datetime) -> None:
        """Rows for the configured sources. Others are kept, marked inactive."""
        with self._writing():
            sources.configure(self._db, configured, now)

    def due_times(self) -> dict[str, datetime | None]:
        """By name, of every source ever configured; None for one that never ran."""
        with self._reading():
            return sources.due_times(self._db)

    def source_state(self, name: str) -> SourceState:
        """Of one source; an empty one if it was never configured."""
        with self._reading():
            return sources.state(self._db, name)

    def publications(self, source: str, since: datetime, limit: int) -> list[tuple[datetime | None, datetime]]:
        """When the newest articles of the source since then were published (None if not told) and found."""
        with self._reading():
            return sources.publications(self._db, source, since, limit)

    def record_index(
        self,
        source: str,
        url: str,
        given: Validators,
        named: Sequence[tuple[str, Link]],
        refused: Sequence[tuple[str, str, str]],
        now: datetime,
        *,
        priority: int = 0,
        left_out: Sequence[SkippedLink] = (),
    ) -> IndexCounts:
        """Queues the links an index page named and saves the validators ``given`` with it, together.

        ``named`` are pairs of key and link, ``refused`` triples of URL, error class and reason. A known link is
        queued again when the page that named it first now says something else of it. Links of a higher ``priority``
        are fetched first. Those ``left_out`` wait, unasked.
        """
        with self._writing():
            index = NamedBy(source, url, given, priority)
            return links.record_index(self._db, index, named, refused, now, left_out)

    def held_links(self, keys: Sequence[str]) -> set[str]:
        """Those of ``keys`` that are known already."""
        with self._reading():
            return links.held(self._db, keys)

    def due_links(self, source: str, now: datetime, limit: int, *, newest_first: bool = False) -> list[QueuedLink]:
        """Links of the source to fetch now: those never stored before articles to look at again.

        Oldest first, so that ids follow the order of publication; ``newest_first`` for whoever takes only some.
        """
        with self._reading():
            return links.due_links(self._db, source, now, limit, newest_first=newest_first)

    def save_article(self, extracted: Extracted, now: datetime, next_check: datetime | None) -> Decision:
        """Stores the article that a link led to and marks the link done, with the validators of its pages."""
        with self._writing():
            return articles.save_article(self._db, extracted, now, next_check)

    def save_reextracted(
        self, extracted: Extracted, now: datetime, next_check: datetime | None, *, dry_run: bool = False
    ) -> Decision:
        """Stores what a kept page says today. Its link stays as it is, unless it leads to an article only now.

        With ``dry_run`` nothing is stored; the decision is what it would have been.
        """
        begun = connection.rehearsal if dry_run else connection.transaction
        with connection.explained(self.path), begun(self._db):
            if extracted.queued.article_id is None:
                return articles.save_article(self._db, extracted, now, next_check)
            decision = articles.save(self._db, extracted, now)
            if extracted.gap:
                later_pages.reopen(self._db, extracted.queued, now)
            return decision

    def later_pages(self, article_id: int) -> list[tuple[str, Validators]]:
        """Address and validators of the pages after the first that the article was joined from."""
        with self._reading():
            return later_pages.of_article(self._db, article_id)

    def queue_first(self, later: QueuedLink, key: str, url: str, now: datetime) -> None:
        """Queues the first page of the article that ``later`` turned out to be a page of, unless it is known."""
        with self._writing():
            later_pages.queue_first(self._db, later, key, url, now)

    def read_at(self, article_id: int) -> datetime | None:
        """When the page of an article was last read; None if there is no such article."""
        with self._reading():
            return articles.read_at(self._db, article_id)

    def unchanged(
        self, queued: QueuedLink, now: datetime, next_check: datetime | None, given: Validators | None = None
    ) -> None:
        """The server answered 304, or with the same page and new validators."""
        with self._writing():
            links.unchanged(self._db, queued, now, next_check, given or queued.validators)

    def postpone(self, queued: QueuedLink, until: datetime) -> None:
        """The link was not asked for; it is due again at ``until``."""
        with self._writing():
            links.postpone(self._db, queued, until)

    def fail(self, queued: QueuedLink, error: PageError, *, now: datetime, next_try: datetime | None) -> None:
        """The link failed; it is due again at ``next_try``, never if that is None."""
        with self._writing():
            links.fail(self._db, queued, error, now, next_try)

    def skip(self, queued: QueuedLink, code: str, reason: str, now: datetime) -> None:
        """The link is no article, or may not be fetched."""
        with self._writing():
            links.close(self._db, queued, "skipped", (code, reason), now)

    def gone(self, queued: QueuedLink, now: datetime) -> None:
        """The page was removed. An article that it led to stays."""
        with self._writing():
            links.close(self._db, queued, "gone", ("gone", "the page was removed"), now)

    def log_fetch(  # noqa: PLR0917 - the columns of the log, in their order
        self,
        source: str,
        url: str,
        at: datetime,
        status: int | None,
        size: int | None,
        ms: int | None,
        error: str = "",
    ) -> None:
        """Logs one request: HTTP status, decoded bytes, milliseconds, error class."""
        with self._writing():
            sources.log_fetch(self._db, Fetch(source, url, at, status, size, ms, error))

    def finish_run(self, after: SourceState, *, ok: bool, now: datetime) -> None:
        """Saves a source's health after a run that ended at ``now``."""
        with self._writing():
            sources.finish_run(self._db, after, ok=ok, now=now)

    def keep_page(self, page: Page, mode: KeepRaw, source: str, asked: datetime) -> bool:
        """Logs the request of that time which brought the page, and keeps the raw page.

        False if there was no page to write (``none``, 304, the same content as before).
        """
        size = len(page.content)
        with self.transaction():
            sources.log_fetch(self._db, Fetch(source, page.url, asked, page.status, size, page.elapsed_ms))
            return raw_pages.keep(self._pages, self._packer, page, mode, source)

    def raw_pages(self, names: Sequence[str] = ()) -> Iterator[tuple[RawPage, QueuedLink | None]]:
        """The newest raw page of each URL of these sources (of all), with its link, which continuation pages lack."""
        with self._reading():
            if self._pages_db is None:
                return
            for raw in raw_pages.raw_pages(self._pages_db, names):
                yield raw, links.link_by_url(self._db, raw.page.url)

    def raw_page(self, url: str) -> RawPage | None:
        """The newest raw page of this URL."""
        with self._reading():
            return raw_pages.raw_page(self._pages_db, url) if self._pages_db else None

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """The best stories for what a person typed; nothing is a syntax error."""
        with self._reading():
            return search.search(self._db, words, limit)

    def status(self) -> list[SourceStatus]:
        """The health of every source."""
        with self._reading():
            return listings.status(self._db)

    def latest(self, limit: int = 100) -> list[Headline]:
        """The newest articles, by publication."""
        with self._reading():
            return listings.latest(self._db, limit)

    def export(self, names: Sequence[str] = (), since: datetime | None = None) -> Iterator[dict[str, Any]]:
        """Articles as dicts by column, in the order of their ids; of these sources, or of all."""
        with self._reading():
            yield from listings.export(self._db, names, since)

    def article_columns(self) -> list[str]:
        """What `export` has of each article."""
        with self._reading():
            return listings.columns(self._db)

    @property
    def database(self) -> Database:
        """For the other modules of this package."""
        return self._db

    @property
    def _pages(self) -> Database:
        assert self._pages_db is not None, "the store was opened for reading"
        return self._pages_db

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with connection.explained(self.path):
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with connection.explained(self.path), connection.transaction(self._db):
            yield

    @contextmanager
    def _writing_pages(self) -> Iterator[None]:
        with connection.explained(self._pages_path), connection.transaction(self._pages):
            yield
