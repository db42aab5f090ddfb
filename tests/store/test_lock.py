"""The lock of the one process that writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import StoreError
from ingest.store.lock import only_writer


def test_a_second_writer_is_refused_until_the_first_has_ended(path: Path) -> None:
    with only_writer(path), pytest.raises(StoreError, match="another ingest is writing to it"), only_writer(path):
        raise AssertionError("two writers")
    with only_writer(path):
        pass


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written"):
        only_writer(tmp_path / "file" / "articles.db")
