"""The lock of the one process that writes, and whom a second one is told to stop."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from other_user import as_nobody, let_in

from ingest.errors import StoreError
from ingest.store.lock import only_writer

_HOLD = """
import sys
from pathlib import Path
from ingest.store.lock import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(database: Path) -> Iterator[int]:
    """Another process that holds the lock; its id."""
    command = [sys.executable, "-c", _HOLD, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        yield process.pid
        process.stdin.close()


def refusal(database: Path) -> str:
    with pytest.raises(StoreError) as refused, only_writer(database):
        raise AssertionError("two writers")
    return str(refused.value)


def told(database: Path, pid: int) -> str:
    return f"{database}: another ingest (process {pid}) is writing to it; stop that one, or name another --db"


def test_a_second_writer_is_refused_until_the_first_has_ended(path: Path) -> None:
    with only_writer(path), pytest.raises(StoreError, match="another ingest"), only_writer(path):
        raise AssertionError("two writers")
    with only_writer(path):
        pass


def test_a_second_writer_is_told_which_process_writes(path: Path) -> None:
    with holder(path) as pid:
        assert refusal(path) == told(path, pid)
        # Nor does being refused take the id out of the file.
        assert refusal(path) == told(path, pid)


def test_the_id_of_a_process_of_the_past_keeps_nobody_out_and_is_not_told(path: Path) -> None:
    lock = path.with_name(path.name + ".lock")
    lock.write_text("999999999\n")
    with only_writer(path):
        assert lock.read_text() == f"{os.getpid()}\n"
        for stale in ("999999999\n", "", "no number", "9" * 40):
            lock.write_text(stale)
            assert "another ingest is writing to it" in refusal(path)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can hold it and be another user as well")
def test_the_process_of_another_user_is_told_as_well(path: Path) -> None:
    let_in(path.parent)
    with only_writer(path):
        said = as_nobody(lambda: refusal(path))
        assert said == told(path, os.getpid())
        # A folder in which that user may make files, but the lock is not his.
        path.parent.chmod(0o777)
        assert as_nobody(lambda: refusal(path)) == said


def test_a_lock_in_a_folder_that_cannot_be_written_is_told_as_well(path: Path) -> None:
    let_in(path.parent)
    with holder(path) as pid:
        path.parent.chmod(0o555)
        try:
            assert as_nobody(lambda: refusal(path)) == told(path, pid)
        finally:
            path.parent.chmod(0o755)


def test_a_lock_that_nobody_holds_is_not_what_keeps_a_writer_out_of_a_folder(path: Path) -> None:
    let_in(path.parent)
    with only_writer(path):
        pass
    path.parent.chmod(0o555)
    path.with_name(path.name + ".lock").chmod(0o444)
    try:
        assert "cannot be written (Permission denied)" in as_nobody(lambda: refusal(path))
    finally:
        path.parent.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written"):
        only_writer(tmp_path / "file" / "articles.db")
