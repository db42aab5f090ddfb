"""The command line as a whole: its exit statuses, and what it costs to start it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.cli import COMMANDS, cli

pytestmark = pytest.mark.slow


def test_a_broken_sources_file_ends_with_2_and_all_mistakes(desk: Any):
    (desk.folder / "sources.yaml").write_text(
        "sources:\n  - name: a\n    knd: feed\n  - url: nonsense\n    every: soon\n"
    )
    done = desk("fetch", status=2)
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "sources.yaml:2", "sources.yaml:3", "sources.yaml:4", "sources.yaml:5"
    ]  # fmt: skip


def test_an_unknown_source_ends_with_2_and_a_suggestion(desk: Any):
    done = desk("fetch", "twon", status=2)
    assert done.stderr == "twon: unknown source: did you mean town?\n"


def test_no_sources_file_ends_with_2_and_says_what_to_do(desk: Any):
    (desk.folder / "sources.yaml").unlink()
    done = desk("fetch", status=2)
    assert "--sources" in done.stderr


@pytest.mark.parametrize("bad", ["a folder", "no database", "no such place"])
def test_a_database_that_cannot_be_used_ends_with_3(desk: Any, bad: str):
    path = desk.folder / "bad.db"
    if bad == "a folder":
        path.mkdir()
    elif bad == "no database":
        path.write_bytes(b"this is a letter, not a database\n" * 300)
    else:
        path = Path("/proc/nowhere/bad.db")
    done = desk("--db", str(path), "fetch", status=3)
    assert "bad.db" in done.stderr


def test_a_disk_that_fills_up_in_the_middle_ends_with_3(desk: Any):
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    done = subprocess.run(
        [sys.executable, "-m", "ingest", "fetch"],
        cwd=desk.folder, capture_output=True, text=True, check=False, preexec_fn=little_room,
    )  # fmt: skip
    assert done.returncode == 3
    assert "articles.db" in done.stderr or "pages.db" in done.stderr


def test_a_reader_that_has_had_enough_is_no_error(desk: Any):
    command = f"{sys.executable} -m ingest check --schema | head -1"
    done = subprocess.run(command, shell=True, cwd=desk.folder, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("{\n", "")


def test_help_needs_no_heavy_module():
    code = (
        "import sys; from ingest.cli import cli\n"
        "try: cli(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'httpx', 'pydantic', 'selectolax', 'datasette', 'feedparser', 'lxml', 'sqlite_utils', 'structlog'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stdout.splitlines()[-1] == "HEAVY []"
    assert "Follow news sites and blogs" in done.stdout


def test_a_command_that_is_misspelt_ends_with_2_and_a_suggestion(desk: Any):
    assert "Did you mean 'fetch'?" in desk("fetc", status=2).stderr


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_is_in_the_module_that_its_line_names(name: str):
    command = cli.commands[name].load()  # type: ignore[attr-defined]
    assert command.name == name
    assert command.help


def test_commands_are_completed_with_their_help(desk: Any, monkeypatch: pytest.MonkeyPatch):
    for name, value in {"COMP_WORDS": "ingest se", "COMP_CWORD": "1", "_INGEST_COMPLETE": "zsh_complete"}.items():
        monkeypatch.setenv(name, value)
    expected = ["plain", "search", COMMANDS["search"][1], "plain", "serve", COMMANDS["serve"][1]]
    assert desk().stdout.splitlines() == expected
