"""One command, measured: what it printed, wall time, CPU and peak memory of all its processes. Linux only."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_SAMPLE = 0.2


@dataclass(frozen=True)
class Run:
    """Seconds of wall time and of all processes' CPU, bytes of memory of all processes together at their peak."""

    status: int
    output: str
    seconds: float
    cpu: float
    peak: int


def run(command: list[str], log: Path) -> Run:
    """Runs it to its end; what it says on stderr goes into ``log``."""
    began = time.perf_counter()
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
    memory = _Memory(process.pid)
    memory.start()
    assert process.stdout
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    memory.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(process.returncode, said, seconds, usage.ru_utime + usage.ru_stime, memory.peak)


class _Memory(threading.Thread):
    """Samples the memory of a process and its children: proportional set size, so that shared pages count once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self.peak = 0

    def run(self) -> None:
        while not self._over.wait(_SAMPLE):
            self.peak = max(self.peak, sum(_pss(pid) for pid in _family(self._pid)))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            tasks = list(Path(f"/proc/{parent}/task").iterdir())
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _pss(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
