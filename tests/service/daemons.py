"""`ingest serve` as an operator meets it: a process, signals, a database."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO

PATIENCE = 30.0


class Daemon:
    """`ingest serve` over a folder with a sources.yaml."""

    def __init__(self, folder: Path, database: Path | None = None, log: TextIO | None = None) -> None:
        self.folder = folder
        self.database = database or folder / "articles.db"
        self._log = log or (folder / "log").open("w")
        command = ["--sources", str(folder / "sources.yaml"), "--db", str(self.database), "serve"]
        self.process = subprocess.Popen([sys.executable, "-m", "ingest", *command], stderr=self._log)

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def count(self, query: str) -> int:
        try:
            with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
                return int(db.execute(query).fetchone()[0])
        except sqlite3.OperationalError:
            return 0

    def stop(self) -> float:
        """Seconds from SIGTERM to its end."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        return time.monotonic() - began

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._log.close()


def wait_until(true: Callable[[], Any], what: str, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.05)


def write_sources(folder: Path, *feeds: str) -> None:
    sources = "".join(f"  - {{name: s{number}, url: '{url}', kind: feed}}\n" for number, url in enumerate(feeds))
    settings = "settings: {delay: 0, allow_addresses: [127.0.0.0/8]}\n"
    (folder / "sources.yaml").write_text(f"{settings}sources:\n{sources}")


def stories(web: Any, count: int) -> list[str]:
    paths = [f"/2026/story-{number}" for number in range(count)]
    for path in paths:
        web.article(
            path, f"What happened at {path}", *(f"Sentence {n} about {path}, which is long enough." for n in range(20))
        )
    return paths
