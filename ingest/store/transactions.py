"""One connection for writing, and a transaction for each operation of the classes that write."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.store import connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database


class Transactions:
    """The file of articles. `Store` has a base for each group of operations, and this is the base of those."""

    def __init__(self, path: Path, articles: Database) -> None:
        self.path = path
        self._db = articles
        self.closing = threading.Event()
        """Set by another thread, once nothing is worth waiting for another process any more."""

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with connection.store_errors(self.path):
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with connection.store_errors(self.path), connection.transaction(self._db, self.closing.is_set):
            yield
