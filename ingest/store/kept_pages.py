"""The file of raw pages as a run writes it. A damaged one is left alone, and everything but the pages goes on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from ingest.errors import DamagedError
from ingest.store import connection, raw_pages, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from ingest.model import KeepRaw, Page

log = structlog.get_logger()


class KeptPages:
    """The file at ``path``, created if it is missing. Raises `StoreError` if it cannot be used, but is not damaged.

    ``is_expected``: there were raw pages before, so that a missing file is worth a warning. Once damage is met nothing
    more is written to the file. One warning says so, and what to do.
    """

    def __init__(self, path: Path, *, is_expected: bool = False) -> None:
        self._path = path
        self._compressor = raw_pages.new_compressor()
        self._damage: DamagedError | None = None
        self._db: Database | None = None
        if is_expected and not path.exists():
            log.warning("raw pages are missing, and kept in a new file from now on", file=str(path))
        try:
            self._db = connection.open_file(path, schema.pages_file)
        except DamagedError as damage:
            self._leave_alone(damage)

    def close(self) -> None:
        """Closes the file. What was not committed is undone."""
        if self._db:
            self._db.conn.close()

    def check_writable(self) -> None:
        """Writes a page of the file, unless it is damaged."""
        if self._db and not self._damage:
            connection.rewrite_header(self._db)

    def keep(self, page: Page, mode: KeepRaw, source: str) -> bool:
        """Keeps a page as `raw_pages.keep` does; False if it was not written."""
        if self._db is None or self._damage:
            return False
        try:
            with connection.store_errors(self._path):
                return raw_pages.keep(self._db, self._compressor, page, mode, source)
        except DamagedError as damage:
            self._leave_alone(damage)
            return False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A `connection.transaction`; if damage is met in it the pages of it are given up, and the block goes on."""
        if self._db is None or self._damage:
            yield
            return
        entered, failure = False, None
        try:
            with connection.store_errors(self._path), connection.transaction(self._db):
                entered = True
                try:
                    yield
                except BaseException as error:
                    failure = error
                    raise
                if self._damage:
                    raise self._damage
        except DamagedError as damage:
            if damage is failure:
                raise
            self._leave_alone(damage)
            if failure:
                raise failure from None
        if not entered:
            yield

    def _leave_alone(self, damage: DamagedError) -> None:
        if self._damage is None:
            log.warning("raw pages are not kept, everything else goes on", why=str(damage))
        self._damage = damage
