"""The options of the command group."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_commands_that_read_say_when_there_is_no_database(desk: Any):
    for command in (["status"], ["search", "x"], ["browse"]):
        assert "ingest fetch" in desk(*command, status=2).stderr


def test_paths_can_be_given_by_the_environment(desk: Any, monkeypatch: pytest.MonkeyPatch):
    (desk.folder / "sources.yaml").rename(desk.folder / "towns.yaml")
    monkeypatch.setenv("INGEST_SOURCES", "towns.yaml")
    monkeypatch.setenv("INGEST_DB", "elsewhere/towns.db")
    desk("fetch")
    assert desk.rows("SELECT count(*) FROM articles", "elsewhere/towns.db") == [(2,)]
