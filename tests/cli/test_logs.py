"""The log lines of the commands that run something."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from typing import Any

import pytest

CODE = """
import logging
import structlog
from ingest.cli.logs import log_to_stderr
log_to_stderr({form!r}, debug={debug})
log = structlog.get_logger()
log.debug("looked")
log.info("ran", source="town", new=3, message="two\\nlines \\x1b[2J", who=ValueError)
try:
    hidden = "hush" * 2
    raise ValueError("no such page")
except ValueError:
    log.exception("failed", source="harbour")
logging.getLogger("library").warning("a %s of a library", "warning")
logging.getLogger("httpx").info("POST https://hooks.example/token")
"""


def logged(form: str = "auto", *, debug: bool = False) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CODE.format(form=form, debug=debug)]
    return subprocess.run(command, capture_output=True, text=True, check=True)


def shown_on_a_terminal(form: str = "auto") -> bytes:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", CODE.format(form=form, debug=False)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # Linux says so when the other end of a terminal is closed.
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    out, _ = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, b"")
    return shown


@pytest.mark.parametrize("form", ["auto", "plain"])
def test_in_a_pipe_a_line_is_keys_and_values_on_standard_error(form: str):
    done = logged(form)
    assert done.stdout == ""
    line = done.stderr.splitlines()[0]
    assert re.match(r"timestamp='\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z' level='info' event='ran' ", line)
    assert "source='town'" in line


def test_in_a_pipe_an_event_is_one_line_whatever_its_values_hold():
    ran, failed, library = logged().stderr.splitlines()
    assert r"message='two\nlines \x1b[2J'" in ran
    assert "level='error' event='failed' source='harbour'" in failed
    assert r"ValueError: no such page" in failed
    assert "level='warning' event='a warning of a library'" in library


def test_as_json_each_line_is_an_object_and_a_traceback_is_a_field_of_it():
    ran, failed, library = map(json.loads, logged("json").stderr.splitlines())
    assert list(ran)[:3] == ["timestamp", "level", "event"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", ran.pop("timestamp"))
    assert ran == {
        "level": "info", "event": "ran", "source": "town", "new": 3, "message": "two\nlines \x1b[2J",
        "who": "<class 'ValueError'>",
    }  # fmt: skip
    assert failed["exception"].startswith("Traceback (most recent call last):\n")
    assert failed["exception"].endswith("ValueError: no such page")
    assert (library["level"], library["event"]) == ("warning", "a warning of a library")


def test_debug_logs_more():
    assert "looked" not in logged().stderr
    assert "level='debug' event='looked'" in logged(debug=True).stderr


def test_on_a_terminal_the_lines_are_coloured_and_aligned():
    shown = shown_on_a_terminal()
    assert re.search(rb"\x1b\[\d+m", shown)
    ran = re.sub(rb"\x1b\[\d+m", b"", shown).splitlines()[0]
    assert re.match(rb"\d\d:\d\d:\d\d \[info     \] ran                            message=", ran)


def test_on_a_terminal_neither_a_page_steers_it_nor_a_traceback_shows_variables():
    shown = shown_on_a_terminal()
    assert b"\x1b[2J" not in shown
    assert b"ValueError: no such page" in shown
    assert b"hushhush" not in shown


def test_plain_and_json_are_the_same_on_a_terminal_as_in_a_pipe():
    assert shown_on_a_terminal("plain").startswith(b"timestamp='")
    assert json.loads(shown_on_a_terminal("json").splitlines()[0])["event"] == "ran"


@pytest.mark.parametrize("words", ["--log json fetch", "fetch --log json", "backfill town --log json",
                                   "reextract --log json"])  # fmt: skip
def test_the_form_is_an_option_of_ingest_and_of_each_command_that_runs_something(desk: Any, words: str):
    settings = "settings: {delay: 0, allow_addresses: [127.0.0.0/8], notify: [{webhook: 'http://127.0.0.1:1/'}]}"
    source = f"{{name: town, url: '{desk.web.origin}/feed.xml', kind: feed}}"
    (desk.folder / "sources.yaml").write_text(f"{settings}\nsources: [{source}]\n")
    desk("fetch")
    said = desk(*words.split())
    (line,) = said.stderr.splitlines()
    assert json.loads(line)["event"] == "notification not delivered, tried again later"


def test_the_environment_may_choose_it_and_the_command_line_wins(desk: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("INGEST_LOG", "json")
    (desk.folder / "sources.yaml").write_text("sources: nonsense")
    said = desk("serve", "--listen", "0.0.0.0:0", status=2)
    assert json.loads(said.stderr.splitlines()[0])["event"].startswith("anybody who reaches this address")
    said = desk("--log", "plain", "serve", "--listen", "0.0.0.0:0", status=2)
    assert said.stderr.startswith("timestamp='")
    said = desk("serve", "--log", "yaml", status=2)
    assert "'yaml' is not one of 'auto', 'plain', 'json'" in said.stderr
