"""The lock of the one process that may write to a database. The lock's file holds the id of that process."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from ingest.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def only_writer(database: Path) -> FileLock:
    """Takes the lock beside the database, to be released at the end of a ``with`` block. Raises `StoreError`.

    The kernel releases it when the process dies, however it dies.
    """
    path = database.with_name(database.name + ".lock")
    lock = FileLock(path, timeout=0)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except (Timeout, OSError) as error:
        # The file of another user cannot be opened for locking, but may be looked at.
        if isinstance(error, Timeout) or _is_held(path):
            stop = f"another ingest{_holder(path)} is writing to it; stop that one, or name another --db"
            raise StoreError(f"{database}: {stop}") from error
        raise StoreError(f"{database}: cannot be written ({error.strerror}); name another place with --db") from error
    with suppress(OSError):
        path.write_text(f"{os.getpid()}\n")
    return lock


def _is_held(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _holder(path: Path) -> str:
    """The holder in brackets; nothing if its id is not in the file, or that of a process of the past."""
    try:
        pid = int(path.read_text())
        os.kill(pid, 0)
    except PermissionError:
        return f" (process {pid})"
    except (OSError, ValueError, OverflowError):
        return ""
    return f" (process {pid})"
