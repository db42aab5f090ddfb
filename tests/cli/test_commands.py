"""The command line: exit statuses, what is printed, and nothing else."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from prepared import run

pytestmark = pytest.mark.slow

SENTENCES = [f"The council met for the {number}th time and adjourned for lack of a quorum." for number in range(2, 16)]


def ingest(*words: str, folder: Path | None = None, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
    return run(*words, folder=folder, stdin=stdin.encode() if isinstance(stdin, str) else stdin)


@pytest.fixture
def folder(tmp_path: Path, web: Any) -> Path:
    """A working folder whose sources.yaml names one healthy source."""
    web.feed("/feed.xml", "/2026/council", "/2026/quorum")
    web.article("/2026/council", "The council adjourns", *SENTENCES)
    web.article("/2026/quorum", "What a quorum is", *reversed(SENTENCES[3:]))
    write(tmp_path, f"  - {{name: town, url: '{web.origin}/feed.xml', kind: feed}}\n")
    return tmp_path


def write(folder: Path, sources: str, more: str = "") -> None:
    settings = f"settings: {{delay: 0, allow_addresses: [127.0.0.0/8]{more}}}\n"
    (folder / "sources.yaml").write_text(f"{settings}sources:\n{sources}")


def test_fetch_prints_a_line_a_source_and_ends_with_0(folder: Path):
    done = ingest("fetch", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "town: ok (2 new)"
    assert done.stdout.splitlines()[1].startswith("2 new in ")


def test_fetch_json_prints_one_object_with_the_agreed_keys(folder: Path):
    done = ingest("fetch", "--json", folder=folder)
    report = json.loads(done.stdout)
    assert list(report) == ["started", "finished", "sources", "totals"]
    assert report["sources"] == [
        {"name": "town", "outcome": "ok", "error": None, "message": "", "found": 2, "new": 2, "changed": 0,
         "unchanged": 0, "duplicate": 0, "failed": 0, "skipped": 0}
    ]  # fmt: skip
    assert report["totals"]["new"] == 2


def test_fetch_ends_with_1_when_a_source_fails_and_stores_the_rest(folder: Path, web: Any):
    names = {"town": "/feed.xml", "gone": "/none.xml"}
    write(folder, "".join(f"  - {{name: {n}, url: '{web.origin}{path}', kind: feed}}\n" for n, path in names.items()))
    done = ingest("fetch", folder=folder)
    assert done.returncode == 1
    assert "town: ok (2 new)" in done.stdout
    assert "gone: failed — http_4xx" in done.stdout


def test_fetch_without_a_network_fails_in_seconds_with_a_line_a_source(folder: Path):
    names = [f"  - https://nowhere-{number}.invalid/feed\n" for number in range(30)]
    write(folder, "".join(names))
    began = time.monotonic()
    done = ingest("fetch", folder=folder)
    assert done.returncode == 1
    assert time.monotonic() - began < 20
    lines = [line for line in done.stdout.splitlines() if ": failed — connect: " in line]
    assert len(lines) == 30
    assert done.stderr == ""


def test_a_broken_sources_file_ends_with_2_and_all_mistakes(folder: Path):
    (folder / "sources.yaml").write_text("sources:\n  - name: a\n    knd: feed\n  - url: nonsense\n    every: soon\n")
    done = ingest("fetch", folder=folder)
    assert done.returncode == 2
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "sources.yaml:2", "sources.yaml:3", "sources.yaml:4", "sources.yaml:5"
    ]  # fmt: skip
    assert "Traceback" not in done.stderr


def test_an_unknown_source_ends_with_2_and_a_suggestion(folder: Path):
    done = ingest("fetch", "twon", folder=folder)
    assert done.returncode == 2
    assert done.stderr == "twon: unknown source: did you mean town?\n"


def test_no_sources_file_ends_with_2_and_says_what_to_do(tmp_path: Path):
    done = ingest("fetch", folder=tmp_path)
    assert done.returncode == 2
    assert "--sources" in done.stderr


@pytest.mark.parametrize("bad", ["a folder", "no database", "no such place"])
def test_a_database_that_cannot_be_used_ends_with_3(folder: Path, bad: str):
    path = folder / "bad.db"
    if bad == "a folder":
        path.mkdir()
    elif bad == "no database":
        path.write_bytes(b"this is a letter, not a database\n" * 300)
    else:
        path = Path("/proc/nowhere/bad.db")
    done = ingest("--db", str(path), "fetch", folder=folder)
    assert done.returncode == 3
    assert "bad.db" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_disk_that_fills_up_in_the_middle_ends_with_3(folder: Path):
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    done = subprocess.run(
        [sys.executable, "-m", "ingest", "fetch"],
        cwd=folder, capture_output=True, text=True, check=False, preexec_fn=little_room,
    )  # fmt: skip
    assert done.returncode == 3
    assert "articles.db" in done.stderr or "pages.db" in done.stderr
    assert "Traceback" not in done.stderr


def test_dry_run_shows_the_links_and_stores_nothing(folder: Path, web: Any):
    done = ingest("fetch", "--dry-run", folder=folder)
    assert done.returncode == 0
    assert "town: 2 links to fetch" in done.stdout
    assert f"{web.origin}/2026/council  Story /2026/council" in done.stdout
    assert "/2026/council" not in web.asked
    assert "2 new" in ingest("fetch", folder=folder).stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_with_130_and_the_next_goes_on(folder: Path, web: Any, number: int):
    held = threading.Event()
    web.pages["/2026/quorum"].wait = held
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "fetch"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 20
    while "/2026/quorum" not in web.asked and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(number)
    _, said = process.communicate(timeout=20)
    held.set()
    assert process.returncode == 130
    assert "nothing is lost" in said
    assert "Traceback" not in said
    assert ingest("fetch", folder=folder).returncode == 0
    status = json.loads(ingest("status", "--json", folder=folder).stdout)
    assert status[0]["articles"] == 2


def test_search_finds_words_and_takes_any_input(folder: Path):
    ingest("fetch", folder=folder)
    hits = json.loads(ingest("search", "--json", "quorum", folder=folder).stdout)
    assert {hit["title"] for hit in hits} == {"The council adjourns", "What a quorum is"}
    for words in ('"', "a AND (", "NEAR(", "*", "日", "'; DROP TABLE articles; --"):
        assert ingest("search", words, folder=folder).returncode == 0


def test_status_is_a_table_for_people_and_a_list_for_programs(folder: Path, web: Any):
    ingest("fetch", folder=folder)
    assert "town" in ingest("status", folder=folder).stdout
    (row,) = json.loads(ingest("status", "--json", folder=folder).stdout)
    assert (row["name"], row["articles"], row["failed"], row["error"]) == ("town", 2, 0, None)


def test_commands_that_read_say_when_there_is_no_database(tmp_path: Path):
    for command in (["status"], ["search", "x"], ["browse"]):
        done = ingest(*command, folder=tmp_path)
        assert done.returncode == 2
        assert "ingest fetch" in done.stderr


def test_check_says_what_it_read(folder: Path):
    done = ingest("check", folder=folder)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "sources.yaml: 1 source, no mistakes"


def test_extract_reads_an_address_a_file_and_standard_input(folder: Path, web: Any):
    page = web.pages["/2026/council"].body
    (folder / "page.html").write_bytes(page)
    expected = "\n\n".join(["The council adjourns", *SENTENCES]) + "\n"
    assert ingest("extract", f"{web.origin}/2026/council", folder=folder).stdout == expected
    assert ingest("extract", "page.html", folder=folder).stdout == expected
    assert ingest("extract", stdin=page).stdout == expected


def test_extract_json_has_every_field(folder: Path, web: Any):
    article = json.loads(ingest("extract", "--format", "json", stdin=web.pages["/2026/council"].body).stdout)
    assert article["title"] == "The council adjourns"
    assert article["language"] == "en"
    assert article["origins"]["body"] == "generic"
    assert {
        "authors",
        "published",
        "modified",
        "section",
        "tags",
        "summary",
        "image",
        "dates",
        "html",
    } <= article.keys()


def test_extract_says_in_one_line_why_a_page_has_no_article(folder: Path):
    done = ingest("extract", stdin=b"\x00\x01\x02\xff\xfe" * 500)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert ingest("extract", "no-such-file.html", folder=folder).returncode == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_extract_jsonl_answers_line_by_line_in_order(folder: Path, web: Any, jobs: str):
    (folder / "page.html").write_bytes(web.pages["/2026/council"].body)
    lines = [
        json.dumps({"id": "one", "url": "https://town.example/1", "path": str(folder / "page.html")}),
        json.dumps({"id": "two", "url": "https://town.example/2", "path": str(folder / "missing.html")}),
        json.dumps({"id": "three", "url": "https://town.example/3", "path": str(folder / "page.html")}),
    ]
    done = ingest("extract", "--jsonl", "-", "--generic", "--jobs", jobs, stdin="\n".join(lines) + "\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["one", "two", "three"]
    assert [row["text"] == "\n\n".join(SENTENCES) for row in rows] == [True, False, True]
    assert "missing.html" in rows[1]["error"]


def test_extract_jsonl_answers_before_the_next_line_is_there(folder: Path, web: Any):
    (folder / "page.html").write_bytes(web.pages["/2026/council"].body)
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "extract", "--jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    item = {"id": 1, "url": "", "path": str(folder / "page.html")}
    process.stdin.write(json.dumps(item).encode() + b"\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == 1
    process.communicate(timeout=20)


def test_a_reader_that_has_had_enough_is_no_error(folder: Path):
    command = f"{sys.executable} -m ingest check --schema | head -1"
    done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=False)
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
