"""`ingest try`: who answered what, by which selector, and what was left out by whom."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

STORY = [
    "The lighthouse on the eastern rock was painted last week, for the first time since the ferry stopped calling.",
    "Four painters from the yard were rowed out each morning and came back each evening, whiter than they had left.",
    "The paint was given by the harbour, the rowing by the rowing club, and the weather, for once, by nobody at all.",
]
PAGE = f"""<!doctype html><html lang="en"><head><title>A lighthouse in white | Gazette</title>
<meta property="og:title" content="A lighthouse in white"></head><body>
<nav class="menu"><a href="/">Home of the menu</a></nav>
<main><article><h1 class="headline">A lighthouse in white, says the rule</h1>
<p class="when">Posted <time datetime="2026-03-02T10:00:00+01:00">yesterday</time></p>
<div id="story">{"".join(f"<p>{line}</p>" for line in STORY)}
<aside class="newsletter"><p>Get our letter about paint</p></aside>
<p><a href="/other">Another island, another coat</a></p>
<p>Read more: the other lighthouse</p><p>Most read today</p><p>A list of it</p></div></article></main>
<footer>All of this is ours</footer></body></html>"""
RULE = "{title: [h1.none, h1.headline], published: 'time@datetime', body: ['#old', '#story'], drop: [.newsletter], \
drop_text: ['Read more:'], cut_at: ['Most read']}"


def cells(output: str) -> list[list[str]]:
    """The rows of a table in a pipe."""
    return [re.split(r"\s{2,}", line.strip()) for line in output.splitlines()]


def test_it_says_who_answered_and_by_which_selector(desk: Any):
    desk.sources(f"{{name: gazette, url: '{desk.web.origin}/feed.xml', extract: {RULE}}}")
    desk.web.text("/2026/white", PAGE, "text/html")
    rows = cells(desk("try", f"{desk.web.origin}/2026/white").stdout)
    assert ["read as a page of the source gazette"] in rows
    assert ["title", "*", "rule:gazette", "h1.headline", "A lighthouse in white, says the rule"] in rows
    assert ["published", "*", "rule:gazette", "time@datetime", "2026-03-02 10:00:00+01:00"] in rows
    assert next(row[:4] for row in rows if row[0] == "body") == ["body", "*", "rule:gazette", "#story"]
    others = [row for row in rows if row[:2] == ["title", "metadata"]]
    assert others
    assert others[0][-1].startswith("A lighthouse in white")


def test_it_says_what_was_left_out_by_whom(desk: Any):
    desk.sources(f"{{name: gazette, url: '{desk.web.origin}/feed.xml', extract: {RULE}}}")
    desk.web.text("/2026/white", PAGE, "text/html")
    rows = cells(desk("try", f"{desk.web.origin}/2026/white").stdout)
    assert ["body: #story"] in rows
    assert ["drop .newsletter", "aside.newsletter", "26", "Get our letter about paint"] in rows
    assert ["drop_text Read more:", "31", "Read more: the other lighthouse"] in rows
    assert ["cut_at Most read", "15", "Most read today"] in rows
    assert ["cut_at Most read", "12", "A list of it"] in rows
    assert [row for row in rows if row == ["A list of it"]] == []


def test_without_a_rule_it_says_which_pass_left_something_out(desk: Any):
    (desk.folder / "page.html").write_text(PAGE, encoding="utf-8")
    (desk.folder / "sources.yaml").unlink()
    done = desk("try", "page.html", "--url", "https://gazette.example/2026/white")
    rows = cells(done.stdout)
    assert ["asked, in this order: metadata → hints → generic"] in rows
    assert [row[1:3] for row in rows if row[0] == "body"] == [["*", "generic"]]
    furniture = [row for row in rows if row[0].startswith("furniture ")]
    assert [row[1] for row in furniture if row[-1] == "Get our letter about paint"] == ["aside.newsletter"]
    assert ["pass: links", "p", "28", "Another island, another coat"] in rows
    text = done.stdout.partition("\nA lighthouse in white")[2].splitlines()[2:]
    assert [line for line in text if line][:3] == STORY


def test_what_generic_says_it_left_out_is_not_in_its_text(desk: Any):
    (desk.folder / "page.html").write_text(PAGE, encoding="utf-8")
    output = desk("try", "page.html").stdout
    table, _, text = output.partition("left out by")[2].partition("\nA lighthouse in white")
    gone = [row[-1] for row in cells(table)[1:] if row[0]]
    assert gone
    assert [words for words in gone if words in text.splitlines()] == []


def test_a_body_without_furniture_says_so_and_shows_no_empty_table(desk: Any):
    story = "".join(f"<p>{line}</p>" for line in STORY)
    page = f'<meta name="generator" content="blogger"><div id="Blog1"><div class="post-body">{story}</div></div>'
    (desk.folder / "page.html").write_text(page, encoding="utf-8")
    output = desk("try", "page.html").stdout
    assert "nothing was left out of it" in output
    assert "left out by" not in output


def test_dates_are_shown_with_their_place_and_as_written(desk: Any):
    (desk.folder / "page.html").write_text(PAGE, encoding="utf-8")
    rows = cells(desk("try", "page.html").stdout)
    assert any(row[0] == "published" and row[-1] == "2026-03-02T10:00:00+01:00" for row in rows)


def test_nothing_is_stored(desk: Any):
    desk("try", f"{desk.web.origin}/2026/council")
    assert not (desk.folder / "db").exists()


def test_data_cannot_steer_the_terminal(desk: Any):
    page = PAGE.replace("Get our letter", "\x1b[31mGet\x9b2J our\u202e letter").replace('class="menu"', 'id="\x1b[2J"')
    (desk.folder / "page.html").write_text(page, encoding="utf-8")
    output = desk("try", "page.html").stdout
    assert [c for c in output if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c == "\u202e"] == []


@pytest.mark.parametrize("words", [["page.html", "--source", "nobody"], ["no-such-page.html"]])
def test_a_wrong_word_ends_with_2(desk: Any, words: list[str]):
    (desk.folder / "page.html").write_text(PAGE, encoding="utf-8")
    assert desk("try", *words, status=2).stdout == ""


def test_a_page_that_cannot_be_had_ends_with_1_and_a_line(desk: Any):
    done = desk("try", f"{desk.web.origin}/nowhere", status=1)
    assert "http_4xx" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_on_a_terminal_it_is_a_table_with_the_same_answers(desk: Any):
    (desk.folder / "page.html").write_text(PAGE, encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ingest", "try", "page.html"]
    environment = {**os.environ, "COLUMNS": "140", "TERM": "xterm"}
    process = subprocess.Popen(command, cwd=desk.folder, stdout=theirs, stderr=subprocess.PIPE, env=environment)
    os.close(theirs)
    said = read_all(ours)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")
    assert "aside.newsletter" in said
    assert "Get our letter about paint" in said


def read_all(descriptor: int) -> str:
    pieces = []
    while True:
        try:
            piece = os.read(descriptor, 65_536)
        except OSError:  # Linux says so when the other end of a terminal is closed.
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(descriptor)
    return b"".join(pieces).decode()


def test_the_module_of_the_command_is_not_paid_by_help(tmp_path: Path):
    code = "import sys, ingest.cli; print(sorted({'selectolax', 'rich', 'ingest.run.explain'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
