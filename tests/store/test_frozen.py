"""Which databases can only be read as ones that do not change; tests/cli/test_read_only.py has the commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from other_user import as_nobody, let_in

from ingest.errors import StoreError
from ingest.store import frozen


def seen_by_a_reader(folder: Path, *files: str) -> str:
    """``frozen``, ``live`` or the refusal, for a user who cannot write the folder with these files."""
    for file in files:
        (folder / file).touch()
    let_in(folder)
    folder.chmod(0o555)

    def look() -> str:
        try:
            frozen.check_readable(folder / "a.db")
        except StoreError as error:
            return str(error)
        return "frozen" if frozen.is_frozen(folder / "a.db") else "live"

    try:
        return as_nobody(look)
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize(
    ("files", "seen"),
    [
        (("a.db",), "frozen"),
        (("a.db", "a.db-wal", "a.db-shm"), "live"),
        (("a.db", "a.db-wal"), "copy both files"),
    ],
)
def test_without_a_wal_a_file_in_a_folder_that_cannot_be_written_is_frozen(
    tmp_path: Path, files: tuple[str, ...], seen: str
):
    assert seen in seen_by_a_reader(tmp_path, *files)


def test_a_file_in_a_folder_that_can_be_written_never_is(tmp_path: Path):
    (tmp_path / "a.db").touch()
    assert not frozen.is_frozen(tmp_path / "a.db")
    (tmp_path / "a.db-wal").touch()
    frozen.check_readable(tmp_path / "a.db")
