"""The log lines of the commands that run something."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys

CODE = """
import structlog
from ingest.cli.logs import log_to_stderr
log_to_stderr(debug={debug})
log = structlog.get_logger()
log.debug("looked")
log.info("ran", source="town", message="two\\nlines \\x1b[2J")
try:
    raise ValueError("no such page")
except ValueError:
    log.exception("failed", source="harbour")
"""


def logged(*, debug: bool = False) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CODE.format(debug=debug)]
    return subprocess.run(command, capture_output=True, text=True, check=True)


def test_in_a_pipe_a_line_is_keys_and_values_on_standard_error():
    done = logged()
    assert done.stdout == ""
    line = done.stderr.splitlines()[0]
    assert re.match(r"timestamp='\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z' level='info' event='ran' ", line)
    assert "source='town'" in line


def test_in_a_pipe_an_event_is_one_line_whatever_its_values_hold():
    ran, failed = logged().stderr.splitlines()
    assert r"message='two\nlines \x1b[2J'" in ran
    assert "level='error' event='failed' source='harbour'" in failed
    assert r"ValueError: no such page" in failed


def test_debug_logs_more():
    assert "looked" not in logged().stderr
    assert "level='debug' event='looked'" in logged(debug=True).stderr


def test_on_a_terminal_the_lines_are_coloured():
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", CODE.format(debug=False)]
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
    assert re.search(rb"\x1b\[\d+m", shown)
    assert re.sub(rb"\x1b\[\d+m", b"", shown).splitlines()[0].split()[1:3] == [b"[info", b"]"]
