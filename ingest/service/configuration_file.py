"""When sources.yaml has changed and is quiet again, so that a file that is being written is not read half."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Seconds for which a file has to stay as it is. Editors write it in several steps, some by renaming another one.
QUIET = 2.0

Signature = tuple[int, int, int]


def signature(path: Path) -> Signature | None:
    """What differs after each change of a file: its inode, size and time of modification. None if there is no file."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


class QuietChange:
    """Answers once for each change of a file that it is to be read again.

    ``taken_up`` is the signature of the file as it was when it was last read; None if there was none.
    """

    def __init__(self, taken_up: Signature | None) -> None:
        self._taken_up = taken_up
        self._pending: tuple[Signature | None, float] | None = None

    def take_up(self, found: Signature | None) -> None:
        """The file is being read as it is now."""
        self._taken_up, self._pending = found, None

    def is_due(self, found: Signature | None, now: float) -> bool:
        """Whether the file is another one than that taken up, and has been so for a while; ``now`` is in seconds."""
        if found == self._taken_up:
            self._pending = None
            return False
        if self._pending is None or self._pending[0] != found:
            self._pending = found, now
        return now - self._pending[1] >= QUIET
