"""`ingest extract --jsonl`."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.slow

SENTENCES = [f"The council met for the {number}th time and adjourned for lack of a quorum." for number in range(2, 16)]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_extract_jsonl_answers_line_by_line_in_order(desk: Any, web: Any, jobs: str):
    (desk.folder / "page.html").write_bytes(web.pages["/2026/council"].body)
    lines = [
        json.dumps({"id": "one", "url": "https://town.example/1", "path": str(desk.folder / "page.html")}),
        json.dumps({"id": "two", "url": "https://town.example/2", "path": str(desk.folder / "missing.html")}),
        json.dumps({"id": "three", "url": "https://town.example/3", "path": str(desk.folder / "page.html")}),
    ]
    done = desk("extract", "--jsonl", "-", "--generic", "--jobs", jobs, stdin="\n".join(lines).encode())
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["one", "two", "three"]
    assert [row["text"] == "\n\n".join(SENTENCES) for row in rows] == [True, False, True]
    assert "missing.html" in rows[1]["error"]


def test_extract_jsonl_answers_before_the_next_line_is_there(desk: Any, web: Any):
    (desk.folder / "page.html").write_bytes(web.pages["/2026/council"].body)
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "extract", "--jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    item = {"id": 1, "url": "", "path": str(desk.folder / "page.html")}
    process.stdin.write(json.dumps(item).encode() + b"\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == 1
    process.communicate(timeout=20)
