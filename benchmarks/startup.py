"""Starts ingest with 20,000 sources beside 200, and prints what that costs.

    python benchmarks/startup.py [--sources N …]

Makes a sources.yaml of bare addresses and of entries with names, intervals, selectors and rules, and for each size runs
`ingest check`, `ingest serve` until it serves and until its first source has run, again with the database of the first
time, a reload (SIGHUP) of the unchanged file, and `ingest status`. Prints seconds on the clock, seconds of CPU and the
peak of resident memory, worker processes not counted. Nobody is asked: all addresses are refused ones. Linux only.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

_PATIENCE_SECONDS = 120.0
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, nargs="+", default=[200, 20_000])
    print(f"{'sources':>8}  {'what':22}{'seconds':>8}{'CPU':>7}{'peak MB':>9}")
    for count in parser.parse_args().sources:
        with tempfile.TemporaryDirectory(prefix="startup-") as folder:
            (Path(folder) / "sources.yaml").write_text("sources:\n" + "\n".join(map(_entry, range(count))) + "\n")
            for what, seconds, cpu, megabytes in _measured(Path(folder)):
                print(f"{count:>8}  {what:22}{seconds:8.2f}{cpu:7.2f}{megabytes:9.0f}", flush=True)


def _entry(number: int) -> str:
    url = f"http://127.{number // 65_536}.{number // 256 % 256}.{number % 256}/feed.xml"
    match number % 10:
        case 0 | 1 | 2:
            return f"- {url}"
        case 9:
            return (
                f"- {{name: paper-{number}, url: '{url}', kind: listing, listing: {{list: 'ul.news', item: 'li a'}},"
                f" extract: {{title: 'h1.head-{number}', body: ['#story-{number}', main article], drop: aside}}}}"
            )
        case digit:
            every, language = ("30m", "1h", "6h", "auto")[digit % 4], ("ko", "en", "ja")[digit % 3]
            return (
                f"- name: paper-{number}\n  url: {url}\n  kind: feed\n  every: {every}\n  language: {language}\n"
                f"  time_zone: Asia/Seoul\n  tags: [news, region-{number % 40}]"
            )


def _measured(folder: Path) -> Iterator[tuple[str, float, float, float]]:
    """(what, seconds on the clock, seconds of CPU, MB at the peak)"""
    yield "check", *_to_its_end(folder, "check")
    for what in ("serve", "serve again"):
        with _Service(folder) as service:
            service.wait_for("event='serving'")
            yield f"{what}: ready", *service.spent()
            service.wait_for("event='ran'")
            yield f"{what}: first run", *service.spent()
            if what == "serve again":
                yield "reload", *service.reload()
    yield "status", *_to_its_end(folder, "status")


def _to_its_end(folder: Path, *words: str) -> tuple[float, float, float]:
    began = time.monotonic()
    process = subprocess.Popen(_command(folder, *words), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"ingest {words} ended with {process.returncode}"
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


class _Service:
    """`ingest serve` over the folder, ended at the end of the block."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "log"
        self._began = time.monotonic()
        with self._log.open("w") as log:
            self._process = subprocess.Popen(_command(folder, "serve"), stderr=log)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(_PATIENCE_SECONDS)

    def wait_for(self, words: str) -> None:
        while words not in self._log.read_text():
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < self._began + _PATIENCE_SECONDS, f"no {words} in the log"
            time.sleep(0.02)

    def spent(self) -> tuple[float, float, float]:
        """Since the start."""
        return time.monotonic() - self._began, self._cpu(), self._peak()

    def reload(self) -> tuple[float, float, float]:
        """From SIGHUP to the line in the log; what runs meanwhile is counted, too."""
        began, cpu = time.monotonic(), self._cpu()
        self._process.send_signal(signal.SIGHUP)
        self.wait_for("event='reloaded'")
        return time.monotonic() - began, self._cpu() - cpu, self._peak()

    def _cpu(self) -> float:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def _peak(self) -> float:
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024


def _command(folder: Path, *words: str) -> list[str]:
    files = ["--sources", str(folder / "sources.yaml"), "--db", str(folder / "articles.db")]
    return [sys.executable, "-m", "ingest", *files, *words]


if __name__ == "__main__":
    main()
