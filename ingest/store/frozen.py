"""Databases in folders that cannot be written: a read-only disk, or the folder of another user.

SQLite reads a file in WAL mode by means of two files beside it. Where it cannot make them, it reads as ``immutable``
what nobody has open, and the others by the files of the process that has.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ingest.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def is_frozen(path: Path) -> bool:
    """Whether the file can only be read as one that does not change.

    It has no WAL, so that all that was ever written is in the file itself and no process is about to write to it. One
    that begins later makes a WAL first, in which it writes for a while: whoever reads for long looks out for it.
    """
    return not os.access(path.parent, os.W_OK) and not _beside(path, "-wal").exists()


def check_readable(path: Path) -> None:
    """Raises `StoreError` for a file of which a part is in a WAL that cannot be read where it lies."""
    if os.access(path.parent, os.W_OK) or not _beside(path, "-wal").exists() or _beside(path, "-shm").exists():
        return
    raise StoreError(
        f"{path}: its newest part is in {path.name}-wal, which can be read only in a folder that can be written; copy"
        " both files to one, or let their owner open the database once"
    )


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
