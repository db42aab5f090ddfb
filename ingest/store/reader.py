"""Reads the database beside the one process that writes it: articles, search, the health of sources, raw pages."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from ingest.store import (
    article_rows,
    articles,
    connection,
    findings,
    links,
    raw_pages,
    schema,
    search,
    sources,
    status,
    versions,
)
from ingest.store import gauges as measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from sqlite_utils import Database

    from ingest.store.article_rows import ArticleSummary
    from ingest.store.findings import FindingRow
    from ingest.store.gauges import Gauges, Standing
    from ingest.store.links import QueuedLink
    from ingest.store.raw_pages import RawPage
    from ingest.store.search import Hit, VersionHit
    from ingest.store.status import SourceStatus
    from ingest.store.versions import Version


class Reader:
    """The database, opened for reading only. All methods raise `StoreError` when the file cannot be used."""

    def __init__(self, path: Path, articles: Database) -> None:
        self.path = path
        self._db = articles
        self._pages_path = connection.pages_path(path)
        self._pages: Database | None = None

    @classmethod
    def open(cls, path: Path) -> Reader:
        """Opens ``path``. Raises `StoreError` if it is missing.

        The file of raw pages is opened when the first of them is read: nothing else needs it.
        """
        return cls(path, connection.open_file(path, schema.articles_file, read_only=True))

    def close(self) -> None:
        """Closes both files."""
        self._db.conn.close()
        if self._pages:
            self._pages.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Returns the best stories for what a person typed; nothing is a syntax error."""
        with self._reading():
            return search.search(self._db, words, limit)

    def search_versions(self, words: str, limit: int = 20) -> list[VersionHit]:
        """Returns the articles of which a former text, or one that was held back, matches best."""
        with self._reading():
            return search.search_versions(self._db, words, limit)

    def article(self, article_id: int) -> dict[str, Any] | None:
        """Returns an article with every column, as `export` yields it."""
        with self._reading():
            return article_rows.article(self._db, article_id)

    def versions(self, article_id: int) -> list[Version]:
        """Returns the former texts of an article, and those that were held back, the newest first."""
        with self._reading():
            return versions.of_article(self._db, article_id)

    def version_rows(self, article_id: int) -> list[dict[str, Any]]:
        """Returns the versions of an article with every column, the oldest first."""
        with self._reading():
            return versions.rows(self._db, article_id)

    def status(self) -> list[SourceStatus]:
        """Returns the health of every source."""
        with self._reading():
            return status.status(self._db)

    def findings(self, source: str | None = None, *, with_closed: bool = False) -> list[FindingRow]:
        """Returns the open findings of a source or of all, oldest first; with the closed ones if asked for."""
        with self._reading():
            return findings.rows(self._db, source, with_closed=with_closed)

    def standing(self, now: datetime) -> Standing:
        """Returns how the configured sources and the receivers of notifications are doing."""
        with self._reading():
            return measured.standing(self._db, now)

    def gauges(self, now: datetime) -> Gauges:
        """Returns what `/metrics` says of the database."""
        with self._reading():
            return measured.gauges(self._db, self.path, now)

    def source_names(self) -> list[str]:
        """Returns every source that was ever configured."""
        with self._reading():
            return list(sources.due_times(self._db))

    def latest(self, limit: int = 100) -> list[ArticleSummary]:
        """Returns the newest articles, by publication."""
        with self._reading():
            return article_rows.latest(self._db, limit)

    def export(self, names: Sequence[str] = (), since: datetime | None = None) -> Iterator[dict[str, Any]]:
        """Yields articles as dicts by column, in the order of their ids; of these sources, or of all."""
        with self._reading():
            yield from article_rows.export(self._db, names, since)

    def article_columns(self) -> list[str]:
        """Returns the keys of what `export` yields."""
        with self._reading():
            return article_rows.columns(self._db)

    def read_at(self, article_id: int) -> datetime | None:
        """Returns when the page of an article was last read; None if there is no such article."""
        with self._reading():
            return articles.read_at(self._db, article_id)

    def raw_pages(self, names: Sequence[str] = ()) -> Iterator[tuple[RawPage, QueuedLink | None]]:
        """Yields the newest raw page of each URL of these sources (of all), with its link; later pages have none."""
        with connection.store_errors(self._pages_path):
            for raw in raw_pages.raw_pages(pages, names) if (pages := self._kept_pages()) else ():
                with self._reading():
                    link = links.by_url(self._db, raw.url)
                yield raw, link

    def raw_page(self, url: str) -> RawPage | None:
        """Returns the newest raw page of this URL."""
        with connection.store_errors(self._pages_path):
            return raw_pages.raw_page(pages, url) if (pages := self._kept_pages()) else None

    def _kept_pages(self) -> Database | None:
        if self._pages is None and self._pages_path.is_file():
            self._pages = connection.open_file(self._pages_path, schema.pages_file, read_only=True)
        return self._pages

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with connection.store_errors(self.path):
            yield
