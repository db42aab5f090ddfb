"""`ingest backup`: a copy that `ingest` opens like the database itself."""

from __future__ import annotations

from typing import Any

import pytest
from damaging import flip_page

pytestmark = pytest.mark.slow


def test_a_backup_is_told_with_its_sizes_and_opens_like_the_database(desk: Any):
    desk("fetch")
    (desk.folder / "safe").mkdir()
    first, second = desk("backup", "safe/articles.db").stdout.splitlines()
    assert (first.partition(":")[0], second.partition(":")[0]) == ("safe/articles.db", "safe/pages.db")
    assert first.endswith(" MB, checked")
    assert desk("--db", "safe/articles.db", "status").stdout == desk("status").stdout
    assert desk("--db", "safe/articles.db", "export").stdout == desk("export").stdout
    assert desk("--db", "safe/articles.db", "reextract").stdout.startswith("town: ok (2 unchanged)")


def test_a_backup_that_exists_is_overwritten_only_by_force_and_never_by_a_damaged_one(desk: Any):
    desk("fetch")
    desk("backup", "safe.db")
    assert "exists already" in desk("backup", "safe.db", status=2).stderr
    desk("backup", "--force", "safe.db")
    before = (desk.folder / "safe.db").read_bytes()
    flip_page(desk.folder / "db" / "articles.db", "links")
    assert "no backup was made" in desk("backup", "--force", "safe.db", status=3).stderr
    assert (desk.folder / "safe.db").read_bytes() == before
    assert sorted(path.name for path in desk.folder.glob("safe*")) == ["safe-pages.db", "safe.db"]


def test_the_database_itself_is_no_place_for_a_backup(desk: Any):
    desk("fetch")
    assert "is a file of db/articles.db itself" in desk("backup", "--force", "db/pages.db", status=2).stderr
