"""The lock of the one process that may write to a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from ingest.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def only_writer(database: Path) -> FileLock:
    """Takes the lock beside the database, to be released at the end of a ``with`` block. Raises `StoreError`.

    The kernel releases it when the process dies, however it dies.
    """
    lock = FileLock(database.with_name(database.name + ".lock"), timeout=0)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise StoreError(f"{database}: another ingest is writing to it; stop that one, or name another --db") from error
    except OSError as error:
        raise StoreError(f"{database}: cannot be written ({error.strerror}); name another place with --db") from error
    return lock
