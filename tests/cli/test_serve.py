"""What `ingest serve` says when it starts, when it cannot, and when it ends. The service: tests/service."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_a_sources_yaml_with_mistakes_ends_it_with_2_and_a_line_a_mistake(desk: Any):
    (desk.folder / "sources.yaml").write_text("settings: {delay: never}\nsources: nonsense")
    said = desk("serve", status=2)
    assert [line.partition(": ")[0] for line in said.stderr.splitlines()] == ["sources.yaml:1", "sources.yaml:2"]
    assert not (desk.folder / "db").exists()


def test_without_sources_yaml_it_says_how_to_name_one(desk: Any):
    said = desk("--sources", "none.yaml", "serve", status=2)
    assert said.stderr == "none.yaml: no such file: write one, or name it with --sources\n"


def test_a_file_that_is_no_database_is_left_alone_and_ends_it_with_3(desk: Any):
    (desk.folder / "notes.txt").write_text("a list of things to do")
    said = desk("--db", "notes.txt", "serve", status=3)
    assert "notes.txt: this file is not an SQLite database; choose another one with --db" in said.stderr
    assert (desk.folder / "notes.txt").read_text() == "a list of things to do"


def test_until_ctrl_c_it_logs_its_start_its_runs_and_its_end_on_standard_error(desk: Any):
    log: Path = desk.folder / "log"
    with log.open("w") as errors:
        service = subprocess.Popen(
            [sys.executable, "-m", "ingest", "serve"],
            cwd=desk.folder,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        try:
            end = time.monotonic() + 30
            while "event='ran'" not in log.read_text() and time.monotonic() < end:
                time.sleep(0.02)
        finally:
            service.send_signal(signal.SIGINT)
            out, _ = service.communicate(timeout=30)
    began, ran, ended = log.read_text().splitlines()
    assert "event='serving' sources=1 database='db/articles.db'" in began
    assert "event='ran' source='town' outcome='ok'" in ran
    assert "event='stopped'" in ended
    assert (service.returncode, out) == (0, b"")
