"""The command line in processes of its own, and a folder with a sources.yaml for it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

# Tests are imported one by one, so that what they share has to be found by its folder.
sys.path.insert(0, str(Path(__file__).parent))

from prepared import close, run

SENTENCES = [f"The council met for the {number}th time and adjourned for lack of a quorum." for number in range(2, 16)]


class Desk:
    """A working folder; calling it runs ``ingest`` there."""

    def __init__(self, folder: Path, web: Any) -> None:
        self.folder = folder
        self.web = web

    def __call__(self, *words: str, status: int | None = 0, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
        """Fails the test at any other exit status, if one is given, and at any traceback."""
        said = run(*words, folder=self.folder, stdin=stdin)
        assert "Traceback" not in said.stderr, said.stderr
        assert status is None or said.returncode == status, said.stdout + said.stderr
        return said

    def sources(self, *entries: str) -> None:
        """Writes sources.yaml with these flow mappings."""
        listed = "".join(f"  - {entry}\n" for entry in entries)
        text = f"settings: {{delay: 0, allow_addresses: [127.0.0.0/8]}}\nsources:\n{listed}"
        (self.folder / "sources.yaml").write_text(text, encoding="utf-8")

    def rows(self, query: str, database: str = "db/articles.db") -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / database)) as db:
            return db.execute(query).fetchall()


@pytest.fixture(scope="session", autouse=True)
def _ended() -> Iterator[None]:
    """The process that runs the commands ends with the tests."""
    yield
    close()


@pytest.fixture
def desk(tmp_path: Path, web: Any) -> Desk:
    """One healthy source with two articles."""
    web.feed("/feed.xml", "/2026/council", "/2026/quorum")
    web.article("/2026/council", "The council adjourns", *SENTENCES)
    web.article("/2026/quorum", "What a quorum is", *reversed(SENTENCES[3:]))
    desk = Desk(tmp_path, web)
    desk.sources(f"{{name: town, url: '{web.origin}/feed.xml', kind: feed}}")
    return desk
